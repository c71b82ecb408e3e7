"""An article cut into the sentences that a summary may choose from."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import Span
from bot.text.quick import Quick
from bot.text.sentences import paragraphs, sentences

MAX_SENTENCES = 400
"""A news article has 10 to 60 sentences; past this point nothing is chosen and time is only lost."""
_WRAPPED = 50
"""A line at least this long that ends without a stop goes on in the next: text wrapped by its sender."""
_WORD = Quick(r"[^\W_]+")
STOPS = tuple('.!?…。！？؟।:;"”»」』')


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence: `text` equals `article.text[start:end]`, `place` counts from its paragraph's first.

    `words` are in lower case; in scripts without spaces, what stands between marks. `piece`: of a quotation that goes
    on before or after it.
    """

    index: int
    start: int
    end: int
    text: str
    paragraph: int
    place: int
    words: tuple[str, ...]
    piece: bool = False


def units_of(text: str, language: str) -> tuple[Unit, ...]:
    """The sentences of `text` in order, at most `MAX_SENTENCES`; those without a word are left out."""
    breaks = [span.start for span in paragraphs(text)]
    units: list[Unit] = []
    pattern = _WORD.on(text.lower())
    paragraph, place = -1, 0
    for span in _lines(text, language):
        while paragraph + 1 < len(breaks) and breaks[paragraph + 1] <= span.start:
            paragraph, place = paragraph + 1, 0
        piece = text[span.start : span.end]
        words = tuple(pattern.findall(piece.lower()))
        if not words:
            continue
        units.append(
            Unit(
                index=len(units),
                start=span.start,
                end=span.end,
                text=piece,
                paragraph=paragraph,
                place=place,
                words=words,
            )
        )
        place += 1
        if len(units) >= MAX_SENTENCES:
            break
    return tuple(units)


def _lines(text: str, language: str) -> Iterator[Span]:
    """Sentences, cut at line ends too where the line was not merely wrapped."""
    for span in sentences(text, language):
        start = span.start
        at = text.find("\n", start, span.end)
        while at >= 0:
            if _ends(text, start, at, span.end):
                yield from _trimmed(text, start, at)
                start = at + 1
            at = text.find("\n", at + 1, span.end)
        if start == span.start:
            yield span
        else:
            yield from _trimmed(text, start, span.end)


def _ends(text: str, start: int, at: int, end: int) -> bool:
    line = text[start:at].rstrip()
    after = text[at + 1 : end].lstrip()[:1]
    return not after.islower() and (len(line) < _WRAPPED or line.endswith(STOPS))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield Span(start=start, end=end)
