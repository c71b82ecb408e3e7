"""Words of texts and of questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import words
from bot.storage.words import Asked, Term


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


def terms(text: str) -> tuple[Term, ...]:
    """Of a question that has one way at most and excludes nothing."""
    ways = words.asked(text)
    assert len(ways) <= 1
    assert not any(way.absent for way in ways)
    return ways[0].present if ways else ()


def test_ways_part_at_or_and_a_hyphen_excludes() -> None:
    tea, salt = Term(tokens=("tea",)), Term(tokens=("salt",))
    assert words.asked("tea OR salt") == (Asked(present=(tea,)), Asked(present=(salt,)))
    assert words.asked("tea -salt") == words.asked("-salt tea") == (Asked(present=(tea,), absent=(salt,)),)
    assert words.asked('tea -"salt tax"') == (Asked(present=(tea,), absent=(Term(tokens=("salt", "tax")),)),)
    for plain in ("tea - salt", "OR tea salt OR", "tea-salt", 'tea "salt"', 'tea - "salt"'):
        assert not any(way.absent for way in words.asked(plain)), plain
    assert words.asked("OR tea OR OR") == (Asked(present=(tea,)),)
    assert words.asked("-tea") == words.asked("OR") == words.asked("- OR -tea") == ()
    assert len(words.asked("a OR " * 1000)) == words.ASKED_TERMS


def test_terms() -> None:
    assert terms('trade "prime minister" tar*') == (
        Term(tokens=("trade",)),
        Term(tokens=("prime", "minister")),
        Term(tokens=("tar",), prefix=True),
    )
    assert terms("日本語 国") == (Term(tokens=("日本", "本語")), Term(tokens=("国",), prefix=True))
    assert terms("tr* 日*") == (Term(tokens=("tr",)), Term(tokens=("日",), prefix=True))
    assert [term.single for term in terms("日 日本 a G7日")] == [True, False, False, False]
    assert terms('"unclosed phrase') == (Term(tokens=("unclosed", "phrase")),)
    assert terms(' "" * — ') == ()
    assert len(terms("word " * 1000)) == words.ASKED_TERMS


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
        assert sum(len(way.present) + len(way.absent) for way in words.asked(bad)) <= words.ASKED_TERMS
