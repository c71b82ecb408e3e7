"""Words and their places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import is_cjk, word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. and G-7 talks", ["u.s.", "and", "g-7", "talks"]),
        ("Trump’s 5.3% of 1,200", ["trump", "5.3", "of", "1,200"]),
        ("l'accord qu’il don't", ["l", "accord", "qu", "il", "don't"]),
        ("half-hour Covid-19", ["half", "hour", "covid-19"]),
        ("日中韓 EU拡大", ["日中", "中韓", "eu", "拡大"]),
        ("國 国", ["國", "国"]),
        ("A'㐀 日’s 中'国 abc中'd", ["a", "㐀", "日", "中", "国", "abc", "中", "d"]),
        ("한국 외교부", ["한국", "외교부"]),
        ("Москва، القاهرة", ["москва", "القاهرة"]),
        ("snake_case — !", ["snake", "case"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("ch", "expected"),
    [("日", True), ("あ", True), ("ー", True), ("々", True), ("한", False), ("a", False), ("。", False)],
)
def test_is_cjk(ch: str, expected: bool) -> None:
    assert is_cjk(ch) is expected


@given(st.text(st.sampled_from("aZ09.'’-日本カ한 ,_") | st.characters(), max_size=200))
def test_each_word_stands_where_its_span_says(text: str) -> None:
    for word, span in word_spans(text):
        assert word
        assert text[span.start : span.end].lower().replace("’", "'") == word.replace("’", "'")


@given(st.text(st.sampled_from("aB c'’.-1,日の한ß") | st.characters(), max_size=80))
def test_words_are_those_that_have_a_place(text: str) -> None:
    assert words(text) == [word for word, _ in word_spans(text)]


@given(st.text(st.sampled_from("aB c.-1_éß ") | st.characters(max_codepoint=0x3FF), max_size=60))
def test_most_words_are_taken_at_once_and_no_other_token_is_lost(text: str) -> None:
    text = re.sub("['’]", "", text)
    rest = r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]{1,6}-\d+(?!\w)|[^\W_]+"
    assert [text[span.start : span.end] for _, span in word_spans(text)] == re.findall(rest, text)
