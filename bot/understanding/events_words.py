"""Words of an English sentence as the event model sees them: stems, with names hidden."""

import re
from functools import lru_cache

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


def tokens(text: str) -> list[tuple[str, int, int, bool]]:
    """Each word: its stem, its place, and whether it is capitalised. Numbers give "#"."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0].isdigit():
            found.append(("#", match.start(), match.end(), False))
        else:
            found.append((stem(word), match.start(), match.end(), word[0].isupper()))
    return found
