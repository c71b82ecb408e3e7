"""Words of texts and of questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import words
from bot.storage.words import Term


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan's PM, U.S.", "japan s pm u s"),
        ("Straße İstanbul ÉLYSÉE", "strasse istanbul elysee"),
        ("日本語", "日本 本語 語"),
        ("G7サミット", "g7 サミ ミッ ット ト"),
        ("ｶﾞｽ ガス", "カス ス ガス ス"),
        ("米 国", "米 国"),
        ("한국은", "한국 국은 은"),
        ("zero\u200bwidth \u202eright", "zerowidth right"),
        ("snake_case-word", "snake case word"),
        ("ﬁnance ①", "finance 1"),
        ("مُحَادَثَات", "محادثات"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
        ("🕊 — …", ""),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert " ".join(words.tokens(text)) == expected


def test_terms() -> None:
    assert words.terms('trade "prime minister" tar*') == (
        Term(tokens=("trade",)),
        Term(tokens=("prime", "minister")),
        Term(tokens=("tar",), prefix=True),
    )
    assert words.terms("日本語 国") == (Term(tokens=("日本", "本語")), Term(tokens=("国",), prefix=True))
    assert words.terms("tr* 日*") == (Term(tokens=("tr",)), Term(tokens=("日",), prefix=True))
    assert [term.single for term in words.terms("日 日本 a G7日")] == [True, False, False, False]
    assert words.terms('"unclosed phrase') == (Term(tokens=("unclosed", "phrase")),)
    assert words.terms(' "" * — ') == ()
    assert len(words.terms("word " * 1000)) == words.ASKED_TERMS


@given(st.text())
def test_tokens_are_what_the_index_would_split(text: str) -> None:
    """FTS5's ascii tokenizer splits at ASCII that is neither letter nor digit; tokens hold none of it."""
    for token in words.tokens(text):
        assert token
        assert not [letter for letter in token if letter.isascii() and not letter.isalnum()]
        assert token == token.lower() or not token.isascii()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_folding_is_done_once(text: str) -> None:
    once = words.tokens(text)
    spaced = [token for token in once if not any(ord(letter) > 0xE00 for letter in token)]
    assert words.tokens(" ".join(spaced)) == spaced


@given(
    st.lists(st.sampled_from(["a", "b", "日", "本", "語"]), max_size=6),
    st.lists(st.sampled_from("ab日本語"), max_size=3),
)
def test_holds_agrees_with_reading_on(stored: list[str], asked: list[str]) -> None:
    found = words.holds(stored, Term(tokens=tuple(asked))) if asked else True
    joined = " " + " ".join(stored) + " "
    assert found == (" " + " ".join(asked) + " " in joined or not asked)


def test_no_text_is_too_much() -> None:
    """A megabyte of combining marks, where normalizing the whole would take quadratic time, ends; so does the index."""
    for bad in ("\u0301\u0327" * 500_000, "日" * 1_000_000, '"' * 1_000_000, "a*" * 500_000):
        assert len(words.tokens(bad)) <= words.INDEXED_CHARACTERS
        assert len(words.terms(bad)) <= words.ASKED_TERMS
