"""A name for a pronoun, only where one answer is left."""

import pytest

from bot.summarizing.anaphora import unexplained
from bot.summarizing.names import speaker_before
from bot.summarizing.units import units_of
from tests.unit.summarizing.build import is_subsequence


def put_in(text: str) -> str:
    units = units_of(text, "en")
    pronoun = unexplained(units[-1].text)
    if pronoun is None:
        return units[-1].text
    shown, spans = speaker_before(text, units, len(units) - 1, units[-1].text, pronoun)
    evidence = " ".join([*(text[span.start : span.end] for span in spans), units[-1].text])
    assert is_subsequence(shown, evidence)
    return shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Foreign Minister Ana Brnabić met the envoy. She said no.", "Ana Brnabić said no."),
        ("Talks will go on, said Javier Solana. He left on Monday.", "Javier Solana left on Monday."),
        ("Cemil Dağyolu said that it was boring. He led the Turkish side.", "Cemil Dağyolu led the Turkish side."),
    ],
)
def test_the_only_speaker_takes_the_pronouns_place(text: str, shown: str) -> None:
    assert put_in(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lindh met Javier Solana. She said no.",  # two people
        "Javier Solana said that his wife was ill. She left.",  # another person is meant
        "Troops left the settlement of Har Homa. He said no.",  # a place, not a subject
        "Javier Solana said no.\n\nHe left on Monday.",  # another paragraph
        'Javier Solana said: "A man came. He told me where to go."',  # inside a quotation
        "The United Nations said no. He left.",
        "Javier Solana said no. They left.",
    ],
)
def test_nothing_is_put_in_where_it_is_not_certain(text: str) -> None:
    assert put_in(text) == units_of(text, "en")[-1].text
