"""Which stories a digest tells: filter, then what was told decides, then importance with variety, then size."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.digests.candidate import Candidate
from bot.digests.order import Options, ordered
from bot.model import Digest, DigestItem, Filter, LeftOut, LeftOutAt, SourceLine, Subscription
from bot.text.event_names import event_name
from bot.text.languages import language_name
from bot.text.wanted import matches, wanted

ASKED_FOR = -1
"""In the ledger: a story that is older than the digest's look at it, and was asked for all the same."""


def compose(
    subscription: Subscription,
    candidates: Sequence[Candidate],
    told: Mapping[str, int],
    slot_id: str,
    since: datetime | None,
    until: datetime,
    options: Options | None = None,
    name_of: Callable[[str], str] = str,
) -> Digest:
    """The digest of one slot. Every candidate is either told or left out with the reason as a sentence.

    `told` is what this subscription was promised before (story id -> version) and alone decides what is new; `since`
    and `until` only word the header; `name_of` gives the name of an actor's code.
    """
    admitted: list[Candidate] = []
    left_out: list[LeftOut] = []
    for candidate in candidates:
        refused = refusal(candidate, subscription.filter, told, name_of)
        if refused is None:
            admitted.append(candidate)
        else:
            left_out.append(refused)
    updates = frozenset(c.story.id for c in admitted if told.get(c.story.id, ASKED_FOR) != ASKED_FOR)
    asides = {c.story.id: aside for c in admitted if (aside := _aside(c, subscription.filter, name_of))}
    about = [c for c in admitted if c.story.id not in asides]
    others = [c for c in admitted if c.story.id in asides]
    ranked = (*ordered(about, updates, options), *ordered(others, updates, options))
    for place, candidate in enumerate(ranked[subscription.size :], subscription.size + 1):
        left_out.append(_left_out(candidate, "room", _no_room(place, subscription.size)))
    return Digest(
        subscription_id=subscription.id,
        name=subscription.name,
        slot_id=slot_id,
        zone=subscription.schedule.zone,
        since=since,
        until=until,
        items=tuple(
            replace(item_of(c, update=c.story.id in updates, told=told.get(c.story.id)), aside=asides.get(c.story.id))
            for c in ranked[: subscription.size]
        ),
        left_out=tuple(left_out),
    )


def item_of(candidate: Candidate, *, update: bool = False, told: int | None = None) -> DigestItem:
    """The story as it is told: what is new in it only to those who were told its version `told` before."""
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
        known=candidate.known or candidate.changes,
        newer=_newer(candidate, told) if update and told else (),
        actors=candidate.story.actors,
        event=candidate.story.events[0] if candidate.story.events else None,
        differ=candidate.differ,
        countries=candidate.countries,
    )


def _newer(candidate: Candidate, told: int) -> tuple[SourceLine, ...]:
    """The newest reports, as many as versions were added since: each report in an outlet's own words added one."""
    own = [line for line in candidate.lines if line.relation != "copy"]
    added = candidate.story.version - told - len(candidate.changes and (1,))
    return tuple(own[1:][-added:]) if added > 0 else ()


def refusal(
    candidate: Candidate, asked: Filter, told: Mapping[str, int], name_of: Callable[[str], str] = str
) -> LeftOut | None:
    """Why the digest does not tell this story; None when it may.

    The first reason on the story's way: what it is, then what the digest asks for, then what its readers know. A
    story that the filter keeps out was never to be told, whether or not it is old.
    """
    story = candidate.story
    if not candidate.lines:
        return _left_out(candidate, "visible", "None of its articles comes from a source that this server reads.")
    if not story.diplomatic:
        return _left_out(candidate, "diplomatic", f"It is not diplomatic news (relevance {story.relevance:.2f}).")
    if reason := filtered(candidate, asked, name_of):
        return _left_out(candidate, "filter", reason)
    if story.id in told and told[story.id] >= story.version:
        return _left_out(candidate, "told", "It was told before, and nothing has changed since.")
    if story.backlog and told.get(story.id) != ASKED_FOR:
        return _left_out(candidate, "old", "It was already there when its source was first read.")
    return None


def filtered(candidate: Candidate, asked: Filter, name_of: Callable[[str], str] = str) -> str | None:
    """Which wish of the filter the story does not meet, as a sentence; None when it meets all."""
    story = candidate.story
    if story.relevance < asked.minimum_relevance:
        return f"Its relevance, {story.relevance:.2f}, is below the {asked.minimum_relevance:.2f} that was asked for."
    if candidate.independent < asked.minimum_sources:
        return f"{_outlets(candidate.independent)} so far; {asked.minimum_sources} independent ones were asked for."
    if reason := _elsewhere(story.actors, asked, name_of):
        return reason
    if asked.sources and not set(asked.sources) & candidate.sources:
        return "It comes from none of the sources that were asked for."
    for name, wanted_values, values, named in (
        ("kinds of event", asked.events, story.events, event_name),
        ("languages", asked.languages, candidate.languages, language_name),
    ):
        if wanted_values and not set(wanted_values) & set(values):
            return f"It has none of the {name} that were asked for ({', '.join(map(named, wanted_values))})."
    if asked.keywords and not _has_keyword(candidate, asked.keywords):
        return f"It has none of the keywords that were asked for ({', '.join(asked.keywords)})."
    return None


def _elsewhere(actors: Sequence[str], asked: Filter, name_of: Callable[[str], str]) -> str | None:
    if not (asked.countries or asked.pairs):
        return None
    if set(asked.countries) & set(actors) or any(set(pair) <= set(actors) for pair in asked.pairs):
        return None
    pairs = (" with ".join(map(name_of, pair)) for pair in asked.pairs)
    wanted_names = ", ".join((*map(name_of, asked.countries), *pairs))
    return f"It has none of the countries that were asked for ({wanted_names})."


def _aside(candidate: Candidate, asked: Filter, name_of: Callable[[str], str]) -> str | None:
    """Says that the countries that were asked for are only named in passing; None when it is about them. Such stories
    come last: what an ally thinks of it may matter, but never before what a country does itself.
    """
    concerned = candidate.concerned
    ways = [{code} for code in asked.countries] + [set(pair) for pair in asked.pairs]
    if not ways or not concerned or any(way <= concerned for way in ways):
        return None
    named = [code for code in candidate.story.actors if any(code in way for way in ways) and code not in concerned]
    return f"names {' and '.join(map(name_of, named))} in passing" if named else None


def _has_keyword(candidate: Candidate, keywords: Sequence[str]) -> bool:
    texts = [
        candidate.headline,
        candidate.text,
        *(line.title for line in candidate.lines),
        *(point.text for point in candidate.summary.points),
    ]
    return any(matches(wanted(keyword), texts) for keyword in keywords)


def _left_out(candidate: Candidate, at: LeftOutAt, reason: str) -> LeftOut:
    story = candidate.story
    return LeftOut(story_id=story.id, number=story.number, headline=candidate.headline, reason=reason, at=at)


def _no_room(place: int, size: int) -> str:
    room = "one story" if size == 1 else f"{size} stories"
    return f"There was room for {room}, and this one came in place {place}."


def _outlets(count: int) -> str:
    return "1 outlet reports it" if count == 1 else f"{count} outlets report it"
