"""Whom an article is about, and whom it only names."""

from bot.model import Actor, Event, Span, Understanding


def actor(code: str, *starts: int, titled: int = 0) -> Actor:
    spans = tuple(Span(start=start, end=start + 5) for start in starts)
    return Actor(code=code, kind="country", name=code, mentions=len(spans) + titled, spans=spans)


def test_who_is_named_once_behind_the_lead_and_does_nothing_is_named_in_passing() -> None:
    found = Understanding(
        diplomatic=True,
        relevance=0.9,
        actors=(
            actor("JPN", 10), actor("IDN", titled=1), actor("CHN", 900, 950), actor("VNM", 900), actor("FRA", 900),
            actor("THA", 900, titled=1),
        ),
        events=(Event(type="CONSULT", tense="past", source=("VNM",), target=("JPN",)),),
    )  # fmt: skip
    assert found.concerned() == {"JPN", "IDN", "CHN", "VNM", "THA"}
    assert Understanding(diplomatic=True, relevance=0.9).concerned() == frozenset()
