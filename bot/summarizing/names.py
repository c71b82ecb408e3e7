"""Whom a sentence's "he" or "she" means, where the paragraph leaves one answer.

English only. The name must stand in the same paragraph, at most `REACH` sentences before, as the only person that the
sentence names and where a subject stands; sentences between may name nobody. Otherwise nothing is put in: a point with
"he" in it is weaker, a point about the wrong person is false.
"""

import re
from collections.abc import Sequence

from bot.model import Span
from bot.summarizing.units import Unit

REACH = 3
_PRONOUN = re.compile(r"^(?:He|She)\b(?!['’])")
_MAN = re.compile(r"\b(?:he|his|him|himself|mr)\b", re.IGNORECASE)
_WOMAN = re.compile(r"\b(?:she|her|hers|herself|mrs|ms)\b", re.IGNORECASE)
_PART = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[a-zß-öø-ÿ][\w’'-]*"
_LINK = r"(?:al|bin|ibn|van|von|de|der|da|dos|del|el|la|[A-Z]\.)"
_RUN = re.compile(rf"\b{_PART}(?: (?:{_LINK} )?{_PART}){{1,5}}")
_SAYING = (
    "said|says|told|tells|added|noted|warned|stressed|declared|announced|argued|wrote|called|calls|spoke|insisted|"
    "denied|urged|pledged|explained|claimed|admitted|tweeted|acknowledged|testified|recalled|asked|praised|criticized|criticised"
)
_SAID_BEFORE = re.compile(rf"\b(?:{_SAYING}|according to)[ ,]*$")
_ACTS = re.compile(
    rf"(?:, [^,.]{{2,80}},)? (?:also |later |then )?(?:{_SAYING}|has|had|is|was|will|met|left|held|took|made|"
    r"gave|led|\w+ed)\b"
)
_MARKS = re.compile(r"[\"“”]")
_OFFICES = frozenset(
    """mr mrs ms dr president prime minister foreign defence defense finance trade interior chancellor king queen
    prince princess senator sen rep gov governor secretary treasury gen general ambassador rear admiral
    colonel pope deputy commissioner vice chief spokesman spokeswoman spokesperson u.s british french german
    russian chinese japanese israeli iranian korean indian american ukrainian turkish egyptian former officer
    sgt judge justice chairman professor""".split()  # noqa: SIM905
)
_NOT_PEOPLE = frozenset(
    """united nations states union european kingdom council ministry minister president department house court
    commission agency party university street security north south east west northern southern eastern western
    new saint san santa red cross group bank press news times post army navy force forces police office center
    centre institute monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december treaty act sea river lake island islands city
    hospital airport school church college league cup club world the a an in on at but and when after before
    while senate congress parliament supreme federal national international central first last according
    county state district airlines air gulf strip bay beach park square avenue road valley mount assembly
    islamic black white arab republic democratic republican""".split()  # noqa: SIM905
)


def speaker_before(text: str, units: Sequence[Unit], place: int, shown: str) -> tuple[str, tuple[Span, ...]]:
    """`shown` with a name for its first "He" or "She", and the name's span; both unchanged where it is not certain."""
    opening = _PRONOUN.match(shown)
    if opening is None:
        return shown, ()
    unit = units[place]
    if _inside_quotation(text, units, place):
        return shown, ()
    other = _WOMAN if opening.group() == "He" else _MAN
    for before in range(place - 1, max(-1, place - 1 - min(REACH, unit.place)), -1):
        previous = units[before]
        if other.search(previous.text):
            break
        people = _people(previous.text)
        if not people:
            continue
        if len(people) > 1 or not _is_subject(previous.text, *people[0]):
            break
        span = Span(start=previous.start + people[0][0], end=previous.start + people[0][1])
        return text[span.start : span.end] + shown[opening.end() :], (span,)
    return shown, ()


def _people(sentence: str) -> list[tuple[int, int]]:
    """Where names of two or three parts stand that hold no word of offices, places and institutions."""
    found = []
    for run in _RUN.finditer(sentence):
        start = run.start()
        parts = run.group().split()
        while parts and parts[0].lower().rstrip(".") in _OFFICES:
            start += len(parts.pop(0)) + 1
        if 2 <= len(parts) <= 3 and not _NOT_PEOPLE.intersection(part.lower() for part in parts):
            found.append((start, run.end()))
    return found


def _is_subject(sentence: str, start: int, end: int) -> bool:
    """The name opens the sentence and acts, or stands beside a verb of saying; a possessive does neither."""
    if sentence[end - 2 : end] in ("'s", "’s"):
        return False
    opening = sentence[:start].rstrip()
    opens = not opening or opening.endswith(",") or opening.split()[-1].lower().rstrip(".") in _OFFICES
    return (opens and _ACTS.match(sentence, end) is not None) or _SAID_BEFORE.search(sentence[:start]) is not None


def _inside_quotation(text: str, units: Sequence[Unit], place: int) -> bool:
    """Whether a quotation is open where the sentence begins, or opens in it and goes on behind it."""
    first = units[place - units[place].place]
    before = len(_MARKS.findall(text[first.start : units[place].start]))
    return before % 2 == 1 or len(_MARKS.findall(units[place].text)) % 2 == 1
