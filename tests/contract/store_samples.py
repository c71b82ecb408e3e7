"""Values for the stores' contract suite: plain ones built by hand, and any that the types allow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from hypothesis import strategies as st

from bot.model import (
    Actor,
    AlertRule,
    Article,
    Dateline,
    DateMention,
    Decision,
    Delivery,
    Entry,
    Event,
    EventType,
    Evidence,
    JournalLine,
    KeyPoint,
    Member,
    OutletKind,
    Post,
    Query,
    Quote,
    Receipt,
    Schedule,
    Scope,
    Signature,
    SlotRecord,
    Source,
    Span,
    Story,
    Subscription,
    Summary,
    Target,
    Understanding,
    Validators,
)
from bot.ports import Intake, Plan, Reading

T0 = datetime(2026, 10, 5, 8, tzinfo=UTC)
ALL = Scope(sources=None)
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    """So many hours after the beginning of the test's world."""
    return T0 + timedelta(hours=hours)


def source(name: str = "a", *, kind: OutletKind | None = None, shared: bool = False) -> Source:
    return Source(id=name, url=f"https://{name}.example/feed", name=f"The {name}", outlet_kind=kind, shared=shared)


def entry(key: str, *, hours: float = 0, of: str = "a", title: str = "A title", backlog: bool = False) -> Entry:
    return Entry(
        id=key, source_id=of, guid=key, url=f"https://{of}.example/{key}", title=title, published=at(hours),
        arrived=at(hours), backlog=backlog,
    )  # fmt: skip


def line(subject: str, reason: str = "because", hours: float = 0) -> JournalLine:
    return JournalLine(
        subject=subject, at=at(hours), decision=Decision(stage="extraction", outcome="dropped", reason=reason)
    )


def reading(
    key: str,
    *,
    hours: float = 0,
    of: str | None = "a",
    title: str = "Ministers meet",
    text: str = "Envoys of two states met.\n\n",
    actors: Sequence[str] = (),
    events: Sequence[str] = (),
    language: str = "en",
    diplomatic: bool = True,
    url: str | None = None,
) -> Reading:
    first = text.split("\n", maxsplit=1)[0] or "x"
    points = (KeyPoint(text=first, evidence=(Evidence(article=key, start=0, end=len(first), text=first),)),)
    return Reading(
        article=Article(
            id=key, source_id=of, url=url, title=title, published=at(hours), arrived=at(hours), language=language,
            text=text, furniture=("Share this",), outlet="The Gazette",
        ),
        understanding=Understanding(
            diplomatic=diplomatic,
            relevance=0.5,
            actors=tuple(Actor(code=code, kind="country", name=code, mentions=1) for code in actors),
            events=tuple(Event(type=cast("EventType", kind), tense="past") for kind in events),
        ),
        signature=Signature(terms=(("envoy", 0.25),), shingles=(2**64 - 1, 0), anchors=("JPN",), facets=("day:1",)),
        summary=Summary(headline=title, points=points),
        decisions=(Decision(stage="extraction", outcome="kept", reason="prose", spans=(Span(start=0, end=1),)),),
    )  # fmt: skip


def member(of: Reading) -> Member:
    return Member(article_id=of.article.id, source_id=of.article.source_id, relation="joins", when=of.article.when)


def story(key: str, *readings: Reading, version: int = 1, changed: float = 0) -> Story:
    return Story(
        id=key, title="A story", language="en", members=tuple(member(one) for one in readings), first_seen=T0,
        last_change=at(changed), version=version, relevance=0.5, diplomatic=True, actors=("JPN",), events=("CONSULT",),
    )  # fmt: skip


def intake(key: str, one: Reading, *more: Reading, version: int = 1, of: Entry | None = None) -> Intake:
    """`one` comes into the story `key`, in which `more` stand already."""
    whole = story(key, *more, one, version=version, changed=(one.article.when - T0) / HOUR)
    return Intake(entry=of, reading=one, story=whole)


def subscription(key: str, *, guild: str | None = "g", next_run: float | None = None, **more: str) -> Subscription:
    target = Target(kind="channel", id="c", guild_id=guild)
    made = Subscription(
        id=key, name=more.get("name", f"Digest {key}"), guild_id=guild, target=target,
        schedule=Schedule(times=(time(8, 30),), zone="Asia/Tokyo"), created=T0, created_by=more.get("by", "u"),
    )  # fmt: skip
    return replace(made, next_run=None if next_run is None else at(next_run), disabled=more.get("disabled"))


def rule(key: str, *, user: str = "u", guild: str | None = "g", hours: float = 0) -> AlertRule:
    return AlertRule(id=key, user_id=user, guild_id=guild, countries=("JPN",), created=at(hours))


CHANNEL = Target(kind="channel", id="c", guild_id="g")


def delivery(
    key: str, *, owner: str = "s", slot: str = "1", part: int = 1, parts: int = 1, hours: float = 0,
    target: Target = CHANNEL,
) -> Delivery:  # fmt: skip
    return Delivery(
        key=key, owner_id=owner, slot_id=slot, part=part, parts=parts, target=target, post=Post(heading="News"),
        created=at(hours), next_try=at(hours),
    )  # fmt: skip


def record(owner: str = "s", slot: str = "1", hours: float = 0) -> SlotRecord:
    return SlotRecord(
        subscription_id=owner, slot_id=slot, due=at(hours), outcome="sent", reason="as planned", at=at(hours)
    )


def plan(*deliveries: Delivery, owner: str = "s", slot: str = "1", told: Sequence[tuple[str, int]] = ()) -> Plan:
    return Plan(
        owner_id=owner, slot_id=slot, record=record(owner, slot), deliveries=deliveries, told=tuple(told),
        lines=(line(owner, f"slot {slot}"),),
    )  # fmt: skip


# --- any value -----------------------------------------------------------------------------------------------------

texts = st.text(max_size=60)
"""Without surrogates, as `st.text` is: what cannot be written as UTF-8 has tests of its own."""
moments = st.integers(-(10**15), 10**16).map(lambda count: T0 + timedelta(microseconds=count))
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
shares = st.floats(0, 1)
_spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda ab: Span(start=min(ab), end=max(ab)))
_optional = st.none() | texts


def tuples(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


entries = st.builds(
    Entry, id=texts, source_id=st.just("a"), guid=texts, url=_optional, title=texts, summary=texts, content=texts,
    author=_optional, language=_optional, published=st.none() | moments, arrived=moments, backlog=st.booleans(),
)  # fmt: skip
_evidence = st.builds(
    lambda article, start, text: Evidence(article=article, start=start, end=start + len(text), text=text),
    texts, st.integers(0, 10**6), st.text(min_size=1, max_size=40),
)  # fmt: skip
_points = st.builds(
    KeyPoint, text=texts.map(lambda text: f"+{text}"), evidence=st.lists(_evidence, min_size=1, max_size=2).map(tuple)
)
_articles = st.builds(
    Article, id=texts, source_id=_optional, url=_optional, title=texts, byline=_optional, outlet=_optional,
    agency=_optional, dateline=st.none() | st.builds(Dateline, place=texts, date=st.none() | days),
    published=st.none() | moments, arrived=moments, language=texts, text=texts, furniture=tuples(texts),
)  # fmt: skip
_understandings = st.builds(
    Understanding, diplomatic=st.booleans(), relevance=shares,
    actors=tuples(st.builds(Actor, code=texts, name=texts, mentions=st.integers(0, 99), spans=tuples(_spans))),
    events=tuples(st.builds(Event, mode=_optional, source=tuples(texts), evidence=st.none() | _spans)),
    dates=tuples(st.builds(DateMention, span=_spans, first=days, last=days)),
    quotes=tuples(st.builds(Quote, span=_spans, speaker=_optional)),
)  # fmt: skip
_signatures = st.builds(
    Signature, terms=tuples(st.tuples(texts, shares)), shingles=tuples(st.integers(0, 2**64 - 1)),
    anchors=tuples(texts), facets=tuples(texts),
)  # fmt: skip
readings = st.builds(
    Reading, article=_articles, understanding=_understandings, signature=_signatures,
    summary=st.builds(Summary, headline=texts, points=tuples(_points), fallback=_optional),
    decisions=tuples(st.builds(Decision, reason=texts, spans=tuples(_spans))),
)  # fmt: skip
deliveries = st.builds(
    Delivery, key=texts, owner_id=texts, slot_id=texts, part=st.integers(1, 9), parts=st.integers(1, 9),
    state=st.just("due"), attempts=st.just(0), created=moments, next_try=moments, lease_until=st.none(),
    receipt=st.none() | st.builds(Receipt, message_id=texts, at=moments), problem=_optional,
)  # fmt: skip
validators = st.builds(Validators, etag=_optional, last_modified=_optional)
EVERYTHING = Query(limit=1_000)
