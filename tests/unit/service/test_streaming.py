"""The stream that `attache stories --jsonl` answers from: changes, and merges followed to their end."""

from datetime import UTC, datetime, timedelta

from bot.ports import PageInput, Reading
from bot.service.reading import ReadRequest, read
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


def test_a_correction_says_what_changed_and_stays_in_its_story() -> None:
    stream = StoryStream()
    first = stream.place(reading("a", TEXT.format(25)))
    second = stream.place(reading("b", TEXT.format(24), minutes=30))
    assert (second["relation"], second["of"], second["story"]) == ("updates", "a", first["story"])
    assert second["changes"] == [{"was": "25 percent", "now": "24 percent"}]


def test_an_article_that_comes_again_changed_updates_itself() -> None:
    stream = StoryStream()
    stream.place(reading("a", TEXT.format(25)))
    again = stream.place(reading("a", TEXT.format(24), minutes=5))
    assert (again["relation"], again["of"]) == ("updates", "a")
    assert again["changes"] == [{"was": "25 percent", "now": "24 percent"}]


def test_the_same_line_twice_changes_nothing() -> None:
    stream = StoryStream()
    one = stream.place(reading("a", TEXT.format(25)))
    assert stream.final(str(stream.place(reading("a", TEXT.format(25)))["story"])) == one["story"]


def test_a_story_without_merges_keeps_its_name() -> None:
    stream = StoryStream()
    assert stream.final(str(stream.place(reading("a", TEXT.format(25)))["story"])) == "a"


def test_merges_are_followed_to_their_end() -> None:
    stream = StoryStream()
    stream._absorbed.update({"c": "b", "b": "a"})
    assert [stream.final(story) for story in "abcd"] == ["a", "a", "a", "d"]
