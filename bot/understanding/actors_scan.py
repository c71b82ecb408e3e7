"""Find every spelling that may name an actor, with its place; what it means is for the guards to say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understanding.actors_folding import fold
from bot.understanding.actors_names import BLOCK, Form, automata

_LATIN = ("en", "fr", "es", "de", "pt")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_STEM_REST = 8
"""Letters that may follow a stem: the longest Russian ending after ours (росси-йского, -янами) has six, German five."""

_ONE = {
    "米": "USA",
    "英": "GBR",
    "仏": "FRA",
    "独": "DEU",
    "露": "RUS",
    "伊": "ITA",
    "豪": "AUS",
    "韓": "KOR",
    "印": "IND",
}
_OPENING = re.compile(rf"(?:^|[\n。])[\s　「『【（]?([{''.join(_ONE)}])、")
"""中 and 加 are left out: "… during" and "… and more" end in them, also before a comma."""
_RANK = {
    "block": 0,
    "block_any": 0,
    "name": 1,
    "exact": 1,
    "word": 2,
    "capital": 3,
    "leader": 4,
    "place": 5,
    "congress": 5,
    "state": 6,
    "weak": 6,
}
"""Which reading of one spelling wins."""

_ARABIC_PROCLITICS = frozenset(
    {"", "ال", "و", "ف", "ب", "ل", "ك", "لل", "وال", "فال", "بال", "كال", "ول", "وب", "ولل", "وك", "فل", "فب"}
)
_ARABIC_ENDINGS = frozenset(
    {"", "ي", "ه", "ين", "ون", "يه", "يين", "يون", "ات", "يات", "ان", "تان", "تين", "ا", "يا", "وا"}
)
_KOREAN_BEFORE = frozenset("주대반친한남북미중일러방재탈")
"""What may be glued before a country in Korean: 주 (posted to), 대 (towards), 반 (anti-), 친 (pro-), 방 (visiting)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A spelling at `start:end` of the scanned text; `folded` is that text folded."""

    start: int
    end: int
    folded: str
    code: str
    kind: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text, its folded twin of the same length, and the spellings in it, left to right, none overlapping."""

    text: str
    folded: str
    mentions: tuple[Mention, ...]
    blocked: tuple[Mention, ...] = ()


def languages_of(text: str, language: str) -> frozenset[str]:
    """Whose names to look for: the article's, English, and what the scripts of `text` call for."""
    found = {"en"}
    if language in _LATIN:
        found.add(language)
    if _KANA.search(text) or _HAN.search(text):
        found |= {"ja", "zh"} if language not in {"ja", "zh"} else {language}
        if language == "ja":
            found.add("ja")
    for script, code in ((_HANGUL, "ko"), (_CYRILLIC, "ru"), (_ARABIC, "ar")):
        if script.search(text):
            found.add(code)
    return frozenset(found)


def scan(text: str, language: str) -> Scanned:
    """Every spelling in `text`, longest first where they overlap."""
    folded = fold(text)
    machine = automata(languages_of(text, language))
    lower_only = not any(char.isupper() for char in text)
    found: list[Mention] = []
    for index, start, end in machine.folded.find_matches_as_indexes(folded, overlapping=True):
        if mention := _folded_match(text, folded, start, end, machine.folded_forms[index], lower_only):
            found.append(mention)
    for index, start, end in machine.exact.find_matches_as_indexes(text, overlapping=True):
        if _bounded(text, start, end):
            found.append(_mention(folded, start, end, list(machine.exact_forms[index])))
    if language == "ja":
        found.extend(_headline_subjects(text, folded))
    return _resolve(text, folded, found)


def _headline_subjects(text: str, folded: str) -> Iterator[Mention]:
    """The one character that opens a Japanese headline and names who acts: 米、イランを攻撃."""
    for match in _OPENING.finditer(text):
        yield Mention(match.start(1), match.end(1), folded[match.start(1) : match.end(1)], _ONE[match[1]], "name")


def _resolve(text: str, folded: str, found: list[Mention]) -> Scanned:
    found.sort(key=lambda m: (m.start, -m.end, _RANK[m.kind]))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return Scanned(
        text=text,
        folded=folded,
        mentions=tuple(m for m in kept if m.code != BLOCK),
        blocked=tuple(m for m in kept if m.code == BLOCK),
    )


def _folded_match(
    text: str, folded: str, start: int, end: int, forms: tuple[Form, ...], lower_only: bool
) -> Mention | None:
    valid: list[Form] = []
    stop = end
    for form in forms:
        last = _fits(text, folded, start, end, form, lower_only)
        if last is not None:
            valid.append(form)
            stop = max(stop, last)
    return _mention(folded, start, stop, valid) if valid else None


def _mention(folded: str, start: int, end: int, forms: list[Form]) -> Mention:
    best = min(forms, key=lambda form: _RANK[form.kind])
    others = tuple(sorted({form.code for form in forms} - {best.code}))
    return Mention(start, end, folded[start:end], best.code, best.kind, others)


def _fits(text: str, folded: str, start: int, end: int, form: Form, lower_only: bool) -> int | None:
    """Where the match ends if it is this form, else None."""
    first = folded[start]
    if first >= "\u2e80":
        return _fits_cjk(folded, start, end)
    if "\u0600" <= first <= "\u06ff":
        return _fits_arabic(folded, start, end)
    if start and _is_word(folded[start - 1]):
        return None
    last = end
    if last < len(folded) and _is_word(folded[last]) and form.text[-1] not in ".-":
        if not form.stem:
            return None
        last = _word_end(folded, last)
        if last - end > _STEM_REST:
            return None
    if form.kind in {"word", "block_any"} or text[start].isupper() or not text[start].isalpha():
        return last
    return last if lower_only and form.kind in {"name", "capital", "place"} and end - start > 3 else None


def _fits_cjk(folded: str, start: int, end: int) -> int | None:
    if "\uac00" <= folded[start] <= "\ud7a3" and start and "\uac00" <= folded[start - 1] <= "\ud7a3":
        glued = folded[start - 1] in _KOREAN_BEFORE and (start < 2 or not "\uac00" <= folded[start - 2] <= "\ud7a3")
        return end if glued else None
    return end


def _fits_arabic(folded: str, start: int, end: int) -> int | None:
    first = start
    while first and start - first < 4 and "\u0621" <= folded[first - 1] <= "\u064a":
        first -= 1
    if folded[first:start] not in _ARABIC_PROCLITICS:
        return None
    last = end
    while last < len(folded) and last - end < 4 and "\u0621" <= folded[last] <= "\u064a":
        last += 1
    return last if folded[end:last] in _ARABIC_ENDINGS else None


def _bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not _is_word(text[start - 1])
    return before and (end == len(text) or not _is_word(text[end]) or text[end - 1] in ".-")


def _is_word(char: str) -> bool:
    """Letters and digits that would carry a word on; those of the East Asian scripts do not."""
    return char.isalnum() and char < "\u2e80"


def _word_end(folded: str, position: int) -> int:
    while position < len(folded) and _is_word(folded[position]):
        position += 1
    return position
