"""Words of a claim and of its source as the gate compares them: possessives off, names by their kin."""

import re
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.lexicon import stem

_SHORT_PAST = 5
"""Letters of a past form that `lexicon.stem` leaves as it is, for too little would be left."""
_TOKEN = re.compile(r"[$€£¥]?\d+(?:[.,:]\d+)*%?|(?:[A-Za-z]\.){2,}|[A-Z]{1,3}-?\d+|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ABBREVIATION = re.compile(r"(?:[a-z]\.){2,}")
_MARK = re.compile(r"[,;:.!?()\u2013\u2014]|\s-\s")
_STOP = re.compile(r"[.!?;]|\n|\s[-\u2013\u2014]\s")
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "}
)
"""Marks of quotation and apostrophes as the keyboard writes them."""


class Word(NamedTuple):
    """A token: as written, in lower case without possessive, its stem (of "sent": "send"), and whether a mark of
    punctuation parts it from the one before; `full_stop`: one that ends a sentence.
    """

    written: str
    lower: str
    root: str
    parted: bool = False
    full_stop: bool = False


_SPLIT_NOT = re.compile(r"n ' t\b")
_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(table.PHRASES, key=len, reverse=True))})\b", re.IGNORECASE)


def words_in(text: str) -> list[Word]:
    """The words and numbers of `text`, in order."""
    found: list[Word] = []
    plain, end = _SPLIT_NOT.sub("n't", text.translate(STRAIGHT)), 0
    plain = _PHRASE.sub(lambda match: table.PHRASES[match.group().lower()], plain)
    for match in _TOKEN.finditer(plain):
        written = match.group()
        lower = written.lower()
        lower = lower[:-2] if lower.endswith("'s") else lower.rstrip("'")
        lower = lower.replace("-", "") if written[-1].isdigit() and written[0].isupper() else lower
        lower = lower.replace(".", "") if _ABBREVIATION.fullmatch(lower) else lower
        lower = table.MAY if written in ("May", "May's") else lower
        parted = _MARK.search(plain, end, match.start()) is not None
        found.append(Word(written, lower, root_of(lower), parted, _STOP.search(plain, end, match.start()) is not None))
        end = match.end()
    return found


def root_of(lower: str) -> str:
    """The stem, of one form for "share" and "shared", "ship" and "shipped", "lorry" and "lorries"."""
    plain = table.IRREGULAR.get(lower, lower)
    if len(plain) > 4 and plain.endswith(("ies", "ied")):
        plain = plain[:-3] + "y"
    root = plain if plain.endswith(_NO_ENDINGS) else stem(plain)
    if len(root) == _SHORT_PAST and root.endswith("ed") and not root.endswith("eed"):  # "voted", which `stem` leaves
        root = root.removesuffix("ed")
    root = root.rstrip("e") if len(root) > 3 else root
    if len(root) > 3 and root[-2:] in ("ss", "tt", "ll"):  # "dismiss" and "dismissed", "expel" and "expelled"
        return root[:-1]
    doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] in "bdgmnpr" and lower.endswith(("ed", "ing"))
    return root[:-1] if doubled else root


_NO_ENDINGS = ("ceed", "eal", "ply")
"""What looks like an ending to `stem` and is none: "succeed", "appeal", "supply"."""


def number_in(written: str) -> float | None:
    """The value of a number in figures or in a word of one part; None for what is none."""
    plain = written.lower().strip("$€£¥%")
    if plain[:1].isdigit():
        plain = re.sub(r"[,](?=\d{3}(?:\D|$))", "", plain).replace(",", ".")
        try:
            return float(plain)
        except ValueError:
            return float(re.sub(r"\D", "", plain)[:15])
    if "-" in plain:
        first, second = plain.split("-")[:2]
        one, two = table.NUMBERS.get(first), table.NUMBERS.get(second)
        if one is not None and two is not None:
            return one + two
        return one if second in table.UNITS else None
    return table.NUMBERS.get(plain)


def same_name(name: str, known: set[str]) -> bool:
    """Whether one of the lower-case words `known` is the name, its plural, or a country's people to a country."""
    if name in known or name.rstrip("s") in known or name + "s" in known:
        return True
    if known & table.ALIASES.get(name, frozenset()):
        return True
    return any(_kin(name, other) for other in known if other[:2] == name[:2])


def _kin(one: str, other: str) -> bool:
    """A country and its people: the longer is the shorter, less a last vowel, and an ending of belonging."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or frozenset((short, long)) in table.NOT_KIN:
        return False
    bases = {short, short.rstrip("aeiouy"), short.removesuffix("um").rstrip("i")} - {""}
    return any(long.startswith(base) and long[len(base) :] in table.BELONGING for base in bases if len(base) >= 4)
