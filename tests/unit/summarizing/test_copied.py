"""Copied stretches: how they are counted, and that hostile repetition does not make the count slow."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarizing.copied import Copies

TEXT = [line.split() for line in ("the envoy left the capital on monday", "talks on gas went on")]
WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@pytest.mark.parametrize(
    ("claim", "stretches"),
    [
        ("", 0),
        ("envoy", 1),
        ("nothing known here", 3),
        ("the envoy left the capital on monday", 1),
        ("the capital on monday", 1),
        ("the envoy left talks on gas", 2),
        ("on monday talks", 2),
        ("the envoy quickly left the capital", 3),
    ],
)
def test_stretches_are_runs_within_one_sentence(claim: str, stretches: int) -> None:
    assert Copies(TEXT).stretches(claim.split()) == stretches


def test_the_longest_run_is_taken_where_several_begin_alike() -> None:
    assert Copies([list("abx"), list("abcd")]).stretches(list("abcd")) == 1


@given(parts=st.lists(WORDS, max_size=4), own=WORDS)
def test_the_count_is_bounded_and_a_copy_is_one(parts: Sequence[Sequence[str]], own: list[str]) -> None:
    copies = Copies(parts)
    assert (1 if own else 0) <= copies.stretches(own) <= len(own)
    assert 0 <= copies.unbroken(own) < 1
    for part in parts:
        assert copies.stretches(part) == (1 if part else 0)


class Counted(str):
    """A word that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return super().__eq__(other)

    __hash__ = str.__hash__


def test_steps_grow_with_the_words_not_with_their_square() -> None:
    copies = Copies([["a", "a", "b"] * 400] * 5)
    Counted.compared = 0
    own = [Counted(word) for word in ("a", "a", "c") * 1000]
    copies.stretches(own)
    assert Counted.compared < 200 * len(own)
