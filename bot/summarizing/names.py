"""Whom a sentence's "he" or "she" means, where the paragraph leaves one answer.

English only. The name must stand in the same paragraph, at most `REACH` sentences before, as the only person that the
sentence names and where a subject stands; sentences between may name nobody. A surname alone counts when the article
gave the whole name before. Otherwise nothing is put in: a point with "he" in it is weaker, a point about the wrong
person is false.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.model import Span
from bot.summarizing.anaphora import EMPTY, SAYING, Reference
from bot.summarizing.units import Unit

REACH = 3
_MAN = re.compile(r"\b(?:he|his|him|himself|mr)\b", re.IGNORECASE)
_WOMAN = re.compile(r"\b(?:she|her|hers|herself|mrs|ms)\b", re.IGNORECASE)
_PART = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[a-zß-öø-ÿ][\w’'-]*"
_LINK = r"(?:al|bin|ibn|van|von|de|der|da|dos|del|el|la|[A-Z]\.)"
_RUN = re.compile(rf"\b{_PART}(?: (?:{_LINK} )?{_PART}){{0,5}}")
_VERBS = (
    f"{SAYING}|called|calls|spoke|denied|urged|pledged|admitted|asked|praised|criticized|criticised|welcomed|accused|"
    "thanked|rejected|backed|joined|signed|visited|arrived|started|worked|served|grew|died|won|lost"
)
_SAID_BEFORE = re.compile(rf"(?:[,?!\"”] ?(?:{SAYING})|\baccording to)\s*$")
"""“Enough,” said Solana": turned round, so that the name speaks; "he said Solana" tells of Solana."""
_OPENING_NAME = re.compile(rf"\W{{0,2}}(?P<name>{_PART})(?= )")
_SAID_NAME = re.compile(rf"[,\"”] said {_PART}")
_ACTS = re.compile(
    rf"(?:, [^,.]{{2,80}},)? (?:also |later |then )?(?:{_VERBS}|has|had|is|was|will|met|left|held|took|made|"
    r"gave|led|\w+ed)\b"
)
_MARKS = re.compile(r"[\"“”]")
_OFFICES = frozenset(
    """mr mrs ms dr president prime minister foreign defence defense finance trade interior chancellor king queen
    prince princess senator sen rep gov governor secretary treasury gen general ambassador rear admiral
    colonel pope deputy commissioner vice chief spokesman spokeswoman spokesperson u.s british french german
    russian chinese japanese israeli iranian korean indian american ukrainian turkish egyptian former officer
    sgt judge justice chairman professor state undersecretary attorney captain lieutenant mayor
    sheriff""".split()  # noqa: SIM905
)
_TITLES = frozenset(
    """mr mrs ms dr president minister chancellor king queen prince princess senator sen rep gov governor gen general
    ambassador admiral colonel pope sgt judge justice professor captain lieutenant mayor sheriff""".split()  # noqa: SIM905
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
    islamic black white arab republic democratic republican administration enforcement authority association
    organization organisation society foundation fund company corporation committee board bureau service services
    project initiative movement front alliance coalition brigade guard guards team museum academy network
    television radio magazine journal review observatory watch embassy palace tower church mosque temple stadium
    games open prize award festival airways motors holdings inc ltd corp plc trust amnesty human rights security
    intelligence energy health environment agriculture education homeland investigation drug administration
    executive christmas easter ramadan olympic summit""".split()  # noqa: SIM905
)


def speaker_before(
    text: str, units: Sequence[Unit], place: int, shown: str, pronoun: Reference
) -> tuple[str, tuple[Span, ...]]:
    """`shown`, a form of the unit at `place`, with a name for its `pronoun`, and the spans that hold it.

    Behind an opening pronoun: the name. Elsewhere: what of the sentence stands before, and the name. Unchanged, and no
    spans, where it is not certain.
    """
    word = shown[pronoun.start : pronoun.end]
    if word.lower() not in ("he", "she") or shown[pronoun.end : pronoun.end + 1] in ("'", "’"):
        return shown, ()
    at = _in_source(units[place], shown, pronoun)
    if at is None or _inside_quotation(text, units, place, at):
        return shown, ()
    name = _name_before(text, units, place, _WOMAN if word.lower() == "he" else _MAN)
    if name is None or text[name.start : name.end].rsplit(maxsplit=1)[-1] in units[place].text:
        return shown, ()
    head = (Span(start=units[place].start, end=at),) if shown[: pronoun.start].strip() else ()
    return shown[: pronoun.start] + text[name.start : name.end] + shown[pronoun.end :], (*head, name)


def _in_source(unit: Unit, shown: str, pronoun: Reference) -> int | None:
    """Where the pronoun of `shown` stands in the article; None where a deletion leaves doubt."""
    word = re.compile(rf"\b{shown[pronoun.start : pronoun.end]}\b", re.IGNORECASE)
    here = [match.start() for match in word.finditer(shown)]
    there = [match.start() for match in word.finditer(unit.text)]
    return unit.start + there[here.index(pronoun.start)] if len(here) == len(there) else None


def _name_before(text: str, units: Sequence[Unit], place: int, other: re.Pattern[str]) -> Span | None:
    unit = units[place]
    if _people(unit.text, frozenset()):  # somebody is named in the sentence itself: who is meant is open
        return None
    known = _surnames(text, unit.start)
    for before in range(place - 1, max(-1, place - 1 - min(REACH, unit.place)), -1):
        previous = units[before]
        if other.search(previous.text):
            return None
        people = _people(previous.text, known)
        if not people:
            if _tells_of_another(previous.text) or not _goes_on(previous.text):
                return None
            continue
        if len({previous.text[start:end].split()[-1] for start, end in people}) > 1:
            return None
        subject = next((one for one in people if _is_subject(previous.text, *one)), None)
        if subject is None:
            return None
        return Span(start=previous.start + subject[0], end=previous.start + subject[1])
    return None


def _tells_of_another(sentence: str) -> bool:
    """Whether a capitalized word that is no known name acts or speaks in it: "Hadi took", "said Hadi"."""
    opening = _OPENING_NAME.match(sentence)
    if opening is not None and opening["name"].lower() not in EMPTY and _ACTS.match(sentence, opening.end()):
        return True
    return _SAID_NAME.search(sentence) is not None


def _goes_on(sentence: str) -> bool:
    """Whether it still speaks of the one named before: by a pronoun, or in quotation marks."""
    return (
        _MAN.search(sentence) is not None or _WOMAN.search(sentence) is not None or _MARKS.search(sentence) is not None
    )


@lru_cache(maxsize=4)
def _whole_names(text: str) -> tuple[tuple[int, str], ...]:
    """Where the whole names of an article end, and the surname of each."""
    return tuple((end, text[start:end].rsplit(maxsplit=1)[-1]) for start, end in _people(text, frozenset()))


def _surnames(text: str, before: int) -> frozenset[str]:
    """The surnames of those whom `text` names in full before the offset."""
    return frozenset(name for end, name in _whole_names(text) if end <= before)


def _people(sentence: str, surnames: frozenset[str]) -> list[tuple[int, int]]:
    """Where names of two or three parts stand that hold no word of offices, places and institutions, or a surname."""
    found = []
    for run in _RUN.finditer(sentence):
        start, end = run.span()
        parts = run.group().split()
        titled = False
        while parts and parts[0].lower().rstrip(".") in _OFFICES:
            titled = parts[0].lower().rstrip(".") in _TITLES
            start += len(parts.pop(0)) + 1
        if parts and parts[-1].endswith(("'s", "’s")):
            end, parts[-1] = end - 2, parts[-1][:-2]
        if len(parts) == 1 and not titled and parts[0] not in surnames:
            continue
        if 1 <= len(parts) <= 3 and not _NOT_PEOPLE.intersection(part.lower() for part in parts):
            found.append((start, end))
    return found


def _is_subject(sentence: str, start: int, end: int) -> bool:
    """The name opens the sentence and acts, or stands beside a verb of saying; a possessive does neither."""
    if sentence[end : end + 2] in ("'s", "’s"):
        return False
    opening = sentence[:start].rstrip()
    opens = not opening or opening.endswith(",") or opening.split()[-1].lower().rstrip(".") in _OFFICES
    return (opens and _ACTS.match(sentence, end) is not None) or _SAID_BEFORE.search(sentence[:start]) is not None


def _inside_quotation(text: str, units: Sequence[Unit], place: int, at: int) -> bool:
    """Whether a quotation is open at the offset `at`, or opens behind it and is not closed in the sentence."""
    first = units[place - units[place].place]
    before = len(_MARKS.findall(text[first.start : at]))
    return before % 2 == 1 or len(_MARKS.findall(text[at : units[place].end])) % 2 == 1
