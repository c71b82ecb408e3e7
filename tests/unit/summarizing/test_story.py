"""Key points of several articles about one event."""

from bot.ports import Budget
from bot.summarizing.extractive import summarize_story
from tests.unit.summarizing.build import is_subsequence, reading

FIRST = (
    "Pakistan closed the Torkham crossing on Monday after border guards exchanged fire, officials said. "
    "About 1,800 lorries were stuck at the border by evening, customs agents said. "
    "Elders have offered to mediate between the two sides."
)
SECOND = (
    "Pakistan closed the Torkham crossing with Afghanistan on Monday after guards exchanged fire. "
    "About 2,500 lorries were stuck at the border by evening, traders said. "
    "The United Nations called for calm in a statement from Kabul."
)
THIRD = "The Torkham crossing was closed by Pakistan on Monday after guards exchanged fire. Schools stayed open."


def test_what_all_report_comes_first_once_with_evidence_from_each() -> None:
    readings = [
        reading(text, title="Crossing shut", name=name)
        for name, text in zip("abc", (FIRST, SECOND, THIRD), strict=True)
    ]
    summary = summarize_story(readings)
    assert "closed" in summary.points[0].text
    assert {one.article for one in summary.points[0].evidence} == {"a", "b", "c"}
    assert sum("closed" in point.text for point in summary.points) == 1


def test_evidence_is_exact_and_holds_the_points_words() -> None:
    texts = {"a": FIRST, "b": SECOND, "c": THIRD}
    for point in summarize_story([reading(text, name=name) for name, text in texts.items()]).points:
        assert all(texts[one.article][one.start : one.end] == one.text for one in point.evidence)
        assert is_subsequence(point.text, " ".join(one.text for one in point.evidence))


def test_another_number_for_the_same_thing_is_told_last_and_not_as_support() -> None:
    summary = summarize_story([reading(FIRST, name="a"), reading(SECOND, name="b")])
    holding = [point for point in summary.points if "lorries" in point.text]
    assert len(holding) == 2
    assert summary.points[-1] in holding
    assert all(len({one.article for one in point.evidence}) == 1 for point in holding)


def test_budgets_are_kept() -> None:
    readings = [reading(FIRST, name="a"), reading(SECOND, name="b")]
    assert len(summarize_story(readings, Budget(points=2)).points) == 2
    assert sum(len(point.text.split()) for point in summarize_story(readings, Budget(words=30)).points) <= 30


def test_the_headline_is_what_most_titles_share_and_no_question() -> None:
    titles = ["What next for Torkham?", "Pakistan closes Torkham crossing after guards exchange fire", "A bad day"]
    readings = [
        reading(text, title=title, name=title) for title, text in zip(titles, (FIRST, SECOND, THIRD), strict=True)
    ]
    assert summarize_story(readings).headline == titles[1]


def test_nothing_gives_nothing() -> None:
    assert summarize_story([]).points == ()
    assert summarize_story([reading("", title="Talks"), reading("", title="Talks")]).points == ()


LATER = (
    "Pakistan reopened the Torkham crossing on Thursday after elders settled the dispute, officials said. "
    "Pakistan had closed the Torkham crossing on Monday after border guards exchanged fire. "
    "Surveyors will measure the position of the checkpoint within ten days."
)


def test_a_story_told_before_is_told_by_what_is_new_and_one_line_of_background() -> None:
    readings = [reading(FIRST, name="a"), reading(LATER, name="b")]
    points = summarize_story(readings, Budget(points=3, known=("a",))).points
    assert points[0].text.startswith("Pakistan reopened")
    assert [point.background for point in points] == [False] * (len(points) - 1) + [True]
    assert {one.article for point in points[:-1] for one in point.evidence} == {"b"}
    assert not any("had closed" in point.text for point in points[:-1])
    assert points[-1].evidence[0].article == "a"
    assert points[-1].text.startswith("Pakistan closed")


def test_a_later_report_with_nothing_new_is_summarized_as_ever() -> None:
    readings = [reading(FIRST, name="a"), reading(FIRST, name="b")]
    plain = summarize_story(readings, Budget(points=3))
    assert summarize_story(readings, Budget(points=3, known=("a",))) == plain
    assert not any(point.background for point in plain.points)
