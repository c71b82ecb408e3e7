"""The dateline before the first sentence: place, day and agency.

Recognised: "Washington (Jiji Press)—", "PARIS, May 3 (Reuters) -", "TOKYO —", "BRUSSELS (AP) —",
"Genève, 3 mai (AFP) –", "(ANSA) - ROMA, 3 MAG -", "МОСКВА, 3 мая. /ТАСС/.", 【ワシントン＝時事】, "(서울=연합뉴스)",
"新华社北京5月3日电".
Loose forms ("Brussels – The …") are not: measured on scrapinghub pages they did harm.
"""

import re
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, timedelta

from bot.extraction import agencies
from bot.extraction.months import MONTHS
from bot.extraction.times import day_of
from bot.model import Dateline

MAX_DATELINE = 110
"""Code points looked at. "BANDAR SERI BEGAWAN, Brunei Darussalam, September 23, 2025 (Anadolu Agency) -" has 80."""

_NAME = r"[^\W\d_][\w'’.\-]*(?: (?:[^\W\d_][\w'’.\-]*|&)){0,4}"
_PLACE = rf"(?P<place>{_NAME}(?:[,،/] {_NAME}){{0,2}}?)"
_MONTH = r"[^\W\d_]{3,10}\.?"
_DAY = rf"(?P<day>(?:\d{{1,2}}\.? (?:de )?{_MONTH}|{_MONTH} \d{{1,2}})(?:,? (?:de )?\d{{4}})?)"
_DASH = r"(?:\.?\s?(?:[—–―]+|-{1,2}|:)\s?)"
_AGENCY = r"(?P<agency>[^()\d]{2,40})"

_FORMS = (
    # PLACE[, day] (Agency) -   and with a full stop or nothing after the bracket
    re.compile(rf"^{_PLACE}(?:[,،.] {_DAY}\.?)?,? ?[(（/]{_AGENCY}[)）/] ?(?:{_DASH}|\.-? ?|(?=[A-ZА-Я]))"),
    # (Agency) - PLACE[, day] -
    re.compile(rf"^[(（]{_AGENCY}[)）] ?{_DASH}?{_PLACE}(?:,? {_DAY})? ?{_DASH}"),
    # PLACE, day -
    re.compile(rf"^{_PLACE}[,،.] {_DAY} ?{_DASH}"),
    # PLACE - (capitals only: see _capitals)
    re.compile(rf"^{_PLACE} ?(?:[—–―]+|(?<= )-{{1,2}}(?= )|:(?= ))\s?"),
)
_CAPITALS_ONLY = len(_FORMS) - 1
_BRACKETED = re.compile(
    r"^[【\[［(（〔](?P<place>[^=＝】\])）〕\d]{1,20})[=＝](?P<agency>[^】\])）〕]{1,30})[】\]］)）〕]\s*"
)
_CHINESE = re.compile(
    r"^(?P<agency>[\u4e00-\u9fff]{2,6}[社网])(?P<place>[\u4e00-\u9fff]{2,8}?)"
    r"(?P<month>\d{1,2})月(?P<mday>\d{1,2})日电\s*(?:[(（][^)）]{0,40}[)）])?\s*"
)
_DAY_PARTS = re.compile(r"(\d{1,2})|([^\W\d_]{3,10})")
_YEAR = re.compile(r"\d{4}")
_CJK_MONTH_DAY = re.compile(r"(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_SMALL_WORDS = frozenset(
    {"de", "la", "le", "les", "del", "do", "da", "of", "the", "am", "an", "der", "di", "and", "y", "et"}
)
_SHORT_CAPITALS = frozenset({"UN", "U.N.", "DC", "D.C.", "UAE", "UK", "U.K.", "USA", "U.S.", "US"})
_NOT_PLACES = frozenset({
    "update", "exclusive", "analysis", "opinion", "breaking", "watch", "live", "video", "photo", "photos",
    "note", "caption", "correction", "related", "listen", "editorial", "explainer", "factbox", "interview",
    "read", "more", "see", "also", "source", "comment", "updated", "published", "this", "a", "an", "he", "she",
    "it", "they", "in", "at", "on", "nato", "asean", "opec", "brics", "unesco", "unicef", "iaea", "mercosur",
    "ecowas", "who", "osce", "aukus", "quad",
})  # fmt: skip
_WIRE_WORD = re.compile(
    r"(?i)\b(?:press|news|newswire|wire|agency|service|agencia|agence|agentur|media|pool|times|post)\b"
)
_MIN_CAPITALS = 3
_MAX_AGENCY_WORDS = 4
_AGENCY_REPORTER = re.compile(r"(?:記者|特派員|특파원|共同取材班|取材班|支局|기자).*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDateline:
    """A dateline and how many characters of the paragraph it takes; `agency` as recorded names go."""

    dateline: Dateline
    agency: str | None
    length: int


def find_dateline(paragraph: str, published: datetime | None = None) -> FoundDateline | None:
    """The dateline that opens `paragraph`, or None. `published` gives the year where the dateline has none."""
    head = paragraph[:MAX_DATELINE]
    if found := _bracketed(head) or _chinese(head, published):
        return found
    for number, form in enumerate(_FORMS):
        match = form.match(head)
        if match and (found := _accept(match, number, published)):
            return found
    return None


def _accept(match: re.Match[str], number: int, published: datetime | None) -> FoundDateline | None:
    groups = match.groupdict()
    place, agency = groups["place"].strip(" ."), groups.get("agency")
    day = _day(groups.get("day"), published)
    if groups.get("day") and not _is_day(groups["day"]):
        return None
    if number == _CAPITALS_ONLY and not _capitals(place):
        return None
    if not _is_name(place, agency) or place.split()[0].casefold() in _NOT_PLACES:
        return None
    if agency is not None and not _is_agency(agency, sure=bool(groups.get("day")) or _capitals(place)):
        return None
    name = agencies.known(agency) or agency.strip() if agency else None
    return FoundDateline(dateline=Dateline(place=_in_words(place), date=day), agency=name, length=match.end())


def _is_name(place: str, agency: str | None) -> bool:
    """Capitalised; in scripts without capitals (Arabic, Hindi) only a known agency makes a name sure."""
    if place[:1].isupper():
        return True
    return not place[:1].islower() and agency is not None and agencies.known(agency) is not None


def _is_agency(agency: str, *, sure: bool) -> bool:
    """Known, or a name of at most four capitalised words; unless `sure`, one of them a word for a news service."""
    if agencies.known(agency):
        return True
    if not (sure or _WIRE_WORD.search(agency)):
        return False
    words = agency.split()
    return 1 <= len(words) <= _MAX_AGENCY_WORDS and words[0][:1].isupper() and words[-1][:1].isupper()


def _capitals(place: str) -> bool:
    """PLACE in capitals, maybe with ", Country" in small letters: what marks a dateline without agency or day."""
    first = place.partition(",")[0]
    letters = [ch for ch in first if ch.isalpha()]
    return len(letters) >= _MIN_CAPITALS and all(ch.isupper() for ch in letters)


def _in_words(place: str) -> str:
    """ADDIS ABABA as "Addis Ababa"; places that are not all in capitals stay as they are."""
    return ", ".join(_part_in_words(part) for part in place.split(", "))


def _part_in_words(part: str) -> str:
    if part in _SHORT_CAPITALS or not part.isupper():
        return part
    return " ".join(_word(word, first=i == 0) for i, word in enumerate(part.split()))


def _word(word: str, *, first: bool) -> str:
    if word in _SHORT_CAPITALS:
        return word
    if not first and word.lower() in _SMALL_WORDS:
        return word.lower()
    return "-".join(piece[:1] + piece[1:].lower() for piece in word.split("-"))


def _month_and_day(text: str) -> tuple[int, int] | None:
    numbers = [int(n) for n, _ in _DAY_PARTS.findall(_YEAR.sub("", text)) if n]
    months = [MONTHS[w.lower()] for _, w in _DAY_PARTS.findall(text) if w and w.lower() in MONTHS]
    return (months[0], numbers[0]) if months and numbers else None


def _is_day(text: str) -> bool:
    return _month_and_day(text) is not None


def _day(text: str | None, published: datetime | None) -> Day | None:
    if not text or (parts := _month_and_day(text)) is None:
        return None
    year = _YEAR.search(text)
    if year:
        return day_of(int(year[0]), *parts)
    return _nearest(*parts, published)


def _nearest(month: int, day: int, published: datetime | None) -> Day | None:
    """The day in the year of publication, or the year before when that would lie more than a week ahead."""
    if published is None:
        return None
    found = day_of(published.year, month, day)
    if found and found > published.date() + timedelta(days=7):
        return day_of(published.year - 1, month, day)
    return found


def _bracketed(head: str) -> FoundDateline | None:
    """【ワシントン＝時事】, [서울=뉴시스], (서울=연합뉴스): a reporter's name stands where the agency may."""
    match = _BRACKETED.match(head)
    if match is None:
        return None
    credit = _AGENCY_REPORTER.sub("", match["agency"])
    return FoundDateline(
        dateline=Dateline(place=match["place"].strip()), agency=agencies.known(credit), length=match.end()
    )


def _chinese(head: str, published: datetime | None) -> FoundDateline | None:
    match = _CHINESE.match(head)
    if match is None:
        return None
    day = _nearest(int(match["month"]), int(match["mday"]), published)
    name = agencies.known(match["agency"]) or match["agency"]
    return FoundDateline(dateline=Dateline(place=match["place"], date=day), agency=name, length=match.end())
