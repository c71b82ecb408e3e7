"""Words of an English sentence as the event model sees them: stems, with names hidden."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[A-Za-z]+(?:-[a-z]+)*(?:n['’]t)?|\d[\d,.]*")
_IRREGULAR = {
    "met": "meet", "held": "hold", "withdrew": "withdraw", "withdrawn": "withdraw", "fought": "fight",
    "struck": "strike", "shot": "shoot", "sought": "seek", "gave": "give", "given": "give", "broke": "break",
    "broken": "break", "bought": "buy", "sold": "sell", "sent": "send", "took": "take", "taken": "take",
    "brought": "bring", "fell": "fall", "began": "begin", "begun": "begin", "spoke": "speak", "spoken": "speak",
    "went": "go", "gone": "go", "came": "come", "left": "leave", "said": "say", "told": "tell", "made": "make",
    "won": "win", "lost": "lose", "flew": "fly", "wrote": "write", "written": "write", "drew": "draw", "won’t": "won't",
    "froze": "freeze", "frozen": "freeze", "slain": "slay", "slew": "slay", "beaten": "beat", "chose": "choose",
    "forgave": "forgive", "swore": "swear", "sworn": "swear", "stole": "steal", "fed": "feed", "led": "lead",
    "kept": "keep", "lent": "lend", "laid": "lay", "died": "die", "dying": "die", "ties": "tie", "paid": "pay",
}  # fmt: skip
_KEPT_DOUBLE = frozenset("lsz")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A light English stem: "released", "releases" and "releasing" give "releas"; irregular verbs give their verb."""
    low = word.lower().replace("’", "'")
    low = _IRREGULAR.get(low, low)
    size = len(low)
    if size < 4:
        return low
    if low.endswith(("ies", "ied")) and size > 4:
        return low[:-3] + "y"
    if low.endswith("ing") and size > 5:
        return _finish(low[:-3])
    if low.endswith("ed") and size > 4 and not low.endswith("eed"):
        return _finish(low[:-2])
    if low.endswith("eed"):
        return low[:-2] if size > 5 else low
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    return low.removesuffix("e")


def _finish(base: str) -> str:
    if base.endswith("ell") and len(base) > 5:  # expelled, cancelled; but shelled
        return base[:-1]
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in _KEPT_DOUBLE:
        base = base[:-1]
    return base[:-1] if base.endswith("e") and len(base) > 3 else base


class Word(NamedTuple):
    """What the model sees of a written word."""

    stem: str
    capital: bool


@lru_cache(maxsize=65_536)
def word(written: str) -> Word:
    """A word's stem, "#" for a number, and whether it is capitalised."""
    return Word("#", capital=False) if written[0].isdigit() else Word(stem(written), capital=written[0].isupper())


def words(text: str) -> list[str]:
    """The words and numbers of a text as they are written."""
    return _TOKEN.findall(text)


def places(text: str, written: Sequence[str]) -> list[tuple[int, int]]:
    """Where the first words of a text stand: between two of them is nothing that a word could begin with."""
    found = []
    end = 0
    for one in written:
        start = text.index(one, end)
        end = start + len(one)
        found.append((start, end))
    return found
