"""The shipped names, as automata: one pair for each set of languages, built when first asked for."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ahocorasick_rs import AhoCorasick

from bot.model import ActorKind

BLOCK = "-"
"""The code of phrases that hold a name and are no actor ("South China Sea")."""


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling. `kind`: name, word (adjective, any case), exact (case kept), capital, place, leader,
    weak (needs company), congress (an institution of the US unless another state is named), state (a US state or city),
    block (holds a name and is none), block_any (the same in any case).
    """

    text: str
    code: str
    kind: str
    stem: bool = False
    caseless: bool = False


@dataclass(frozen=True, slots=True)
class Automata:
    """`folded` runs over the folded text, `exact` over the text as written; indexes lead into the tuples."""

    folded: AhoCorasick
    folded_forms: tuple[tuple[Form, ...], ...]
    exact: AhoCorasick
    exact_forms: tuple[tuple[Form, ...], ...]


@dataclass(frozen=True, slots=True)
class _Shipped:
    names: dict[str, str]
    kinds: dict[str, ActorKind]
    forms: dict[str, dict[str, dict[str, str]]]


@lru_cache(maxsize=1)
def _shipped() -> _Shipped:
    raw = json.loads((resources.files("bot.understanding") / "data" / "actors.json").read_text(encoding="utf8"))
    return _Shipped(names=raw["names"], kinds=raw["kinds"], forms=raw["forms"])


def display_name(code: str) -> str:
    """The English name that people are shown for `code`; the code itself when unknown."""
    return _shipped().names.get(code, code)


def actor_kind(code: str) -> ActorKind:
    """Whether `code` is a country, an organisation or an armed group."""
    return _shipped().kinds.get(code, "country")


def codes() -> frozenset[str]:
    """Every code that `find_actors` can answer."""
    return frozenset(_shipped().names)


@lru_cache(maxsize=24)
def automata(languages: frozenset[str]) -> Automata:
    """The automata of `languages`; building one takes about 10 ms."""
    folded: dict[str, list[Form]] = {}
    exact: dict[str, list[Form]] = {}
    for language in sorted(languages):
        caseless = language in {"ja", "ar", "zh", "ko"}
        for kind, by_code in _shipped().forms.get(language, {}).items():
            into = exact if kind == "exact" else folded
            for code, listed in by_code.items():
                for text in listed.split("|"):
                    bare = text.rstrip("*")
                    into.setdefault(bare, []).append(Form(bare, code, kind, text != bare, caseless))
    return Automata(
        AhoCorasick(list(folded)),
        tuple(tuple(forms) for forms in folded.values()),
        AhoCorasick(list(exact)),
        tuple(tuple(forms) for forms in exact.values()),
    )
