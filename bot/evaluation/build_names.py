"""Build `bot/understanding/data/actors.json`: the names of states, organisations, groups and leaders in ten languages.

    python -m bot.evaluation.build_names NEWSMAP.json

Sources: CLDR territory names through babel (Unicode licence), newsmap's dictionaries (MIT), and the hand-written tables
in `names/` (ours). Runs at build time only: babel is a development dependency. The same inputs give the same bytes.
"""

import json
import re
import sys
from collections import defaultdict
from importlib import resources
from pathlib import Path

from bot.understanding.actors_folding import fold

LANGUAGES = ("en", "ja", "fr", "es", "de", "ar", "zh", "ko", "ru", "pt")
TARGET = Path(__file__).parent.parent / "understanding" / "data" / "actors.json"

_EXTRA_ALPHA3 = {"XK": "XKX", "KV": "XKX", "FR": "FRA", "TL": "TLS"}
"""newsmap writes Kosovo KV; CLDR lists FRA and TLS with a withdrawn second code."""
_CASELESS = {"ja", "ar", "zh", "ko"}
_ADJECTIVE_ENDINGS = tuple(
    "ая ой ую ое ого ому ым ом ий ый ие ые их ых им ей ее о а ы и у ов ами ам ах е".split(" ")
) + ("",)
"""What may stand for a star inside a Russian name."""

Table = dict[str, dict[str, dict[str, set[str]]]]
"""language -> kind -> code -> forms. Kinds: see `bot.understanding.actors_names`."""


def alpha3() -> dict[str, str]:
    """ISO 3166 alpha-2 -> alpha-3, from the hand table's order; CLDR keeps the pairs as territory aliases."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    pairs = {two[0]: three for three, two in aliases.items() if re.fullmatch(r"[A-Z]{3}", three) and len(two) == 1}
    return pairs | _EXTRA_ALPHA3


def hand(name: str) -> list[list[str]]:
    """The rows of a hand-written table: cells between bars, without comments."""
    text = (resources.files("bot.evaluation") / "names" / name).read_text(encoding="utf8")
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]


def forms(cell: str) -> list[str]:
    """The entries of a cell."""
    return [form.strip() for form in cell.split(";") if form.strip()]


def add(table: Table, language: str, kind: str, code: str, form: str) -> None:
    """File one form. A trailing "=x", "=weak" or "=place" overrides the kind; an inner "*" is spelt out."""
    form, _, mark = form.partition("=")
    kind = {"x": "exact", "weak": "weak", "place": "place"}.get(mark, kind)
    for spelt in spell(form):
        key = spelt if kind == "exact" else fold(spelt)
        if key.strip("*"):
            table[language][kind][code].add(key)


def spell(form: str) -> list[str]:
    """Every inflection of a form with stars inside ("Южн* Коре*"); the last star stays a stem mark."""
    words = [form]
    while any("*" in word[:-1] for word in words):
        words = [w.replace("*", e, 1) for w in words for e in _ADJECTIVE_ENDINGS if "*" in w[:-1]] or words
    return words


def empty() -> Table:
    """A table that grows as it is filled."""
    return defaultdict(lambda: defaultdict(lambda: defaultdict(set)))


def cldr(table: Table, names: dict[str, str], to3: dict[str, str]) -> None:
    """File the territory names of CLDR."""
    from babel import Locale

    for language in LANGUAGES:
        for two, name in Locale.parse(language).territories.items():
            code = to3.get(two)
            if code is None or code not in names:
                continue
            for form in re.split(r"\s*[()（）]\s*", name):
                if len(form) > 1 and form not in {"布", "金"} and "SAR" not in form and "САР" not in form:
                    add(table, language, "name", code, form)


def newsmap(table: Table, names: dict[str, str], to3: dict[str, str], path: Path) -> None:
    """File what newsmap knows, but for the entries that do harm."""
    skip = {tuple(row[:2]): set(forms(row[2])) for row in hand("newsmap_skip.txt")}
    for language, countries in json.loads(path.read_text(encoding="utf8")).items():
        for two, patterns in countries.items():
            code = to3.get(two)
            if code is None or code not in names:
                continue
            for form in patterns:
                if form in skip.get((language, "*"), set()) | skip.get((language, code), set()):
                    continue
                if language == "en" and "*" in form:
                    continue  # English demonyms are in the hand table: its stems take Turkmen for Turks
                kind = "word" if "*" in form or form[0].islower() else "name"
                add(table, language, kind, code, form.rstrip("*") if language in {"zh", "ja"} else form)


def countries(table: Table) -> None:
    """File our own names, demonyms, capitals and cities."""
    for row in hand("en.txt"):
        code, kinds = row[0], ("name", "name", "capital", "place")
        for kind, cell in zip(kinds, row[1:], strict=False):
            for form in forms(cell):
                add(table, "en", kind, code, form)
    for language in LANGUAGES[1:]:
        for row in optional(f"{language}.txt"):
            for form in forms(row[1]):
                kind = "name" if language in _CASELESS or form[0].isupper() else "word"
                add(table, language, kind, row[0], form)
            for form in forms(row[2] if len(row) > 2 else ""):
                add(table, language, "capital", row[0], form)
            for form in forms(row[3] if len(row) > 3 else ""):
                add(table, language, "place", row[0], form)


def optional(name: str) -> list[list[str]]:
    """The rows of a table that a language need not have."""
    return hand(name) if (resources.files("bot.evaluation") / "names" / name).is_file() else []


def organisations(table: Table, kinds: dict[str, str], names: dict[str, str]) -> None:
    """File organisations and armed groups."""
    for code, kind, name, *cells in hand("organisations.txt"):
        names[code], kinds[code] = name, kind
        for cell in cells:
            language, _, listed = cell.partition(":")
            for form in forms(listed):
                add(table, language.strip(), "name", code, form)


def people(table: Table) -> None:
    """File leaders."""
    for row in hand("leaders.txt"):
        for form in forms(row[1]):
            add(table, "en", "leader", row[0], form)
    for language in LANGUAGES[1:]:
        for row in optional(f"leaders_{language}.txt"):
            for form in forms(row[1]):
                add(table, language, "leader", row[0], form)


def blockers(table: Table) -> None:
    """File phrases that only hold a name."""
    for language, cell in hand("blockers.txt"):
        for form in forms(cell):
            kind = "block" if language != "en-nocase" else "block_any"
            add(table, language.removesuffix("-nocase"), kind, "-", form)


def build(path: Path) -> str:
    """The whole file, as JSON."""
    from babel import Locale

    to3 = alpha3()
    english = Locale.parse("en").territories
    codes = {row[0] for row in hand("en.txt")}
    names = {to3[two]: re.sub(r" \(.*\)", "", name) for two, name in english.items() if to3.get(two) in codes}
    names |= {row[0]: row[1] for row in hand("display.txt")}
    kinds: dict[str, str] = {}
    table = empty()
    cldr(table, names, to3)
    newsmap(table, names, to3, path)
    countries(table)
    organisations(table, kinds, names)
    people(table)
    blockers(table)
    out = {
        "names": dict(sorted(names.items())),
        "kinds": dict(sorted(kinds.items())),
        "forms": {
            language: {
                kind: {code: "|".join(sorted(listed)) for code, listed in sorted(by_code.items())}
                for kind, by_code in sorted(by_kind.items())
            }
            for language, by_kind in sorted(table.items())
        },
    }
    return json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TARGET.write_text(build(Path(sys.argv[1])), encoding="utf8")
