"""The stream that `attache stories --jsonl` answers from: changes, and one answer whatever the order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.ports import Json, PageInput, Reading
from bot.service.reading import read
from bot.service.request import ReadRequest
from bot.service.streaming import StoryStream

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
TEXT = (
    "GENEVA (Harbour Wire) - Chile and Norway agreed on Monday to cut tariffs on salmon by {} percent, ending a row "
    "that had kept their fishing fleets apart since January.\n\nThe ministers of trade of both countries signed the "
    "accord in Geneva after two days of talks, their offices said in a joint statement.\n\nThe cut is due in May, "
    "when the parliament in Oslo has voted on it."
)


def reading(key: str, text: str, minutes: int = 0) -> Reading:
    when = NOON + timedelta(minutes=minutes)
    title = "Chile, Norway agree to cut salmon tariffs"
    page = PageInput(id=key, text=text, title=title, outlet="Harbour Wire", language="en", published=when, arrived=when)
    answer = read(ReadRequest(page=page))
    assert isinstance(answer, Reading)
    return answer


def told(*readings: Reading) -> list[dict[str, Json]]:
    stream = StoryStream()
    for one in readings:
        stream.add(one)
    return stream.answers()


def test_a_correction_says_what_changed_and_stays_in_its_story() -> None:
    first, second = told(reading("a", TEXT.format(25)), reading("b", TEXT.format(24), minutes=30))
    assert (second["relation"], second["of"], second["story"]) == ("updates", "a", first["story"])
    assert second["changes"] == [{"was": "25 percent", "now": "24 percent"}]


def test_the_order_of_dated_articles_does_not_show() -> None:
    """A correction that comes before its original corrects it all the same."""
    one, two, three = (
        reading("a", TEXT.format(25)), reading("b", TEXT.format(24), minutes=30),
        reading("c", TEXT.replace("Chile", "Peru").format(3), minutes=40),
    )  # fmt: skip
    expected = told(one, two, three)
    assert told(two, three, one) == [expected[1], expected[2], expected[0]]


def test_an_article_that_comes_again_changed_updates_itself() -> None:
    _, again = told(reading("a", TEXT.format(25)), reading("a", TEXT.format(24), minutes=5))
    assert (again["relation"], again["of"], again["story"]) == ("updates", "a", "a")
    assert again["changes"] == [{"was": "25 percent", "now": "24 percent"}]


def test_the_same_line_twice_changes_nothing() -> None:
    assert {line["story"] for line in told(reading("a", TEXT.format(25)), reading("a", TEXT.format(25)))} == {"a"}


def test_undated_articles_stand_where_they_came() -> None:
    """Else what came long after the news would be compared with nothing."""
    late = undated(reading("b", TEXT.replace("agreed on Monday", "agreed at last").format(25)))
    other = undated(reading("c", TEXT.replace("ending a row", "closing a long row").format(25)))
    for answers in (told(reading("a", TEXT.format(25)), late), told(late, reading("a", TEXT.format(25)))):
        assert len({line["story"] for line in answers}) == 1
    assert [line["story"] for line in told(late, other)] == ["b", "b"]
    assert told() == []


def undated(one: Reading) -> Reading:
    return replace(one, article=replace(one.article, published=None, arrived=NOON + timedelta(days=300)))
