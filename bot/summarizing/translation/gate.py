"""The gate for translations: what can be checked across languages has to agree, else the point keeps its language.

Each check compares facts of both sides, found before by the stages that know them (`Side`): actors by the dictionary
of ten languages, days, who did what to whom; and here amounts, denials, verbs and their opposites, whose words they
are, names, quotation marks, length and script. A point of which nothing can be checked does not pass either. What it
cannot see: a wrong verb that is not the opposite of the right one, speakers without a state, and names in scripts that
mark none. Pure; a check that throws lets nothing through.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Event, Span
from bot.summarizing.gate import form_problems
from bot.summarizing.translation import tables
from bot.summarizing.translation.amounts import Amount, amounts_in, plain
from bot.summarizing.translation.names import unknown_names
from bot.summarizing.translation.opposites import turned

LEAST_LENGTH, MOST_LENGTH = 0.4, 2.6
"""Of a translation against its original, each wide character counted as `_WIDE_WORTH` letters. Our faithful pairs
(tests/golden/translations.jsonl) lie between .57 and 1.9."""
_WIDE_WORTH = 2.4
_QUOTED = re.compile(r"[“„«「『\"‹]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "ja": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LATIN_WORDS = re.compile(r"(?:\b[A-Za-z]{2,}\b[\s,.:]+){4}")
"""More than a name in a text of another script: whom it tells something is not its reader."""
_OWN_SCRIPT = 0.6
"""Share of the letters that must be of the language's script; names and units may be of another."""
_BRACKETED_NAME = re.compile(r"[(（][\u3400-\u9fff·・ ]{1,12}[)）]")
_BARE_DAY = re.compile(r"^\D{0,4}(\d{1,4})\s?(?:日|号|號|일|年|년|st|nd|rd|th|\.)?$")
_BARE_YEAR = re.compile(
    r"^(?:(?:the )?(?:end|start|beginning|middle) of |late |early |mid-|by |fin |Ende |Anfang |конц[аеу] |начал[аеу] |"
    r"(?:finales|fines|fim|final|início) de )((?:19|20)\d\d)(?: года)?$",
    re.IGNORECASE,
)
_LONG = 40
"""Days: longer than a month, which either side may read in another year."""
_COUNTED = 1
"""Refusals that both sides may have beside the one that stands for a “not”: more are too many to tell them apart."""
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A phrase that names days."""

    span: Span
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A text and what the stages found in it.

    `actors`: codes that it surely names, not by an office alone; `possible`: all that its words may name; `named`:
    where. `order`: those that are more than the place of it ("in Riga"), in the order in which they come; `places`:
    those that are no more than that. `speaking`: those in what tells whose words they are, None where nothing does;
    `speaking_for`: these and those that its offices stand for. `events` tell who did what to whom; `detected` is the
    language that the text shows.
    """

    text: str
    language: str
    actors: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    speaking: frozenset[str] | None = None
    speaking_for: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    named: tuple[Span, ...] = ()
    days: tuple[Dated, ...] = ()
    events: tuple[Event, ...] = ()
    detected: str = ""


def problems_of(original: Side, said: Side) -> tuple[str, ...]:
    """What of the translation `said` does not hold to `original`, as sentences; () when it may go out."""
    try:
        form = (*form_problems(said.text), *_form(original, said))
        return form or tuple(dict.fromkeys(_facts(original, said)))
    except Exception as error:  # noqa: BLE001 - a checker that fails lets nothing through
        return (f"It could not be checked ({type(error).__name__}).",)


def _form(original: Side, said: Side) -> Iterator[str]:
    bare = _BRACKETED_NAME.sub("", said.text)
    letters = len(_LETTER.findall(bare))
    script = _SCRIPTS.get(said.language, _LATIN)
    if said.text == original.text or (said.detected and said.detected != said.language):
        yield "It is not in the language that was asked for."
    elif letters == 0 or len(script.findall(bare)) < _OWN_SCRIPT * letters or _left_over(bare, said.language):
        yield "It is not wholly in the language that was asked for."
    if original.language in _SCRIPTS and _LATIN_WORDS.search(original.text):
        yield "A part of the original is in another language than the rest."
    ratio = _length(said.text) / max(1.0, _length(original.text))
    if not LEAST_LENGTH <= ratio <= MOST_LENGTH:
        yield "It is much shorter or longer than the original."
    if len(_QUOTED.findall(said.text)) > max(_marks(original.text), 0):
        yield "It puts words between quotation marks that the original does not."


def _left_over(text: str, language: str) -> bool:
    """Whether words of another script stand in it, but for Latin ones, which any text may hold."""
    others = (pattern for code, pattern in _SCRIPTS.items() if code != language and not _shares(code, language))
    return any(pattern.search(text) for pattern in others)


def _shares(code: str, language: str) -> bool:
    return {code, language} <= {"ja", "zh"} or (language == "ko" and code in {"ja", "zh"})


def _length(text: str) -> float:
    wide = len(_WIDE.findall(text))
    return len(text) - wide + _WIDE_WORTH * wide


def _marks(text: str) -> int:
    return len(_QUOTED.findall(text))


# --- what is said -------------------------------------------------------------------------------------------------


def _facts(original: Side, said: Side) -> Iterator[str]:
    here, there = _amounts(said), _amounts(original)
    if not (original.actors or original.possible & said.possible or original.days or there):
        yield "It names no country, day or number by which it could be checked."
    yield from _actors(original, said)
    yield from _parties(original, said)
    yield from _numbers(original, said, there, here)
    yield from _denials(original, said)
    yield from _speakers(original, said)
    if _denies(original) == _denies(said):
        for was, now in turned(original.text, original.language, said.text, said.language):
            yield f"It turns “{was}” into “{now}”."
    text = tables.FOREIGN_MONEY.sub(lambda match: " " * len(match[0]), said.text)
    allowed = (*said.named, *(day.span for day in said.days))
    for name in unknown_names(text, said.language, original.text, original.language, allowed):
        yield f"The name “{name}” does not stand in the original."


def _actors(original: Side, said: Side) -> Iterator[str]:
    for code in said.actors:
        if code not in original.possible:
            yield f"It names {code}, which the original does not."
    for code in original.actors:
        if code not in said.possible:
            yield f"It does not name {code}, which the original does."


def _parties(original: Side, said: Side) -> Iterator[str]:
    """Who did it to whom, and whether it happened: as far as both sides tell it plainly."""
    mine, theirs = _directed(original), _directed(said)
    turned = {(target, source) for source, target in mine}
    if theirs & turned - mine and (_turned_order(original, said) or tables.PASSIVE[said.language].search(said.text)):
        yield "It turns round who did what to whom."
    elif not (mine & theirs) and _turned_order(original, said):
        yield "It names the countries in another order, so that who did what to whom may have changed."
    plan, plans = tables.PLAN.get(original.language), tables.PLANNED.get(said.language)
    if plan and plans and plan.search(original.text) and not plans.search(said.text):
        yield "It tells a plan or a possibility as done."


def _directed(side: Side) -> set[tuple[str, str]]:
    """Who acts on whom. Not in Arabic, whose verb stands first: there the order of the names has to do."""
    events = side.events if side.language != "ar" else ()
    return {
        (source, target)
        for event in events
        if event.type not in _MUTUAL
        for source in event.source
        for target in event.target
        if source != target
    }


def _turned_order(original: Side, said: Side) -> bool:
    shared = [code for code in original.order if code in said.order]
    if len(shared) > 1 and next(code for code in said.order if code in shared) != shared[0]:
        return True
    first, other = original.order[:1], said.order[:1]
    return bool(first and other and first[0] in said.places and other[0] in original.places)


def _amounts(side: Side) -> tuple[Amount, ...]:
    text = side.text
    for day in side.days:
        text = text[: day.span.start] + " " * (day.span.end - day.span.start) + text[day.span.end :]
    if side.language == "ja":
        text = re.sub(r"令和(\d{1,2})年", lambda m: f"{2018 + int(m[1])}年", plain(text))
    return amounts_in(plain(text), side.language)


def _numbers(original: Side, said: Side, there: Sequence[Amount], here: Sequence[Amount]) -> Iterator[str]:
    here, there = list(here), list(there)
    for one, other, theirs, words in (
        (said, original, there, "does not stand in the original"),
        (original, said, here, "stands in the original alone"),
    ):
        for day in one.days:
            if not any(_same_days(day, another) for another in other.days) and not _said_otherwise(
                one, day, other, theirs
            ):
                yield f"The day “{one.text[day.span.start : day.span.end]}” {words}."
    for mine, theirs, days, words in (
        (here, there, original.days, "does not stand in the original"),
        (there, here, said.days, "stands in the original alone"),
    ):
        for amount in mine:
            if not amount.loose and not any(amount.meets(another) for another in theirs) and not _month(amount, days):
                yield f"The amount “{amount.written}” {words}."
    loose, others = [one for one in here if one.loose], [one for one in there if one.loose]
    for kind in (True, False):  # a half says nothing about "both"
        mine, theirs = [one for one in loose if _part(one) is kind], [one for one in others if _part(one) is kind]
        if mine and theirs and not any(one.meets(two) for one in mine for two in there):
            yield f"The amount “{mine[0].written}” does not stand in the original."


def _month(amount: Amount, days: Sequence[Dated]) -> bool:
    """Whether it is a month that the other side has as one of its days."""
    return any(day.first.day == 1 and day.last.day >= 28 and float(day.first.month) in amount.values for day in days)


def _speakers(original: Side, said: Side) -> Iterator[str]:
    """Whose words they are, as far as both sides tell it by a state."""
    mine, theirs = original.speaking, said.speaking
    new = theirs - mine - original.speaking_for if mine is not None and theirs is not None else frozenset()
    if new:
        yield f"It gives the words to {', '.join(sorted(new))}, whose they are not in the original."


def _part(amount: Amount) -> bool:
    return min(amount.values) < 1


def _said_otherwise(side: Side, day: Dated, other: Side, amounts: list[Amount]) -> bool:
    """Whether the other side has the days in words that the rules of dates do not read there."""
    written = side.text[day.span.start : day.span.end]
    ends, others = tables.YEARS_END.get(side.language), tables.YEARS_END.get(other.language)
    if ends and others and ends.search(written) and others.search(other.text):
        return True
    if day.first.day == 1 and day.last.day >= 28 and (day.last - day.first).days < 31:
        return _names_month(other, day.first.month)
    return _as_number(side, day, amounts)


def _names_month(side: Side, month: int) -> bool:
    names = tables.MONTHS.get(side.language)
    if names is not None:
        return bool(names[month - 1].search(side.text))
    return bool(re.search(rf"(?<!\d){month}\s?[月월]", plain(side.text)))


def _as_number(side: Side, day: Dated, amounts: list[Amount]) -> bool:
    """A bare day, month or year ("5日", "2029年") that the rules of dates read on one side alone: on the other it is an
    amount, which is taken out of `amounts`.
    """
    written = plain(side.text[day.span.start : day.span.end])
    match = _BARE_DAY.match(written) or _BARE_YEAR.match(written)
    value = float(match[1]) if match else None if any(map(str.isdigit, written)) else float(day.first.month)
    for amount in amounts:
        if value is not None and value in amount.values and (amount.ordinal or value >= 1900):
            amounts.remove(amount)
            return True
    return False


def _same_days(one: Dated, other: Dated) -> bool:
    """The same days; weekdays are read by the tense, which may move them by a week."""
    if one.last - one.first != other.last - other.first:
        return False
    apart = abs((one.first - other.first).days)
    if (one.last - one.first).days >= _LONG:
        return apart == 0  # this year is not next year
    return apart in (0, 7) or (apart in (365, 366) and one.first.day == other.first.day)


def _denials(original: Side, said: Side) -> Iterator[str]:
    if original.language not in tables.NOT or said.language not in tables.NOT:
        return
    before, after = _denies(original), _denies(said)
    refusing, refuses = _refusals(original), _refusals(said)
    if before and not after and refuses <= min(refusing, _COUNTED):
        yield "It leaves out a “not” of the original."
    if after and not before and refusing <= min(refuses, _COUNTED):
        yield "It denies what the original does not."


def _refusals(side: Side) -> int:
    """How many words deny in their own way: a “not” of one side is one of them on the other."""
    return len(tables.DENYING[side.language].findall(side.text))


def _denies(side: Side) -> bool:
    text, pattern = side.text, tables.NOT_REALLY.get(side.language)
    return bool(tables.NOT[side.language].search(pattern.sub(" ", text) if pattern is not None else text))
