"""Queries of words: what they mean, what is said of those that cannot be read, and that nothing makes them slow."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.expression import Expression, Malformed, Matcher, parse, plainly, unparse

TEXTS = (
    "Japan and Mexico end talks on steel",
    "A rare earth hotline was agreed at the Élysée. Sanctions stay; the U.S. waits.",
    "日米関税交渉が始まった",
)


def read(query: str) -> Expression:
    found = parse(query)
    assert not isinstance(found, Malformed), str(found)
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("steel mexico", True),
        ("steel tariffs", False),
        ("steel OR tariffs", True),
        ("tariffs OR embargo", False),
        ("tariffs OR embargo steel", False),  # AND binds before OR
        ("(tariffs OR steel) mexico", True),
        ("steel AND NOT mexico", False),
        ("steel -football", True),
        ("NOT NOT steel", True),
        ("NOT (tariffs OR embargo)", True),
        ("-(steel mexico)", False),
        ('"rare earth" STEEL', True),
        ('"earth rare"', False),
        ("“rare earth”", True),
        ('"rare earth', True),  # a quotation that is never closed ends with the query
        ("sanction*", True),
        ("sanct*ns", True),
        ("*anctions", True),
        ("sanct*x", False),
        ('"rare ear*"', True),
        ("steel *teel*", True),
        ("elysee", True),
        ("u.s. steel", True),
        ("関税交渉", True),
        ("関税*", True),
        ("交渉関税", False),
        ("米", True),
        ("steel and tariffs", False),  # operators are written in capitals
        ("steel - mexico", True),  # a dash
    ],
)
def test_what_a_query_means(query: str, expected: bool) -> None:
    assert Matcher(read(query)).matches(TEXTS) is expected


@pytest.mark.parametrize(
    ("query", "at", "words"),
    [
        ("", 0, "no word"),
        ("!! -", 4, "no word"),
        ("(trade OR steel", 0, "never closed"),
        ("trade) steel", 5, "closes nothing"),
        ("trade AND", 9, "missing after AND"),
        ("AND trade", 0, "missing before AND"),
        ("trade OR OR steel", 9, "missing after OR"),
        ("trade NOT", 9, "missing after NOT"),
        ("trade ()", 7, "empty"),
        ('trade ""', 6, "no word between"),
        ("trade sa*", 6, "at least 3 letters"),
        ("*", 0, "at least 3 letters"),
        ("(" * 13 + "x" + ")" * 13, 12, "12 deep"),
        ("x" * 401, 400, "at most 400"),
    ],
)
def test_what_is_said_of_a_query_that_cannot_be_read(query: str, at: int, words: str) -> None:
    found = parse(query)
    assert isinstance(found, Malformed)
    assert (found.at, words in found.reason) == (at, True), found
    assert "▶" in str(found)


def test_the_sentence_points_at_the_place() -> None:
    assert str(parse("trade AND ) steel")) == (
        "I cannot read the words at character 11, here: “trade AND ▶) steel”. A word is missing after AND."
    )


def test_the_plainest_form() -> None:
    assert unparse(read('Trade (Steel or OR "Rare Earth") -(a b)')) == (
        'trade AND (steel AND or OR "rare earth") AND NOT (a AND b)'
    )


def test_a_query_of_an_earlier_version_still_means_its_words() -> None:
    old = plainly("steel (mexico -football")
    assert old is not None
    assert Matcher(old).matches(TEXTS)
    assert plainly('"" - !!') is None


PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        "-",
        '"',
        "“",
        "*",
        " ",
        "steel",
        "sanct*",
        "関税",
        "米",
        "Élysée",
        "U.S.",
        "l'accord",
    ]
)
QUERIES = st.lists(PIECES | st.text(max_size=4), max_size=25).map(" ".join) | st.text(max_size=60)


@given(QUERIES)
@example("(" * 400)
@example("-" * 400)
@example("NOT " * 99 + "x")
@example("\u1f80ꙮ*ꙮ ŉ İ \u0345")
def test_any_query_is_read_or_refused_at_a_place_and_its_plainest_form_is_stable(query: str) -> None:
    found = parse(query)
    if isinstance(found, Malformed):
        assert 0 <= found.at <= len(query)
        return
    plain = unparse(found)
    if len(plain) <= 400:
        assert parse(plain) == found
        assert unparse(read(plain)) == plain


@given(QUERIES, st.text(max_size=200))
def test_matching_takes_a_step_for_each_word_and_letter_whatever_is_asked(query: str, text: str) -> None:
    found = parse(query)
    if not isinstance(found, Malformed):
        _, steps = Matcher(found).scan([text])
        assert steps <= 3 * len(text)  # folding may lengthen a word, cutting may share a letter between two


@pytest.mark.parametrize("query", ["*aaa*aaa*aaa", '"' + "aaa " * 99 + '"', "(aaa* OR *aaa OR a*aa) -aaaa*b"])
def test_twice_the_text_takes_twice_the_steps(query: str) -> None:
    matcher = Matcher(read(query))
    one, two = (matcher.scan(["a" * n + " " + "aaa " * n])[1] for n in (1000, 2000))
    assert two <= 2 * one


def _slowly(glob: str, word: str) -> bool:
    if not glob:
        return not word
    if glob[0] == "*":
        return any(_slowly(glob[1:], word[n:]) for n in range(len(word) + 1))
    return word[:1] == glob[0] and _slowly(glob[1:], word[1:])


@given(st.text("ab*", min_size=4, max_size=7), st.text("abc", min_size=1, max_size=9))
def test_stars_mean_what_the_plainest_reading_says(glob: str, word: str) -> None:
    found = parse(glob)
    if not isinstance(found, Malformed):
        assert Matcher(found).matches([word]) == _slowly(glob, word)
