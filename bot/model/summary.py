"""What a reader sees instead of the article."""

from dataclasses import dataclass

from bot.model.span import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """One thing worth knowing, with the passages that it rests on. Cannot be built without them.

    `background`: its readers were told of it before; it stands there so that what is new makes sense.
    `translated`: the language (ISO 639-1) that `text` was translated from; its evidence stands in that language.
    `outlet`: whose number it gives, where most outlets give another.
    """

    text: str
    evidence: tuple[Evidence, ...]
    background: bool = False
    translated: str | None = None
    outlet: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a key point without words")
        if not self.evidence:
            raise ValueError("a key point without evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The key points of one story.

    `summarizer` names who wrote it ("extractive", or the model). `fallback` says, as a sentence, why the extractive
    points stand here instead of the model's; None when nothing was asked of a model or all went well. `untranslated`
    says, as a clause, which points keep a language that was not asked for, and why.
    """

    headline: str
    points: tuple[KeyPoint, ...]
    summarizer: str = "extractive"
    fallback: str | None = None
    untranslated: str | None = None
