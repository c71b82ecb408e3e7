"""The sentence behind a point that cannot stand without it: "Poland checks its border again. They begin on Monday."

Where English has a name put in for a pronoun (`names`), other languages lost the sentence, and often it tells when,
where or for how long. It is shown in one point with the one before it, both whole, as the article has them.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Span
from bot.summarizing.anaphora import points_back
from bot.summarizing.candidates import Candidate
from bot.summarizing.compress import dangling
from bot.summarizing.elsewhere import may_mean_a_thing
from bot.summarizing.selection import cost

LONGEST = 40
"""Words of such a point, in scripts without spaces pairs of characters: about one long sentence."""
_NEEDS = ("pronoun", "possessive")
"""Openings that the sentence before explains: "She", "Its". "This" may mean all that was said so far."""


def continued(chosen: Sequence[Candidate], able: Sequence[Candidate], language: str) -> tuple[Candidate, ...]:
    """`chosen`, of which one point may have grown by the sentence behind it in its paragraph, where that is worth more
    than another chosen one and only its opening kept it out.
    """
    least = min((_density(one) for one in chosen), default=0.0)
    taken = {one.unit.index for one in chosen}
    after = {one.unit.index - 1: one for one in able if one.unit.index not in taken}
    fitting = [
        (at, behind)
        for at, one in enumerate(chosen)
        if (behind := after.get(one.unit.index)) and _belongs(one, behind, language) and _density(behind) > least
    ]
    if not fitting:
        return tuple(chosen)
    at, behind = max(fitting, key=lambda pair: (_density(pair[1]), -pair[0]))
    return (*chosen[:at], _together(chosen[at], behind), *chosen[at + 1 :])


def _belongs(one: Candidate, behind: Candidate, language: str) -> bool:
    """Whether `behind` needs `one` and no more. Of another paragraph it does behind the article's first sentence, where
    no other thing was named; a person may be one of the headline.
    """
    near = one.unit.paragraph == behind.unit.paragraph or (
        one.unit.index == 0 and may_mean_a_thing(behind.text, language)
    )
    if not near or cost(one) + cost(behind) > LONGEST:
        return False
    return dangling(behind.text) in _NEEDS and not points_back(f"{one.text} {behind.text}", language)


def _density(one: Candidate) -> float:
    return one.worth / max(1, one.length)


def _together(one: Candidate, behind: Candidate) -> Candidate:
    gap = " " if " " in one.text else ""
    before = (*one.before, Span(start=one.unit.start, end=one.unit.end))
    return replace(
        behind, text=f"{one.text}{gap}{behind.text}", before=before, length=one.length + behind.length, alone=True
    )
