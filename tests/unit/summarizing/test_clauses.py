"""A clause that says little goes; attribution, conditions, denials and whatever might break the sentence stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarizing.clauses import shortened
from bot.summarizing.lexicon import stems
from tests.unit.summarizing.build import is_subsequence

MAIN = "The foreign ministers of Finland and Estonia have signed the treaty in Tallinn"


def chances(text: str, strong: str = MAIN) -> dict[str, float]:
    """The words of `strong` are likely in a summary, all others of `text` are not."""
    likely = set(stems(strong))
    return {word: 0.5 if word in likely else 0.1 for word in stems(text)}


@pytest.mark.parametrize(
    "clause",
    [
        ", ending a dispute that began over fish",
        ", which took two years to draft",
        ", while crowds waved flags outside",
        ", where a jazz band was playing",
        ", including an annex on harbour fees",
        ", bringing to an end talks that began in Narva, Pskov and Riga",
    ],
)
def test_a_weak_clause_goes(clause: str) -> None:
    text = f"{MAIN}{clause}."
    found = shortened(text, chances(text))
    assert found.text == f"{MAIN}."
    assert 0 < found.lost < 1


@pytest.mark.parametrize(
    "text",
    [
        f"{MAIN}, according to the ministry in Tallinn.",  # attribution
        f"{MAIN}, as the two governments announced later.",
        f"{MAIN}, citing a long talk with diplomats.",
        f"{MAIN}, which neither parliament will see unless asked.",  # conditions and denials
        f"{MAIN}, although the text is not final.",
        "Finland and Estonia will open the new terminal together, when the last permits arrive.",
        f"{MAIN}, which one called “a fish on a plate”.",  # quotations
        f"{MAIN}, leaving open: fees, fish and flags.",
        "The man, who fled over the old border bridge, was caught.",  # no sentence would be left
        "The minister of trade of the Republic, who fled in May, was caught by police in Riga.",
        "The delegates were, ironically, discussing a law on quiet rooms.",
        "The ministers praised Alice Berg, a quiet, hardworking clerk from the north.",
        f"{MAIN}, as well as a fishing annex.",
        f"{MAIN}, as long as both sides agree.",
        f"{MAIN}, ending it",  # not a whole sentence
    ],
)
def test_what_must_stay_stays(text: str) -> None:
    assert shortened(text, chances(text)) == (text, 0.0)


@pytest.mark.parametrize("dash", ["--", "—", "–"])
def test_an_aside_between_dashes_goes_whatever_it_says(dash: str) -> None:
    text = f"The foreign ministers {dash} of Finland and Estonia {dash} have signed the treaty in Tallinn."
    found = shortened(text, chances(text))
    assert found.text == "The foreign ministers have signed the treaty in Tallinn."
    assert 0 < found.lost < 1


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministers -- officials said -- have signed the treaty in Tallinn.",
        "The foreign ministers -- if both agree -- can sign the treaty in Tallinn.",
        "The ministers -- “both of them” -- have signed the treaty in Tallinn.",
        "The ministers -- both lawyers -- have signed the treaty -- and the annex -- in Tallinn.",
        "The ministers -- both lawyers - have signed the treaty in Tallinn.",
        "Talks -- in Narva -- ended.",
    ],
)
def test_else_it_stays(text: str) -> None:
    assert shortened(text, chances(text, strong=text)) == (text, 0.0)


def test_a_clause_that_says_as_much_as_the_rest_stays() -> None:
    text = f"{MAIN}, ending a dispute that began over fish."
    assert shortened(text, chances(text, strong=text)) == (text, 0.0)


@given(
    st.text(st.sampled_from("abcdefgh ,.\"“”-;'AB"), max_size=200),
    st.sampled_from(["who", "ending the", "while", "-- x --"]),
)
def test_only_deletes(noise: str, opener: str) -> None:
    text = f"{MAIN} {noise}, {opener} {noise}."
    found = shortened(text, chances(text))
    assert is_subsequence(found.text, text)
    assert found.text.endswith(".")
    assert found.lost == 0 or found.text != text
