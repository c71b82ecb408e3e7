"""Words that tell an event: verbs and nouns of the PLOVER types in ten languages."""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast, get_args

from bot.model import EventType
from bot.understanding.events_words import places, word, words

_GAP = 2
"""Words that may stand between the words of a phrase: "suspended all military aid"."""


class Trigger(NamedTuple):
    """A word or phrase of a text that tells an event of `type`, by its place."""

    type: EventType
    start: int
    end: int


class Worded(NamedTuple):
    """One of an English text, by its first and last word. `words` that it needs: between them may stand others."""

    type: EventType
    first: int
    last: int
    words: int


@cache
def _lexicon() -> dict[str, dict[EventType, list[str]]]:
    raw = (files("bot.understanding") / "data" / "event_triggers.json").read_text("utf-8")
    return cast("dict[str, dict[EventType, list[str]]]", json.loads(raw))


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], EventType], ...]]:
    """English phrases by their first stem, longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], EventType]]] = {}
    for kind, phrases in _lexicon()["en"].items():
        for phrase in phrases:
            stems = tuple(word(one).stem for one in words(phrase))
            by_first.setdefault(stems[0], []).append((stems, kind))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in by_first.items()}


def english(stems: Sequence[str]) -> list[Worded]:
    """The triggers among the words of an English text, in order; a phrase hides the shorter ones that begin it."""
    phrases = _phrases()
    found: list[Worded] = []
    for at, first in enumerate(stems):
        if first not in phrases:
            continue
        longest = 0
        for phrase, kind in phrases[first]:
            if len(phrase) < longest:
                break
            last = at if len(phrase) == 1 else _match(phrase, stems, at)
            if last >= 0:
                longest = len(phrase)
                found.append(Worded(kind, at, last, longest))
    return found


def _match(phrase: Sequence[str], stems: Sequence[str], at: int) -> int:
    """The index of the last word of the phrase that begins at `at`, or -1."""
    for wanted in phrase[1:]:
        near = stems[at + 1 : at + 2 + _GAP]
        if wanted not in near:
            return -1
        at += 1 + near.index(wanted)
    return at


def placed(text: str, trigger: Worded) -> Trigger:
    """An English trigger with its place in its text."""
    where = places(text, words(text)[: trigger.last + 1])
    return Trigger(trigger.type, where[trigger.first][0], where[trigger.last][1])


@cache
def _patterns(language: str) -> tuple[tuple[EventType, re.Pattern[str]], ...]:
    kinds = _lexicon().get(language, {})
    spaced = language not in {"ja", "zh", "ko", "ar"}
    edge = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    flags = 0 if language == "de" else re.IGNORECASE
    return tuple(
        (kind, re.compile("|".join(f"{edge[0]}(?:{word}){edge[1]}" for word in kinds[kind]), flags))
        for kind in get_args(EventType)
        if kinds.get(kind)
    )


def other(text: str, language: str) -> list[Trigger]:
    """The triggers in a text of another language, in order; none when the language has no list."""
    found = [
        Trigger(kind, match.start(), match.end())
        for kind, pattern in _patterns(language)
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda t: (t.start, -t.end))
