"""Which stories a digest tells: filter, then what was told decides, then importance with variety, then size."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.digests.candidate import Candidate
from bot.digests.order import Options, ordered
from bot.model import Digest, DigestItem, Filter, LeftOut, Subscription
from bot.text.wanted import matches, wanted


def compose(
    subscription: Subscription,
    candidates: Sequence[Candidate],
    told: Mapping[str, int],
    slot_id: str,
    since: datetime | None,
    until: datetime,
    options: Options | None = None,
) -> Digest:
    """The digest of one slot. Every candidate is either told or left out with the reason as a sentence.

    `told` is what this subscription was promised before (story id -> version) and alone decides what is new; `since`
    and `until` only word the header.
    """
    admitted: list[Candidate] = []
    left_out: list[LeftOut] = []
    for candidate in candidates:
        reason = refusal(candidate, subscription.filter, told)
        if reason is None:
            admitted.append(candidate)
        else:
            left_out.append(_left_out(candidate, reason))
    updates = frozenset(c.story.id for c in admitted if c.story.id in told)
    ranked = ordered(admitted, updates, options)
    for place, candidate in enumerate(ranked[subscription.size :], subscription.size + 1):
        left_out.append(_left_out(candidate, _no_room(place, subscription.size)))
    return Digest(
        subscription_id=subscription.id,
        name=subscription.name,
        slot_id=slot_id,
        zone=subscription.schedule.zone,
        since=since,
        until=until,
        items=tuple(item_of(c, update=c.story.id in updates) for c in ranked[: subscription.size]),
        left_out=tuple(left_out),
    )


def item_of(candidate: Candidate, *, update: bool = False) -> DigestItem:
    """The story as it is told: changes only to those who were told the story before."""
    return DigestItem(
        story_id=candidate.story.id,
        number=candidate.story.number,
        version=candidate.story.version,
        headline=candidate.headline,
        summary=candidate.summary,
        lines=candidate.lines,
        independent=candidate.independent,
        copies=candidate.copies,
        update=update,
        changes=candidate.changes if update else (),
        actors=candidate.story.actors,
        event=candidate.story.events[0] if candidate.story.events else None,
        differ=candidate.differ,
        countries=candidate.countries,
    )


def refusal(candidate: Candidate, asked: Filter, told: Mapping[str, int]) -> str | None:
    """Why the digest does not tell this story, as a sentence; None when it may."""
    story = candidate.story
    if not candidate.lines:
        return "None of its articles comes from a source that this server reads."
    if told.get(story.id, 0) >= story.version:
        return "It was told before, and nothing has changed since."
    if story.backlog:
        return "It was already there when its source was first read."
    if not story.diplomatic:
        return f"It is not diplomatic news (relevance {story.relevance:.2f})."
    return _filtered(candidate, asked)


def _filtered(candidate: Candidate, asked: Filter) -> str | None:
    story = candidate.story
    if story.relevance < asked.minimum_relevance:
        return f"Its relevance, {story.relevance:.2f}, is below the {asked.minimum_relevance:.2f} that was asked for."
    if candidate.independent < asked.minimum_sources:
        return f"{_outlets(candidate.independent)} so far; {asked.minimum_sources} independent ones were asked for."
    for name, wanted_values, values in (
        ("countries", asked.countries, story.actors),
        ("kinds of event", asked.events, story.events),
        ("sources", asked.sources, candidate.sources),
        ("languages", asked.languages, candidate.languages),
    ):
        if wanted_values and not set(wanted_values) & set(values):
            return f"It has none of the {name} that were asked for ({', '.join(wanted_values)})."
    if asked.keywords and not _has_keyword(candidate, asked.keywords):
        return f"It has none of the keywords that were asked for ({', '.join(asked.keywords)})."
    return None


def _has_keyword(candidate: Candidate, keywords: Sequence[str]) -> bool:
    texts = [
        candidate.headline,
        candidate.text,
        *(line.title for line in candidate.lines),
        *(point.text for point in candidate.summary.points),
    ]
    return any(matches(wanted(keyword), texts) for keyword in keywords)


def _left_out(candidate: Candidate, reason: str) -> LeftOut:
    story = candidate.story
    return LeftOut(story_id=story.id, number=story.number, headline=candidate.headline, reason=reason)


def _no_room(place: int, size: int) -> str:
    room = "one story" if size == 1 else f"{size} stories"
    return f"There was room for {room}, and this one came in place {place}."


def _outlets(count: int) -> str:
    return "1 outlet reports it" if count == 1 else f"{count} outlets report it"
