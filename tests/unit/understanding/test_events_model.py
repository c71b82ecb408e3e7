"""The packed weights of the event models give what plain sums give; a trigger's place is that of its words."""

from math import isclose, sqrt

from hypothesis import given
from hypothesis import strategies as st

from bot.model import PLOVER_TYPES
from bot.understanding.events_features import features
from bot.understanding.events_model import (
    GATE_SCALE,
    KIN_SCALE,
    NO_SCORES,
    gate_score,
    type_scores,
    type_shares,
    weights_of,
)
from bot.understanding.events_triggers import placed
from bot.understanding.events_words import places, word, words

NAMES = [f"{mark}{letter}" for mark in ("", "t:") for letter in "abcdef"]
TYPES = len(PLOVER_TYPES)
NUMBERS = st.integers(-900, 900)
ROWS = st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(1, 225), *[NUMBERS] * TYPES))
KIN = st.dictionaries(st.sampled_from(NAMES), st.tuples(*[NUMBERS] * TYPES))
ONES = st.dictionaries(st.sampled_from(NAMES), NUMBERS)
ASKED = st.sets(st.sampled_from(NAMES))
BIAS = list(range(-8, 8))


@given(ROWS, KIN, ASKED)
def test_types_are_scored_as_by_plain_sums(
    rows: dict[str, tuple[int, ...]], kin: dict[str, tuple[int, ...]], asked: set[str]
) -> None:
    model = weights_of({"scale": 25, "bias": BIAS, "rows": rows, "kin": kin})
    own, added = [rows[name] for name in asked & rows.keys()], [kin[name] for name in asked & kin.keys()]
    got = type_scores(asked, model)
    if not own and not added:
        assert got == NO_SCORES
        return
    norm = sqrt(sum(row[0] ** 2 for row in own)) or 1.0
    for at in range(TYPES):
        wanted = sum(row[at + 1] for row in own) / norm + BIAS[at] / 25
        wanted += sum(row[at] for row in added) / (len(added) or 1) / KIN_SCALE
        assert isclose(got[at], wanted, abs_tol=1e-9)
        shares = type_shares(asked, at, model)
        assert isclose(sum(shares.values()) + BIAS[at] / 25, wanted, abs_tol=1e-9)


@given(ONES, ONES, ASKED)
def test_the_gate_is_scored_as_by_plain_sums(gate: dict[str, int], kin: dict[str, int], asked: set[str]) -> None:
    document = {"scale": 25, "bias": BIAS, "rows": {}, "kin": {}, "gate_bias": 7, "gate": gate, "gate_kin": kin}
    titled = [kin[name] for name in asked & kin.keys() if name.startswith("t:")]
    lead = [kin[name] for name in asked & kin.keys() if not name.startswith("t:")]
    wanted: float = 7 + sum(gate[name] for name in asked & gate.keys())
    wanted += sum(titled) / (len(titled) or 1) + sum(lead) / (len(lead) or 1)
    assert isclose(gate_score(asked, weights_of(document)), wanted / GATE_SCALE, abs_tol=1e-9)


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    written = words(text)
    assert [text[start:end] for start, end in places(text, written)] == written


@given(st.lists(st.sampled_from(["met", "Troops", "signed", "a", "pull", "out", "the", "- ", "“", "ceasefire", "9,5"])))
def test_a_trigger_is_placed_at_its_words(some: list[str]) -> None:
    text = " ".join(some)
    stems = [word(one).stem for one in words(text)]
    for trigger in features(text)[1]:
        _, start, end = placed(text, trigger)
        inside = [word(one).stem for one in words(text[start:end])]
        assert inside == stems[trigger.first : trigger.last + 1]
