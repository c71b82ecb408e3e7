"""What each key point of a story rests on: the source's sentence in its place, with the words around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Evidence, KeyPoint
from bot.ports import Reading
from bot.service.provenance import outlet_of

AROUND = 160
"""Characters of the article shown to either side of a sentence: one sentence, mostly, so that its sense is plain."""
MOST_PASSAGES = 3
"""Passages of one point; a point over several outlets has one of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of an article: `text` as it stands there, `before` and `after` the words around it."""

    outlet: str
    url: str | None
    text: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """In its place, the sentence itself between angles: "… before »sentence« after …"."""
        return " ".join(part for part in (self.before, f"»{self.text}«", self.after) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A key point and the passages that it rests on; none where its articles are no longer kept."""

    point: str
    passages: tuple[Passage, ...]


def grounds_of(
    points: Sequence[KeyPoint], readings: Sequence[Reading], names: Mapping[str, str]
) -> tuple[Grounds, ...]:
    """The grounds of each point, in order. A text that retention took leaves the sentence without what is around it."""
    by_id = {reading.article.id: reading for reading in readings}
    return tuple(
        Grounds(
            point=point.text,
            passages=tuple(
                _passage(one, by_id[one.article], names) for one in _longest(point.evidence) if one.article in by_id
            )[:MOST_PASSAGES],
        )
        for point in points
    )


def _longest(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sentences before the names that were put in from others."""
    return sorted(evidence, key=lambda one: len(one.text.split()) < 4)


def _passage(one: Evidence, reading: Reading, names: Mapping[str, str]) -> Passage:
    article = reading.article
    stands = article.text[one.start : one.end] == one.text
    return Passage(
        outlet=outlet_of(article, dict(names)),
        url=article.url,
        text=one.text,
        before=_cut(article.text[max(0, one.start - AROUND) : one.start], one.start > AROUND, front=True)
        if stands
        else "",
        after=_cut(article.text[one.end : one.end + AROUND], one.end + AROUND < len(article.text)) if stands else "",
    )


def _cut(text: str, more: bool, *, front: bool = False) -> str:
    """`text` on one line, without the word that was cut through."""
    words = text.split()
    if more and len(words) > 1:
        words = ["…", *words[1:]] if front else [*words[:-1], "…"]
    return " ".join(words)
