"""Points are found in whatever a model answers, and nothing it answers can break the reader."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarizing.llm.answer import LONGEST, MOST_CITED, drafts_of
from bot.summarizing.prompt import LONGEST_TEXT, MOST_POINTS, Draft

ONE = '{"points": [{"text": "Japan agreed.", "sentences": [1, 2]}]}'
JAPAN = (Draft(text="Japan agreed.", sentences=(1, 2)),)


@pytest.mark.parametrize(
    "answer",
    [
        ONE,
        f"Here are the points:\n```json\n{ONE}\n```\nI hope this helps!",
        f'<think>The user wants {{}} points. {{"points": []}}</think>{ONE}',
        f'{{"note": "first"}} {ONE}',
        '{"key_points": [{"point": "Japan agreed.", "ids": ["S1", "[2]"]}]}',
        '{"points": [{"text": "Japan agreed.", "evidence": "1, 2"}]}',
        '[{"text": "Japan agreed.", "sentences": [1, 2]}]',
        '{"text": "Japan agreed.", "sentences": [1, 2]}',
        '{"points": [{"text": "Japan agreed.", "sentences": [1, 2]}, {"text": "It br',
        '{"points": [{"text": "Japan agreed.", "sentences": [1, 1, 2, true]}]}',
    ],
)
def test_points_are_found(answer: str) -> None:
    assert drafts_of(answer) == JAPAN


@pytest.mark.parametrize(
    "answer", ["", "I cannot help with that.", "{", '{"points": "none"}', "[" * 50_000, "{" * 50_000]
)
def test_no_points_are_none(answer: str) -> None:
    assert drafts_of(answer) == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Korea left on Monday.},{\n\n", "Korea left on Monday."),
        ("1. Pakistan closed it, officials said. 2. One soldier", "1. Pakistan closed it, officials said."),
        ("It holds 11 billion. It holds 11 billion. It holds", "It holds 11 billion."),
        ("合意した。合意した。合意", "合意した。"),
        ("Mr. Smith met Dr. Jones at St. Paul's", "Mr. Smith met Dr. Jones at St. Paul's"),
        ("It said [the deal] is off.", "It said [the deal] is off."),
        ("One came. " + "x" * LONGEST_TEXT, "One came."),
    ],
)
def test_what_a_small_model_writes_too_much_is_cut(written: str, read: str) -> None:
    answer = json.dumps({"points": [{"text": written[:LONGEST_TEXT], "sentence": 1}]})
    assert drafts_of(answer) == (Draft(text=read, sentences=(1,)),)


def test_a_sentence_that_breaks_off_at_the_bound_is_none() -> None:

    assert drafts_of(json.dumps({"points": [{"text": ("word " * 100)[:LONGEST_TEXT], "sentence": 1}]})) == ()


def test_many_points_and_citations_are_cut() -> None:
    answer = json.dumps({"points": [{"text": f"Point {n} is this.", "sentences": list(range(50))} for n in range(50)]})
    found = drafts_of(answer)
    assert len(found) == MOST_POINTS
    assert all(len(one.sentences) == MOST_CITED for one in found)


def test_only_the_beginning_is_read() -> None:
    assert drafts_of(" " * LONGEST + ONE) == ()


def test_a_number_without_end_is_no_sentence() -> None:
    assert drafts_of('{"points": [{"text": "Japan agreed.", "sentences": [' + "9" * 5000 + "]}]}") == ()


@given(
    st.one_of(
        st.text(alphabet='{}[]":,1a\\ points', max_size=300),
        st.recursive(
            st.one_of(st.none(), st.text(), st.integers()),
            lambda inner: st.one_of(
                st.lists(inner), st.dictionaries(st.sampled_from(["points", "text", "sentences", "x"]), inner)
            ),
        ).map(json.dumps),
    )
)
def test_any_answer_is_read(answer: str) -> None:
    assert len(drafts_of(answer)) <= MOST_POINTS
