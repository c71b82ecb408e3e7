"""What every store decides alike, as pure functions: memory and SQLite differ in where values rest, not in these."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from bot.model import Delivery, Entry, Query, Scope, Source, Story, TargetKind, normalize_url, require_utc
from bot.ports import Plan, Reading
from bot.storage.codec import clean

STORIES = 100
"""How many recent stories are answered unless told: more than any message shows."""
ROWS = 20
"""How many slots or deliveries are answered unless told: a screenful."""
COUNTED = 1_000
"""Counting ends here: nobody pages further, and a common word would cost seconds."""
LINES = 200
"""Journal lines kept of one subject, the newest: an item that changes at every poll would fill the disk."""
ALL_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
SEEN_AGAIN = timedelta(days=7)
"""A listed entry's mark is refreshed this often, so that retention only forgets what feeds no longer list."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def stamp(moment: datetime) -> int:
    """Microseconds since 1970: exact, and ordered as the moments are. ValueError for a naive time."""
    return (require_utc(moment, "a stored time") - _EPOCH) // _MICROSECOND


def moment(stamped: int) -> datetime:
    """The moment that `stamp` made this of."""
    return _EPOCH + stamped * _MICROSECOND


def stamp_of(span: timedelta) -> int:
    """A span of time in microseconds."""
    return span // _MICROSECOND


def fingerprint(entry: Entry) -> str:
    """`entry.fingerprint`, also where the feed's words cannot be written as UTF-8."""
    try:
        return entry.fingerprint
    except UnicodeEncodeError:
        url = clean(entry.url) if entry.url else entry.url
        title, summary, content = clean(entry.title), clean(entry.summary), clean(entry.content)
        return replace(entry, url=url, title=title, summary=summary, content=content).fingerprint


def when(entry: Entry) -> datetime:
    """An entry's event time."""
    return entry.published or entry.arrived


def page_key(url: str) -> str:
    """Under which an article's address is looked up: normalized where it is http(s)."""
    try:
        return normalize_url(url)
    except ValueError:
        return url


def searchable(reading: Reading) -> tuple[str, str]:
    """The title and the body that words are looked for in; the points once the text is gone."""
    points = "\n".join(point.text for point in reading.summary.points)
    return reading.article.title, reading.article.text or points


def without_text(reading: Reading) -> Reading:
    """The reading without the publisher's words: neither text nor furniture. Points and evidence stay."""
    return replace(reading, article=replace(reading.article, text="", furniture=()))


def requeued(entry: Entry, arrived: datetime, backlog: bool) -> Entry:
    """A changed entry as it is queued again: it keeps its first arrival and its backlog mark.

    Else an undated item would move in time with every new title, and a feed that re-dates its items would post the
    backlog that its first poll kept back.
    """
    return replace(entry, arrived=arrived, backlog=backlog)


def visible_sources(query: Query, scope: Scope, sources: Iterable[Source]) -> frozenset[str] | None:
    """The sources that a look-up may answer from; None: all, also articles without a source.

    `query.source` is a source's id, address or name (case does not matter); `query.kind` its outlet kind as it is
    known today.
    """
    if query.source is None and query.kind is None:
        return scope.sources
    named = frozenset(
        source.id
        for source in sources
        if (query.source is None or source.is_called(query.source))
        and (query.kind is None or source.outlet_kind == query.kind)
    )
    return named if scope.sources is None else named & scope.sources


def weight(story: Story, visible: Collection[str]) -> tuple[int, float, datetime]:
    """What the weightiest stories are ordered by, the least first; `visible`: the articles of it that count."""
    own = {one.source_id for one in story.members if one.relation != "copy" and one.article_id in visible}
    return -len(own), -story.relevance, story.first_seen


def retold(
    told: Mapping[str, int], before: Iterable[Story], after: Iterable[Story], scope: Scope | None
) -> dict[str, int]:
    """What an owner has been told of the stories `after`, of which it was told them as they stood `before`.

    Whoever was told everything of the stories that one is made of now was told it as it stands: an article that moves
    is no news. Otherwise the story has news, and stands at an earlier version. Nothing for stories of which this owner
    was told nothing.
    """
    visible = scope.sources if scope is not None else None
    home = {member.article_id: story for story in before for member in story.members}
    answer: dict[str, int] = {}
    for story in after:
        seen = [one for one in story.members if visible is None or one.source_id in visible]
        origins = {one.article_id: home[one.article_id] for one in seen if one.article_id in home}
        if story.id not in told and not any(origin.id in told for origin in origins.values()):
            continue
        known = {key for key, origin in origins.items() if told.get(origin.id, -1) >= origin.version_for(visible)}
        version = story.version_for(visible)
        news = any(one.steps and one.article_id not in known for one in seen)
        answer[story.id] = min(told.get(story.id, 0), version - 1) if news else version
    return answer


def claimable_from(delivery: Delivery) -> datetime | None:
    """From when a delivery may be handed out; None: never again. A lease that ran out counts, whatever next_try."""
    match delivery.state:
        case "due" | "failed":
            return delivery.next_try
        case "claimed":
            return delivery.lease_until or delivery.next_try
        case "unknown":
            return max(delivery.next_try, delivery.lease_until or delivery.next_try)
        case _:
            return None


def claimed(delivery: Delivery, lease_until: datetime) -> Delivery:
    """The delivery as it is handed out: "claimed", or "unknown" when an earlier try may have put it there."""
    state: Literal["claimed", "unknown"] = "unknown" if delivery.state in ("claimed", "unknown") else "claimed"
    return replace(delivery, state=state, lease_until=lease_until)


def settled(known: Delivery, told: Delivery) -> Delivery:
    """How `known` stands after `told`. "sent" is final, and only "sent" takes a place over "dead"."""
    if known.state == "sent" or (known.state == "dead" and told.state != "sent"):
        return known
    return replace(
        known,
        state=told.state,
        attempts=told.attempts,
        next_try=told.next_try,
        lease_until=told.lease_until if told.state == "claimed" else None,
        receipt=told.receipt,
        problem=told.problem,
    )


def abandoned(delivery: Delivery, dead: Delivery) -> Delivery:
    """A later part of a message whose part `dead` was given up: it would stand there without its beginning."""
    return replace(
        delivery,
        state="dead",
        lease_until=None,
        problem=f"Part {dead.part} could not be sent: {dead.problem or 'no reason given'}",
    )


def in_order(ids: Sequence[str], found: dict[str, Reading]) -> tuple[Reading, ...]:
    """The readings in the order of `ids`, unknown ones left out."""
    return tuple(found[key] for key in ids if key in found)


def planned_at(plan: Plan) -> datetime | None:
    """When a plan was made, as far as it says: retention forgets its slot by this."""
    if plan.record is not None:
        return plan.record.at
    return plan.deliveries[0].created if plan.deliveries else None
