"""What each key point rests on, shown in its place."""

from bot.model import Evidence, KeyPoint
from bot.service.evidence import AROUND, grounds_of
from tests.unit.summarizing.build import reading

FIRST = "Chile sent two observers to the border on Monday."
SECOND = "Peru closed its embassy in Quito after the vote."
LONG = " ".join(f"word{number}" for number in range(200))


def point(text: str, sentence: str, article: str = "a") -> KeyPoint:
    start = text.index(sentence)
    evidence = Evidence(article=article, start=start, end=start + len(sentence), text=sentence)
    return KeyPoint(text="Something in other words.", evidence=(evidence,))


def test_a_sentence_stands_between_its_neighbours() -> None:
    text = f"{FIRST} {SECOND} Ghana offered 500 tents."
    (grounds,) = grounds_of([point(text, SECOND)], [reading(text, name="a")], {})
    (passage,) = grounds.passages
    assert str(passage) == f"{FIRST} »{SECOND}« Ghana offered 500 tents."


def test_what_is_around_is_bounded_and_cut_at_words() -> None:
    text = f"{LONG} {SECOND} {LONG}"
    (grounds,) = grounds_of([point(text, SECOND)], [reading(text, name="a")], {})
    (passage,) = grounds.passages
    assert passage.before.startswith("… word")
    assert passage.after.endswith(" …")
    assert len(passage.before) <= AROUND + 2
    assert set(passage.before.split()) - {"…"} <= set(LONG.split())


def test_a_text_that_is_gone_leaves_the_sentence() -> None:
    text = f"{FIRST} {SECOND}"
    (gone,) = grounds_of([point(text, SECOND)], [reading("", name="a")], {})
    assert [str(one) for one in gone.passages] == [f"»{SECOND}«"]
    (none,) = grounds_of([point(text, SECOND)], [], {})
    assert none.passages == ()
