"""What is measured on the words of an article, and what is known already of a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from bot.summarizing.features import WORD_NAMES, word_table
from bot.summarizing.lexicon import stems, stems_of
from bot.summarizing.ranker import shipped
from bot.text.quick import Quick

_WORD = st.sampled_from(["treaty", "harbour", "talks", "minister", "2029", "a", "said", "g7"])


@given(st.text(st.sampled_from("aB s.,1'é日 _-") | st.characters(), max_size=60))
def test_known_words_give_the_stems_that_the_text_gives(text: str) -> None:
    low = text.lower()
    assert stems_of(text, Quick(r"[^\W_]+").on(low).findall(low)) == stems(text)


@given(st.lists(st.lists(_WORD, max_size=12), max_size=12))
def test_a_word_has_a_value_for_each_name_and_a_chance(sentences: list[list[str]]) -> None:
    table = word_table(sentences, {"treaty": 1}, "en")
    assert len(table.columns) == len(WORD_NAMES)
    assert {len(column) for column in table.columns} <= {len(table.words)}
    assert all(0 < chance < 1 for chance in shipped().chances(table).values())


def test_where_and_how_often_a_word_stands() -> None:
    table = word_table([["treaty", "treaty"], ["harbour"], ["harbour", "treaty"], ["talks"]], {"harbour": 1}, "en")
    columns = dict(zip(WORD_NAMES, table.columns, strict=True))
    assert table.words == ["treaty", "harbour", "talks"]
    assert columns["first"] == [0, 1, 3]
    assert columns["last"] == [0.5, 0.5, 0.75]
    assert columns["sentences"] == [2, 2, 1]
    assert columns["capitals"] == [0, 0.5, 0]
