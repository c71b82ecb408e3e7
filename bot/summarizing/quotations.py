"""Quotations that run over several sentences: joined to one unit where they are short, kept out where they are not.

Half of a quotation, shown alone, would pass somebody's words off as fact. A quotation with nobody who says it stands no
better. Straight marks have no direction: they count by two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.summarizing.units import Unit

MOST_SENTENCES = 3
MOST_WORDS = 60
"""A key point is a sentence or two; a longer quotation is an interview."""
REACH = 8
"""Sentences within which a mark must be closed; past them it is a slip of the pen, and only that is left out."""
_PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))
_ANY_MARK = re.compile('["“”„«»「」『』]')
_QUOTED = re.compile('"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』')
_LETTERS = re.compile(r"[^\W\d_]")
_STRAY = re.compile(r"[\"”»」』]\s+")
"""A closing mark that the cut put before the next sentence."""


def half_quoted(sentence: str) -> bool:
    """One mark without the other."""
    if sentence.isascii():
        return sentence.count('"') % 2 == 1
    if "„" in sentence:  # German and Russian quotations close with the mark that English ones open with
        return sentence.count("„") != sentence.count("“")
    return sentence.count('"') % 2 == 1 or any(
        sentence.count(opening) != sentence.count(closing) for opening, closing in _PAIRS
    )


def unattributed(text: str) -> bool:
    """Whether all of `text` is a quotation, so that it does not say whose words these are."""
    if not text or _ANY_MARK.match(text) is None:
        return False
    return _LETTERS.search(_QUOTED.sub("", text)) is None


def joined(text: str, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """`units` of `text` with short quotations in one piece each, numbered anew; parts of long ones are marked."""
    if _ANY_MARK.search(text) is None:
        return tuple(units)
    mended = list(_mended(text, units))
    found: list[Unit] = []
    at = 0
    while at < len(mended):
        last = _closes(mended, at) if half_quoted(mended[at].text) else at
        run = mended[at : last + 1]
        if len(run) > 1 and len(run) <= MOST_SENTENCES and sum(len(one.words) for one in run) <= MOST_WORDS:
            found.append(_one(text, run))
        else:
            found.extend(run if len(run) == 1 else (replace(one, piece=True) for one in run))
        at = last + 1
    return tuple(replace(one, index=index) if one.index != index else one for index, one in enumerate(found))


def _closes(units: Sequence[Unit], at: int) -> int:
    """The unit in which the quotation that `at` opens is closed: `at` itself when none of its paragraph does."""
    for other in range(at + 1, min(len(units), at + REACH)):
        if units[other].paragraph != units[at].paragraph:
            return at
        if half_quoted(units[other].text):
            return other
    return at


def _one(text: str, run: Sequence[Unit]) -> Unit:
    words = tuple(word for one in run for word in one.words)
    return replace(run[0], end=run[-1].end, text=text[run[0].start : run[-1].end], words=words)


def _mended(text: str, units: Sequence[Unit]) -> Iterator[Unit]:
    """A mark that closes the sentence before is given back to it."""
    held: Unit | None = None
    for unit in units:
        now = unit
        if held is not None:
            stray = _STRAY.match(unit.text)
            if stray is not None and half_quoted(held.text) and held.paragraph == unit.paragraph:
                end = unit.start + 1
                held = replace(held, end=end, text=text[held.start : end])
                start = unit.start + stray.end()
                now = replace(unit, start=start, text=text[start : unit.end])
            yield held
        held = now
    if held is not None:
        yield held
