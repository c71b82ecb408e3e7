"""Is a claim grounded: what the check must catch, and what it must let pass."""

import pytest

from bot.summarizing.grounding import check

TEXT = (
    "Foreign Minister Hakan Fidan said on Monday that Turkey had agreed to reopen the crossing with Armenia. "
    "About 1,800 lorries were stuck and repairs would cost 1.2 billion euros, or 14 percent of the budget. "
    '"A border is managed by engineers," the spokesperson told reporters in Ankara. '
    "The European Union may impose sanctions on two banks in June. "
    "The parliament did not approve the treaty. Exports to Georgia rose in May."
)


@pytest.mark.parametrize(
    "claim",
    [
        "Turkey had agreed to reopen the crossing with Armenia.",
        "Hakan Fidan said Turkey agreed to reopen the crossing.",
        "About 1,800 lorries were stuck.",
        "Repairs would cost €1.2bn.",
        "Repairs would cost 1,200 million euros, 14% of the budget.",
        '"A border is managed by engineers," the spokesperson said.',
        "The European Union may impose sanctions on two banks.",
        "The parliament did not approve the treaty.",
    ],
)
def test_what_the_text_says_passes(claim: str) -> None:
    grounding = check(claim, TEXT)
    assert grounding.problems == ()
    assert grounding.score > 0.5


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Yaşar Güler said that Turkey had agreed to reopen the crossing.", "name"),
        ("Turkey had agreed to reopen the crossing with Iran.", "name"),
        ("About 2,800 lorries were stuck.", "number"),
        ("Repairs would cost 1.2 million euros.", "number"),
        ("Repairs would cost 1.2 billion dollars.", "number"),
        ('"A border is managed by officers," the spokesperson said.', "quotation"),
        ("The parliament did approve the treaty.", "negation"),
        ("Turkey had refused to reopen the crossing with Armenia.", "says"),
        ("Exports to Georgia fell in May.", "says"),
        ("The European Union imposed sanctions on two banks in June.", "possibility"),
    ],
)
def test_what_it_does_not_say_is_named(claim: str, word: str) -> None:
    assert any(word in problem for problem in check(claim, TEXT).problems)


def test_a_wrong_claim_scores_below_a_right_one() -> None:
    right = check("Turkey had agreed to reopen the crossing with Armenia.", TEXT)
    wrong = check("Greece had agreed to sell the crossing to Bulgaria.", TEXT)
    assert wrong.score < right.score


def test_spliced_copies_score_below_whole_ones() -> None:
    whole = check("About 1,800 lorries were stuck and repairs would cost 1.2 billion euros.", TEXT)
    spliced = check("About 1,800 euros were stuck and lorries would cost 1.2 billion repairs.", TEXT)
    assert spliced.score < whole.score
    assert _odds(spliced.score) / _odds(whole.score) < 0.5 * _odds(spliced.overlap) / _odds(whole.overlap)


def _odds(score: float) -> float:
    return score / (1 - score)


def test_one_invented_sentence_weighs_more_than_a_grounded_one() -> None:
    grounded, invented = "About 1,800 lorries were stuck.", "Greece sold Bulgaria forty submarines yesterday."
    alone = [check(one, TEXT).score for one in (grounded, invented)]
    assert min(alone) < check(f"{grounded} {invented}", TEXT).score < sum(alone) / 2


@pytest.mark.parametrize(
    ("claim", "text"), [("", TEXT), ("...", TEXT), ("Peace.", ""), ("日本は合意した。", "日本は合意した。")]
)
def test_odd_input_is_answered(claim: str, text: str) -> None:
    found = check(claim, text)
    assert 0 <= found.score <= 1
    assert 0 <= found.overlap <= 1
