"""Families of news words: which say the same, which the opposite, and what the gate makes of them."""

import pytest

from bot.summarizing.claim_tokens import root_of
from bot.summarizing.claims import problems_of
from bot.summarizing.families import families, mates_of, opposites_of


def test_opposites_are_mutual() -> None:
    assert all(root in opposites_of(other) for root, many in families().opposites.items() for other in many)


def test_members_of_one_family_are_mutual() -> None:
    assert all(root in mates_of(other) for root, many in families().mates.items() for other in many)


@pytest.mark.parametrize(
    "forms",
    [
        ("lorry", "lorries"), ("expel", "expelled", "expels"), ("appeal", "appealed"), ("succeed", "succeeded"),
        ("dismiss", "dismissed", "dismisses"), ("supply", "supplied", "supplies"),
        ("free", "freed"), ("agree", "agreed"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_root(forms: tuple[str, ...]) -> None:
    assert len({root_of(form) for form in forms}) == 1


CASES = [
    # another unit, a fraction, a multiple
    ("It is the first swap in more than 20 years.", "It is the first swap in over two decades.",
     "It is the first swap in over three decades."),
    ("A fifth of the wheat comes from Ukraine.", "Some 20 percent of the wheat comes from Ukraine.",
     "Some 30 percent of the wheat comes from Ukraine."),
    ("Talks on the dam are planned in Doha next month.", "Talks on the dam are set for next month in Doha.",
     "Talks on the dam are set for next week in Doha."),
    # families of words
    ("Brussels suspended the waiver for diplomats on Thursday.",
     "On Thursday Brussels halted the waiver for diplomats.",
     "On Thursday Brussels restored the waiver for diplomats."),
    ("The ministry turned down the offer of observers.", "The offer of observers was rejected by the ministry.",
     "The offer of observers was accepted by the ministry."),
    # plans
    ("Aid workers asked for a corridor for the wounded patients.",
     "Aid workers called for a corridor for the wounded patients.",
     "Aid workers opened a corridor for the wounded patients."),
    ("Insurers had already withdrawn cover from the tankers.", "Insurers had pulled cover from the tankers.",
     "Insurers might pull cover from the tankers."),
    # denials
    ("Questions of the shelf and airspace were not discussed.", "The shelf and airspace were left out of the talks.",
     "Questions of the shelf and airspace were part of the talks."),
    # who did it
    ("China asked for quiet. Japan proposed December.", "Japan suggested December, and China asked for quiet.",
     "China suggested December, and Japan asked for quiet."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "faithful", "false"), CASES)
def test_another_word_of_the_family_passes_and_the_opposite_does_not(source: str, faithful: str, false: str) -> None:
    assert problems_of(faithful, source, "en") == []
    assert problems_of(false, source, "en")
