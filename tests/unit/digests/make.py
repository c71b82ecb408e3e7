"""Stories for tests, invented."""

from datetime import UTC, datetime, time, timedelta

from bot.digests.candidate import Candidate
from bot.model import (
    Change,
    Evidence,
    Filter,
    KeyPoint,
    Member,
    OutletKind,
    Schedule,
    SourceLine,
    Story,
    Subscription,
    Summary,
    Target,
)

SEVEN = datetime(2026, 10, 5, 7, tzinfo=UTC)


def candidate(
    key: str = "s1",
    *,
    outlets: tuple[str, ...] = ("Meridian Wire",),
    actors: tuple[str, ...] = ("JPN", "USA"),
    events: tuple[str, ...] = ("CONSULT",),
    version: int = 1,
    relevance: float = 0.9,
    diplomatic: bool = True,
    backlog: bool = False,
    changes: tuple[Change, ...] = (),
    headline: str = "Ministers meet",
    text: str = "",
    number: int = 3,
    kinds: tuple[OutletKind | None, ...] = (),
) -> Candidate:
    lines = tuple(
        SourceLine(
            article_id=f"{key}-{i}",
            outlet=outlet,
            url=f"https://example.org/{key}/{i}",
            title=headline,
            when=SEVEN + timedelta(minutes=i),
        )
        for i, outlet in enumerate(outlets)
    )
    story = Story(
        id=key,
        number=number,
        title=headline,
        language="en",
        members=tuple(
            Member(article_id=x.article_id, source_id=x.outlet, relation="joins", when=x.when) for x in lines
        ),
        first_seen=SEVEN,
        last_change=SEVEN,
        version=version,
        relevance=relevance,
        diplomatic=diplomatic,
        actors=actors,
        events=events,
        backlog=backlog,
    )
    point = KeyPoint(text="They met.", evidence=(Evidence(article=f"{key}-0", start=0, end=9, text="They met."),))
    return Candidate(
        story=story,
        summary=Summary(headline=headline, points=(point,)),
        lines=lines,
        independent=len(outlets),
        sources=frozenset(outlets),
        languages=("en",),
        changes=changes,
        text=text,
        kinds=kinds,
    )


def subscription(*, size: int = 8, asked: Filter | None = None, zone: str = "Asia/Tokyo") -> Subscription:
    return Subscription(
        id="sub",
        name="Morning digest",
        guild_id="g",
        target=Target(kind="channel", id="c"),
        schedule=Schedule(times=(time(7),), zone=zone),
        filter=asked or Filter(),
        size=size,
        created=SEVEN,
        created_by="u",
    )
