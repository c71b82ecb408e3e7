"""Which lines of a page are not the article: times, bylines, credits, pointers to other pages, requests to the reader.

Works on lines of text, so that it serves web pages and pasted text alike; what the markup knew (lines that are nothing
but a link, captions) comes as `Hints`. It never changes a line and never reorders. The phrases are in `phrases`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.extraction import phrases
from bot.extraction.dateline import find_dateline
from bot.extraction.lines import ends_sentence, is_prose, size, squash, title_case
from bot.extraction.months import MONTHS
from bot.extraction.times import find_day

MAX_LINE = 60
"""Words. A longer line is prose: the longest captions and prompts on 180 pages have 58."""
MAX_PROMPT = 45
"""Words. A request to the reader in a longer paragraph is quoted by the article."""
MAX_REPORTED = 120
"""Code points in which an article that quotes text for machines says who said it."""
MAX_LIST = 25
"""Lines dropped after a section head at most: no such list on 180 pages is longer."""
MAX_ITEM = 25
"""Words of a headline in such a list."""
MAX_ADDRESSES = 4
"""Lines with addresses; contact lines under an article are fewer."""
MAX_OPENING = 12
"""Lines looked through for a dateline."""
MAX_BEFORE = 90
"""Words before the dateline that may go (headline, caption, time, byline); more would be a part of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known beside the lines. `links`, `captions`: squashed lines that are nothing else in the markup.

    `anchored`: the first lines may be a headline, a caption or a time, as in text pasted from a page.
    """

    titles: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    captions: frozenset[str] = frozenset()
    anchored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A line that went, and why: `reason` completes "dropped, because it is …"."""

    index: int
    line: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """Lines that stay, in order, and those that went, in order of place."""

    kept: tuple[str, ...]
    dropped: tuple[Dropped, ...]


_LEAD = r"^[\s\[(（【<>»›▶►→*#\"'“”‘’!|:：·•■□◆◇▼▽●○★☆※-]*"
_TAIL = r"[\s\])）】<>«»›▶►→*#\"'“”‘’!?|:：.…·•▼↓-]*$"
_LABEL = (
    phrases.pattern("labels", before=_LEAD, after=_TAIL),
    phrases.pattern("labels_cjk", before=_LEAD, after=_TAIL),
)
_POINTER = phrases.pattern("labels", "labels_cjk", before=_LEAD, after=r"\s?(?:[:：|｜>»–—]| - )")
_QUOTED_LABEL = phrases.pattern("labels", before=r"^[\"“«「][\w &'’-]{2,30}[\"”»」]\s?", after=_TAIL)
_PROMPT = phrases.pattern("prompts", before=r"(?<!\w)")
_PROMPT_CJK = phrases.pattern("prompts_cjk")
_BYLINE = phrases.pattern("bylines", before="^")
_CREDIT = phrases.pattern("credits", "credits_cjk", before=r"^[\s\[(（]*")
_CAPTION_END = phrases.pattern("caption_ends", after=r"[\s.)）]*$")
_AGO = phrases.pattern("ago")
_TO_MACHINE = phrases.pattern("to_machines", before=r"^\s*")
_NETWORKS = frozenset(phrases.section("networks"))
_TIME_PARTS = re.compile(
    rf"(?<!\w)(?:{'|'.join(phrases.section('time_words'))}|{'|'.join(phrases.section('ago'))}|[ap]\.?m\.?|uhr|h|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:segunda|terça|quarta|"
    r"quinta|sexta)(?:-feira)?|at|on|à|at|um|a las|às|de|del|by|gmt|utc|and|[a-z]{2,4}t|мск|г)(?!\w)",
    re.IGNORECASE,
)
_CJK_TIME = re.compile(
    r"\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일]|公開|更新|配信|掲載|发布|發布|时间|時間|입력|수정|\d{1,2}[時时点시]\d{0,2}分?분?|[（(][月火水木金土日월화수목금토일][)）]|오전|오후|午前|午後"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h時]\d{2}(?!\d)")
_SEPARATOR = re.compile(r"\s*(?:[|｜•·¦]|\s[/–—-]\s)\s*")
_BARS = re.compile(r"[|｜•·¦]")
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]{1,64}\.\w+|(?:twitter|facebook|instagram|x|t)\.(?:com|me)/\S+|@\w+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-–—*•·▪◦‣●■□◆▶►→]+|\d{1,2}[.)位]?)\s*(?=\S|$)")
_REPORTED = re.compile(
    r"\b(?:said|says|told|added|dit|déclaré|affirmé|ajouté|sagte|erklärte|teilte|dijo|afirmó|declaró|disse|afirmou|"
    r"ha detto|сказал\w?|заявил\w?|сообщил\w?)\b|قال|أعلن|أكد|صرح|述べ|語っ|話し|表示|指出|밝혔|말했",
    re.IGNORECASE,
)
_PARTICLES = frozenset({
    "and", "und", "et", "y", "e", "de", "da", "di", "von", "van", "der", "den", "for", "in", "the", "of", "with", "al",
    "el", "bin", "à", "für", "para", "per", "и",
})  # fmt: skip


MAX_KICKER = 40
"""Characters of a line that names sections."""
_SECTIONS = frozenset({
    "news", "world", "politics", "business", "economy", "opinion", "international", "national", "europe",
    "asia", "africa", "americas", "middle", "east", "us", "uk", "diplomacy", "defence", "defense", "security",
    "and", "science", "technology", "tech", "culture", "sports", "sport", "markets", "finance", "energy",
    "climate", "monde", "politique", "économie", "société", "afrique", "diplomatie",
    "internationale", "actualité", "wirtschaft", "politik", "ausland", "welt", "kultur", "mundo", "política",
    "economía", "internacional", "cultura", "esteri", "politica", "economia", "mondo", "países",
    "мир", "политика", "экономика", "общество",
    "政治", "国際", "経済", "社会", "文化", "政治部", "国际", "经济", "정치", "국제",
    "경제", "사회",
})  # fmt: skip


def sift(lines: Sequence[str], hints: Hints) -> Sifted:
    """Part the article's lines from the page's furniture. Takes time linear in the text."""
    reasons: dict[int, str] = {}
    for index, line in enumerate(lines):
        if reason := _line_reason(line, hints):
            reasons[index] = reason
    _drop_lists(lines, reasons)
    _drop_opening(lines, reasons, hints)
    _drop_links(lines, reasons, hints)
    _drop_edges(lines, reasons)
    _drop_repeats(lines, reasons)
    _keep_addresses(reasons)
    kept = tuple(line for index, line in enumerate(lines) if index not in reasons)
    dropped = tuple(Dropped(index=i, line=lines[i], reason=reasons[i]) for i in sorted(reasons))
    return Sifted(kept=kept, dropped=dropped)


# --- one line ---------------------------------------------------------------------------------------------------

HEAD = "the head of a list of other pages"


def _line_reason(line: str, hints: Hints) -> str | None:
    """Why the line is furniture by itself, or None."""
    if not any(map(str.isalnum, line)):
        return "a bullet or rule"
    if _TO_MACHINE.match(line) and not (is_prose(line) and _REPORTED.search(line[:MAX_REPORTED])):
        return "text that speaks to a machine"
    flat = squash(line)
    if flat in hints.titles:
        return "the headline once more"
    length = size(line)
    if flat in hints.captions and length <= MAX_LINE:
        return "the caption of a picture"
    if length > MAX_LINE:
        return None
    return _short_line_reason(line, length)


def _short_line_reason(line: str, length: int) -> str | None:
    for reason, holds in _CHECKS:
        if holds(line, length):
            return reason
    segments = [s for s in _SEPARATOR.split(line) if s.strip()]
    if len(segments) > 1 and length <= 30 and all(_segment_reason(segment) for segment in segments):
        return "a row of page labels"
    return None


def _segment_reason(segment: str) -> bool:
    return any(holds(segment, size(segment)) for _, holds in _CHECKS)


def is_time_line(line: str, length: int) -> bool:
    """Whether a line says when it was written and no more than two words else."""
    if length > 22 or line.endswith((":", "：")):
        return False
    if not (_AGO.search(line) or find_day(line) or (_CLOCK.search(line) and _TIME_PARTS.search(line))):
        return False
    rest = _CJK_TIME.sub(" ", _TIME_PARTS.sub(" ", line))
    words = [w for w in re.findall(r"[^\W\d_]{2,}", rest) if w.lower() not in MONTHS]
    return sum(map(size, words)) <= 2


def is_byline(line: str, length: int) -> bool:
    """Whether a short line names its writers: "By Jane Doe and John Roe, Diplomatic Editor"."""
    if length > 16 or ends_sentence(line):
        return False
    match = _BYLINE.match(line)
    if match is None:
        return False
    names = [w for w in re.findall(r"[^\W\d_][\w'’.-]*", line[match.end() :]) if w.lower() not in _PARTICLES]
    return (
        bool(names)
        and (len(names) > 0 and not names[0].islower())
        and sum(n[0].isupper() or not n[0].islower() for n in names) >= 0.7 * len(names)
    )


def _is_label(line: str) -> bool:
    return any(label.match(line) for label in _LABEL) or bool(_QUOTED_LABEL.match(line))


def _is_prompt(line: str, length: int) -> bool:
    if length > MAX_PROMPT or not (_PROMPT.search(line) or _PROMPT_CJK.search(line)):
        return False
    return length <= 12 or not _REPORTED.search(line)


def _is_networks(line: str) -> bool:
    tokens = re.findall(r"[\w+-]+", line.lower())
    return 0 < len(tokens) <= 20 and all(token in _NETWORKS for token in tokens)


def _is_address(line: str) -> bool:
    rest = _ADDRESS.sub(" ", line)
    return rest != line and size(rest) <= 3


_CHECKS: tuple[tuple[str, Callable[[str, int], bool]], ...] = (
    (HEAD, lambda line, length: length <= 12 and _is_label(line)),
    ("a time line", is_time_line),
    ("a byline", is_byline),
    ("a credit or caption", lambda line, _: bool(_CREDIT.match(line) or _CAPTION_END.search(line[-90:]))),
    ("a pointer to other pages", lambda line, length: length <= 45 and bool(_POINTER.match(line))),
    ("a request to the reader", _is_prompt),
    ("a row of share buttons", lambda line, _: _is_networks(line)),
    ("a row of links", lambda line, _: len(_BARS.findall(line)) >= 2 and not ends_sentence(line)),
    ("an address", lambda line, _: _is_address(line)),
)
"""Each furniture of one line: its name, and whether a line of so many words is it."""


# --- lines among others -----------------------------------------------------------------------------------------


def _drop_lists(lines: Sequence[str], reasons: dict[int, str]) -> None:
    """The headlines below a section head, to the next line of prose."""
    for index in [i for i, reason in reasons.items() if reason == HEAD]:
        bullet = False
        for at in range(index + 1, min(index + 1 + MAX_LIST, len(lines))):
            line = lines[at]
            if at in reasons:
                bullet = reasons[at] == "a bullet or rule"
                continue
            if not (_is_item(line) or (bullet and size(line) <= MAX_ITEM)):
                break
            reasons[at] = "listed under a section head"
            bullet = False


def _is_item(line: str) -> bool:
    length = size(line)
    if length > MAX_ITEM or find_dateline(line):
        return False
    return (
        not ends_sentence(line) or (length <= 16 and title_case(line)) or (length <= 16 and bool(_BULLET.match(line)))
    )


def _drop_opening(lines: Sequence[str], reasons: dict[int, str], hints: Hints) -> None:
    """What stands before the dateline; in pasted text, also what stands before a time line and is no sentence."""
    opening = range(min(MAX_OPENING, len(lines)))
    first = next((i for i in opening if i not in reasons and size(lines[i]) > 6 and find_dateline(lines[i])), None)
    if first is not None and sum(size(lines[i]) for i in range(first) if i not in reasons) <= MAX_BEFORE:
        for i in range(first):
            if hints.anchored or not is_prose(lines[i]):
                reasons.setdefault(i, "a line before the dateline")
        return
    time_line = next((i for i in opening if reasons.get(i) == "a time line"), None)
    if hints.anchored and time_line is not None:
        for i in range(time_line):
            if not is_prose(lines[i]):
                reasons.setdefault(i, "a line before the time of publication")


def _drop_edges(lines: Sequence[str], reasons: dict[int, str]) -> None:
    """Names of the outlet's sections before the first and after the last paragraph."""
    prose = [i for i, line in enumerate(lines) if i not in reasons and is_prose(line)]
    if not prose:
        return
    for i in (*range(min(prose[0], MAX_OPENING)), *range(prose[-1] + 1, len(lines))):
        names = squash(lines[i]).split() if len(lines[i]) <= MAX_KICKER else []
        if i not in reasons and names and all(name in _SECTIONS for name in names):
            reasons[i] = "the name of a section"


def _drop_links(lines: Sequence[str], reasons: dict[int, str], hints: Hints) -> None:
    """Lines that are nothing but a link, unless they are much of the text (a list of links may be the article)."""
    found = [i for i, line in enumerate(lines) if i not in reasons and squash(line) in hints.links]
    total = sum(size(line) for i, line in enumerate(lines) if i not in reasons)
    if sum(size(lines[i]) for i in found) <= 0.4 * total:
        reasons.update(dict.fromkeys(found, "nothing but a link"))


def _keep_addresses(reasons: dict[int, str]) -> None:
    """Addresses that recur through the text belong to it: a list of shops, of accounts."""
    found = [index for index, reason in reasons.items() if reason == "an address"]
    if len(found) > MAX_ADDRESSES:
        for index in found:
            del reasons[index]


def _drop_repeats(lines: Sequence[str], reasons: dict[int, str]) -> None:
    """A paragraph said before: pull quotes and boxes. Short lines may recur by design (a question, a label)."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if index in reasons:
            continue
        flat = squash(line)
        if flat in seen and is_prose(line):
            reasons[index] = "said before"
        seen.add(flat)
