"""What PLOVER's event types are called in plain English, and which type somebody means by a word.

The codes stay what is stored, written as JSON and counted; people should need none of them.
"""

import difflib
from collections.abc import Mapping

from bot.model import PLOVER_TYPES, EventType

_WORDS: Mapping[EventType, tuple[str, ...]] = {
    "AGREE": ("agreement", "deal", "treaty", "accord", "pact", "offer", "promise", "signing"),
    "CONSULT": ("talks", "meeting", "visit", "summit", "call", "negotiation", "consultation", "mediation"),
    "SUPPORT": ("support", "backing", "recognition", "ratification", "praise", "endorsement"),
    "CONCEDE": ("concession", "easing", "pardon", "yield"),
    "COOPERATE": ("cooperation", "joint exercise", "exercise", "exchange", "extradition"),
    "AID": ("aid", "loan", "grant", "relief", "assistance", "help"),
    "RETREAT": ("withdrawal", "ceasefire", "cease-fire", "truce", "release", "lifted sanctions"),
    "REQUEST": ("request", "appeal", "demand"),
    "ACCUSE": ("accusation", "criticism", "condemnation", "summons", "complaint"),
    "REJECT": ("refusal", "veto", "rejection", "denial"),
    "THREATEN": ("threat", "warning", "ultimatum"),
    "PROTEST": ("protest", "strike", "demonstration", "riot", "boycott"),
    "SANCTION": ("sanctions", "cut ties", "embargo", "expulsion", "tariffs", "recall"),
    "MOBILIZE": ("moved forces", "weapons test", "mobilise", "mobilization", "mobilisation", "deployment"),
    "COERCE": ("coercion", "seizure", "arrest", "detention", "crackdown", "cyberattack"),
    "ASSAULT": ("attack", "fighting", "war", "airstrike", "bombing", "shelling", "clash"),
}
"""By type: the two words that name it, then others that people ask for it by. No word stands twice."""


def event_name(code: str) -> str:
    """The type in plain English: "sanctions, cut ties" of SANCTION; the code itself when there is no such type."""
    words = _WORDS.get(code)  # type: ignore[call-overload]
    return ", ".join(words[:2]) if words else code


def event_label(code: str) -> str:
    """The same with the code, for who wants to ask for it: "SANCTION (sanctions, cut ties)"."""
    return f"{code} ({event_name(code)})"


EVENT_WORDS: tuple[str, ...] = tuple(_WORDS[code][0] for code in PLOVER_TYPES)
"""One word for each type, as completions offer it."""


def event_called(text: str) -> EventType | None:
    """The type that a code or a word names, in any case, one or many: "SANCTION", "sanctions", "Meeting"."""
    plain = " ".join(text.casefold().split())
    for code, words in _WORDS.items():
        if _single(plain) in {_single(word) for word in (code.casefold(), *words)}:
            return code
    return None


def no_event(text: str) -> str:
    """The sentence for a word that names no type: the nearest one, else all."""
    near = difflib.get_close_matches(text.casefold()[:40], [word for words in _WORDS.values() for word in words], n=1)
    wrong = f"There is no kind of event “{text[:40]}”."
    if near:
        return f"{wrong} Did you mean {near[0]}?"
    return f"{wrong} The kinds are: {', '.join(EVENT_WORDS)}; or PLOVER's types, such as SANCTION."


def _single(word: str) -> str:
    """Without the s of more than one."""
    return word.removesuffix("s")
