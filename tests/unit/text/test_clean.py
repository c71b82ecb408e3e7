"""Characters that readers do not see, and white space."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean, one_line


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u200bb\ufeffc\u00add\u2060e", "abcde"),
        ("\u2067abc\u2069 \u202aabc\u202c", "abc abc"),
        ("some \u202e000,41\u202c men", "some 14,000 men"),
        ("\u202e000,41", "14,000"),
        ("\u202eשלום\u202c", "שלום"),
        ("می‌خواهد x\u200cy क्‍ष", "می‌خواهد xy क्‍ष"),
        ("e\u0301te\u0301", "été"),
        ("５％ ㎞", "５％ ㎞"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u00a0\u3000 \tb", "a b"),
        ("a  \r\n  b\u2028c\n\n \n\n\nd \n", "a\nb\nc\n\nd"),
        ("x\U000e0041\U000e0042y", "xy"),
        ("a" + "\u0301\u0316" * 50_000, unicodedata.normalize("NFC", "a\u0301\u0316\u0301\u0316")),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_one_line() -> None:
    assert one_line(" A\n\n  title\u200b \n") == "A title"


@given(st.text(st.sampled_from("a \n\t\r\u200b\u200c\u202e\u202c\u0301\u0316می\ud800") | st.characters(), max_size=200))
def test_clean_is_idempotent_and_composed(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "\n\n\n" not in once


@given(st.text(st.sampled_from("a \n’日ガが한é") | st.characters(max_codepoint=0x3FF) | st.characters(), max_size=200))
def test_a_text_that_looks_clean_is_as_one_that_is_cleaned_by_every_rule(text: str) -> None:
    assert clean(text) == clean("\x00" + text)  # the control is left out, and makes every rule look
