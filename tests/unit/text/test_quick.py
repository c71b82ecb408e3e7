"""Both forms of a quick pattern find the same in any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.quick import Quick

_TEXTS = st.text(st.sampled_from("aZß09_.'’- ǆɏɐ日한²½İ“€") | st.characters(), max_size=60)


@pytest.mark.parametrize("pattern", [r"[^\W_]+", r"[^\W\d_]+", r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"])
@given(text=_TEXTS)
def test_it_finds_what_the_pattern_finds(pattern: str, text: str) -> None:
    assert Quick(pattern).on(text).findall(text) == re.findall(pattern, text)


def test_letters_are_listed_for_a_text_of_latin_script_alone() -> None:
    words = Quick(r"[^\W_]+")
    assert words.on("“Élysée” – 5 €") is words.on("plain")
    assert words.on("Москва") is not words.on("plain")
