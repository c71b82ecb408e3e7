"""Countries as people type them in an option and in /brief."""

import pytest

from bot.errors import InputError
from bot.service.naming import countries_named, countries_of


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("japan,us", ("JPN", "USA")),
        ("JP", ("JPN",)),
        ("gb", ("GBR",)),
        ("U.S.", ("USA",)),
        ("the US", ("USA",)),
        ("America, South Korea", ("USA", "KOR")),
        ("EU", ("EU",)),
    ],
)
def test_a_country_is_taken_by_name_or_by_either_code(typed: str, codes: tuple[str, ...]) -> None:
    assert countries_of(typed) == codes


def test_what_names_no_country_is_refused_with_the_word() -> None:
    with pytest.raises(InputError, match="Narnia"):
        countries_of("Japan, Narnia")


@pytest.mark.parametrize("topic", ["AI", "it", "to"])
def test_two_letters_are_a_topic_where_no_country_is_asked_for(topic: str) -> None:
    assert countries_named(topic) == ()
