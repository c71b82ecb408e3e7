"""Words that tell an event: verbs and nouns of the PLOVER types in ten languages."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from bot.model import EventType
from bot.understanding.events_words import stem, tokens

_GAP = 2
"""Words that may stand between the words of a phrase: "suspended all military aid"."""

Token = tuple[str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase of the text that tells an event of `type`. `token` is its index among English tokens."""

    type: EventType
    start: int
    end: int
    token: int = 0
    words: int = 1


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
            stems = tuple(word for word, _, _, _ in tokens(phrase))
            by_first.setdefault(stems[0], []).append((stems, kind))
    return {first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in by_first.items()}


def english(found: list[Token]) -> list[Trigger]:
    """The triggers among the tokens of an English text, in order; a phrase hides the shorter ones that begin it."""
    phrases = _phrases()
    triggers: list[Trigger] = []
    for at, token in enumerate(found):
        longest = 0
        for stems, kind in phrases.get(token[0], ()):
            if len(stems) < longest:
                break
            last = _match(stems, found, at)
            if last >= 0:
                longest = len(stems)
                triggers.append(Trigger(kind, token[1], found[last][2], at, len(stems)))
    return triggers


def _match(stems: tuple[str, ...], found: list[Token], at: int) -> int:
    """The index of the last word of the phrase that begins at `at`, or -1."""
    for wanted in stems[1:]:
        stop = min(at + 2 + _GAP, len(found))
        at = next((i for i in range(at + 1, stop) if found[i][0] == wanted), -1)
        if at < 0:
            return -1
    return at


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


def trigger_stem(word: str) -> str:
    """The stem by which the English list is keyed."""
    return stem(word)
