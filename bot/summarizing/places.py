"""Countries by any of their names, in ten languages: "Tajik" and "Tajikistan" are one, "日本" and "Japan" too.

From `data/places.json` (see `bot.evaluation.build_places`). Knows states only, and their capitals apart: a capital may
stand for its state where roles are compared, never where the name itself is asked for.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import cast

Table = Mapping[str, Mapping[str, Mapping[str, str]]]
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""The first word, and each whole form that begins with it with its country, longest first."""


@cache
def table() -> Table:
    """The shipped file, read once."""
    raw = resources.files("bot.summarizing").joinpath("data/places.json").read_text("utf-8")
    return cast("Table", json.loads(raw))


@cache
def english(*, capitals: bool) -> Phrases:
    """English forms by their first word; with capitals, those too."""
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def add(form: str, code: str) -> None:
        parts = tuple(form.replace(".", "").replace("-", " ").split())
        forms.setdefault(parts[0], []).append((parts, code))

    for kind in ("names", "capitals") if capitals else ("names",):
        for code, listed in table()[kind]["en"].items():
            for form in filter(None, listed.split("|")):
                add(form, code)
    return {first: tuple(sorted(many, key=lambda one: -len(one[0]))) for first, many in forms.items()}


def country_at(words: Sequence[str], at: int, *, capitals: bool = False) -> tuple[str, int] | None:
    """The country whose name begins at `words[at]` (lower case), and of how many words it is."""
    for parts, code in english(capitals=capitals).get(_plain(words[at]), ()):
        if tuple(map(_plain, words[at : at + len(parts)])) == parts:
            return code, len(parts)
    return None


def _plain(word: str) -> str:
    """Without accents, as the table has them: "bogotá" is "bogota"."""
    if word.isascii():
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@cache
def forms_of(language: str) -> Mapping[str, tuple[str, ...]]:
    """Every form of each country in a language, capitals too; stems end in *. Empty where it is not known."""
    names, capitals = table()["names"].get(language, {}), table()["capitals"].get(language, {})
    return {
        code: tuple(filter(None, (*names.get(code, "").split("|"), *capitals.get(code, "").split("|"))))
        for code in {*names, *capitals}
    }
