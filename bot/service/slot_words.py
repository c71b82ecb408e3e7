"""What is said of slots: when the next one comes, how full a live digest is, and what the journal keeps."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.model import (
    Decision,
    Digest,
    JournalLine,
    Outcome,
    Schedule,
    SlotRecord,
    Subscription,
    normalize_url,
)
from bot.service.schedules import moment

Went = Literal["on", "stopped", "waits", "note"]
"""How an item left a step: it went on, it stopped there, it waits there, or the step only notes something."""

MOST_EXPLAINED = 100
"""Stories left out that the journal names: beyond these nobody asks."""


def coming_words(subscription: Subscription) -> str:
    """When it comes next, as a sentence."""
    if subscription.disabled is not None:
        return f"It is stopped: {subscription.disabled}"
    if subscription.schedule.live:
        return "It tells what is new as it happens."
    return f"The next digest comes {moment(subscription.next_run, subscription.schedule.zone)}."


def room_left(records: Sequence[SlotRecord], schedule: Schedule, now: datetime) -> tuple[int, datetime | None]:
    """How many stories the caps leave room for, and from when there is more; None when none was told lately. What a
    clock that ran ahead recorded does not count.
    """
    room, frees = schedule.per_hour, None
    for cap, span in ((schedule.per_hour, timedelta(hours=1)), (schedule.per_day, timedelta(hours=24))):
        told = [record for record in records if now - span < record.at <= now]
        left = cap - sum(len(record.stories) for record in told)
        if left <= room:
            room, frees = left, told[-1].at + span if told else None
    return room, frees


def cap_words(schedule: Schedule, records: Sequence[SlotRecord], digest: Digest, frees: datetime) -> str:
    """Said in the message that reaches a cap."""
    day = [record for record in records if record.at > digest.until - timedelta(hours=24)]
    told = sum(len(record.stories) for record in day) + len(digest.items)
    cap = f"{schedule.per_day} a day" if told >= schedule.per_day else f"{schedule.per_hour} an hour"
    wait = sum(story.at == "room" for story in digest.left_out)
    waiting = f" {wait} more {'waits' if wait == 1 else 'wait'}." if wait else ""
    return f"This reaches the cap of {cap}: what comes next is told from {moment(frees, schedule.zone)} on.{waiting}"


def counted(digest: Digest) -> str:
    """What the record of a slot says of it."""
    if digest.items:
        return "1 story" if len(digest.items) == 1 else f"{len(digest.items)} stories"
    return "No story that it had not told already."


def subject_of(subscription_id: str, story_id: str) -> str:
    """Under which the journal keeps what a digest decided on a story: apart, for others may not read it, and gone
    with the digest.
    """
    return f"{subscription_id}:{story_id}"


def journal_lines(digest: Digest, subscription: Subscription, now: datetime) -> tuple[JournalLine, ...]:
    """What the journal keeps of each story that was told or left out; that it was told before goes without saying."""

    def line(story_id: str, outcome: Outcome, reason: str) -> JournalLine:
        decision = Decision(stage="digests", outcome=outcome, reason=reason)
        return JournalLine(subject=subject_of(subscription.id, story_id), at=now, decision=decision)

    told = [line(item.story_id, "kept", "Told.") for item in digest.items]
    left = [story for story in digest.left_out if story.at != "told"][:MOST_EXPLAINED]
    return (*told, *(line(story.story_id, "dropped", story.reason) for story in left))


def page_subject(source_id: str, url: str) -> str:
    """Under which the journal keeps what became of a page that gave no article."""
    try:
        return f"page:{source_id}:{normalize_url(url)}"[:600]
    except ValueError:
        return f"page:{source_id}:{url}"[:600]


def page_lines(source_id: str, url: str | None, at: datetime, said: Iterable[Decision]) -> tuple[JournalLine, ...]:
    """What the journal keeps of such a page, so that its address can be asked for."""
    if not url:
        return ()
    return tuple(JournalLine(subject=page_subject(source_id, url), at=at, decision=one) for one in said)
