"""Build `bot/understanding/data/actors.json`: the names of states, organisations, groups and leaders in ten languages.

    python -m bot.evaluation.build_names NEWSMAP.json

Sources: CLDR territory names through babel (Unicode licence), newsmap's dictionaries (MIT), and the hand-written tables
in `names/` (ours). Runs at build time only: babel is a development dependency. The same inputs give the same bytes.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from bot.understanding.actors_folding import fold
from bot.understanding.actors_names import BLOCK
from bot.understanding.guards_words import words

LANGUAGES = ("en", "ja", "fr", "es", "de", "ar", "zh", "ko", "ru", "pt")
TARGET = Path(__file__).parent.parent / "understanding" / "data" / "actors.json"

GOLDEN = Path(__file__).parent.parent.parent / "tests" / "golden" / "understanding" / "places.tsv"

_EXTRA_ALPHA3 = {"XK": "XKX", "KV": "XKX", "FR": "FRA", "TL": "TLS"}
"""newsmap writes Kosovo KV; CLDR lists FRA and TLS with a withdrawn second code."""
_OF_ANOTHER = {"HKG", "MAC", "UMI"}
"""Territories whose CLDR name carries their state's in brackets."""
_MARKS = {"weak", "place", "state", "congress"}
_CASELESS = {"ja", "ar", "zh", "ko"}
_ADJECTIVE_ENDINGS = words("ая ой ую ое ого ому ым ом ий ый ие ые их ых им ей ее о а ы и у ов ами ам ах е") | {""}
"""What may stand for a star inside a Russian name."""

_ROMANCE_ENDINGS = {"fr": ("", "e", "s", "es", "ne", "nes"), "es": ("o", "a", "os", "as", "e", "es")}
_ROMANCE_ENDINGS["pt"] = _ROMANCE_ENDINGS["es"]
"""What "~" stands for. Open stems are unsafe here: without accents "sérvi" begins "serviço"."""

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
    kind = mark if mark in _MARKS else {"x": "exact"}.get(mark, kind)
    if not mark and re.fullmatch(r"[A-ZÀ-ÞА-Я0-9]{2,6}", form):
        kind = "exact"  # an acronym: "US" is not "us"
    for spelt in spell(form, language):
        key = spelt if kind == "exact" else fold(spelt)
        if key.strip("*"):
            table[language][kind][code].add(key)
        if language == "ar" and key.startswith("ال"):
            table[language][kind][code].add("لل" + key[2:])  # "to the": the article melts into the preposition


def spell(form: str, language: str) -> list[str]:
    """The forms behind one entry: endings for a last "~", Russian ones for stars inside; a last "*" marks a stem."""
    if form.endswith("~"):
        return [form[:-1] + ending for ending in _ROMANCE_ENDINGS[language]]
    spelt = [form]
    while "*" in spelt[0][:-1]:
        spelt = [one.replace("*", ending, 1) for one in spelt for ending in sorted(_ADJECTIVE_ENDINGS)]
    return spelt


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
            halves = re.split(r"\s*[()（）]\s*", name)
            for form in halves[:1] if code in _OF_ANOTHER else halves:
                if len(form) > 1 and form not in {"布", "金"} and "SAR" not in form and "САР" not in form:
                    add(table, language, "word" if form[0].islower() else "name", code, form)


def cities(table: Table, to3: dict[str, str]) -> None:
    """File the capitals among CLDR's time zone cities: those whose English name our table gives as a capital."""
    from babel import Locale
    from babel.core import get_global

    capitals = {row[0]: {fold(form.partition("=")[0]) for form in forms(row[3])} for row in hand("en.txt")}
    english = Locale.parse("en").time_zones
    for zone, two in sorted(get_global("zone_territories").items()):
        code = to3.get(two, "")
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if fold(city) not in capitals.get(code, set()):
            continue
        for language in LANGUAGES[1:]:
            name = (Locale.parse(language).time_zones.get(zone, {}).get("city") or city).replace("\u00ad", "")
            if fold(name) not in table[language]["weak"][code] | table["en"]["weak"][code]:
                add(table, language, "capital", code, name)


def capitals(table: Table) -> None:
    """File the capitals that are no time zone of CLDR; common words among them need company ("=weak")."""
    text = (resources.files("bot.evaluation") / "names" / "capitals.tsv").read_text(encoding="utf8")
    head, *rows = (line.split("\t") for line in text.splitlines())
    for row in rows:
        for language, name in zip(head[1:], row[1:], strict=True):
            if language != "en":
                add(table, language, "capital", row[0], name)


def golden() -> Iterator[str]:
    """Lines "code, language, spelling" of CLDR's names and of all capitals: what the coverage test reads."""
    from babel import Locale

    to3, known = alpha3(), {row[0] for row in hand("en.txt")}
    for language in LANGUAGES:
        for two, name in sorted(Locale.parse(language).territories.items()):
            if to3.get(two) in known and len(two) == 2:
                yield f"{to3[two]}\t{language}\t{re.split(r' *[(（]', name)[0]}"
    places = empty()
    cities(places, to3)
    capitals(places)
    for language, by_kind in sorted(places.items()):
        for kind in ("capital", "weak"):
            for code, listed in sorted(by_kind[kind].items()):
                yield from (f"{code}\t{language}\t{name.title()}" for name in sorted(listed))


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


def pairs(table: Table) -> None:
    """File the one-character names of East Asian headlines, in pairs and beside offices: 日米, 訪中, 米大統領."""
    for language, single, listed, before, after in hand("pairs.txt"):
        codes = dict(entry.split("=") for entry in single.split())
        for pair in listed.split():
            named = "+".join(codes[char] for char in re.sub(r"[·-]", "", pair))
            add(table, language, "name", named, pair)
        for char, code in codes.items():
            for word in before.partition(":")[2].split():
                add(table, language, "name", code, word + char)
            for entry in after.partition(":")[2].split():
                word, _, block = entry.partition("=")
                add(table, language, "block" if block else "name", BLOCK if block else code, char + word)


def blockers(table: Table) -> None:
    """File phrases that only hold a name."""
    for language, cell in hand("blockers.txt"):
        for form in forms(cell):
            kind = "block_any" if language.endswith("-nocase") else "block"
            add(table, language.removesuffix("-nocase"), kind, BLOCK, form)


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
    cities(table, to3)
    capitals(table)
    organisations(table, kinds, names)
    people(table)
    pairs(table)
    blockers(table)
    out = {
        "names": dict(sorted(names.items())),
        "kinds": dict(sorted(kinds.items())),
        "forms": {
            language: {
                kind: {code: "|".join(sorted(listed)) for code, listed in sorted(by_code.items()) if listed}
                for kind, by_code in sorted(by_kind.items())
            }
            for language, by_kind in sorted(table.items())
        },
    }
    return json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(golden()) + "\n", encoding="utf8")
    TARGET.write_text(build(Path(sys.argv[1])), encoding="utf8")
