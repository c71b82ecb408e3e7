"""What happened to an item at every stage, or where it stopped and why: `/explain` and `attache explain`.

What is told is told within a scope: articles of sources that the asker does not see are as if never fetched, and only
the digests and alerts that are named to `explain` are looked at. What the journal holds on a story as a whole names
digests of every server, so that it is read for the operator alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from bot.digests.candidate import Candidate
from bot.errors import InputError
from bot.model import Delivery, JournalLine, Query, Scope, Source, SourceState, Story, Subscription, normalize_url
from bot.ports import (
    ArticleStore,
    Clock,
    DeliveryStore,
    JournalStore,
    Reading,
    SourceStore,
    StoryStore,
    SubscriptionStore,
)
from bot.service.naming import actor_name
from bot.service.provenance import outlet_names, outlet_of
from bot.service.publishing import Publisher
from bot.service.schedules import moment
from bot.service.slot_words import Went, page_subject, subject_of
from bot.service.stories import Stories
from bot.service.subscriptions import Subscriptions
from bot.text.event_names import event_label

MOST_PENDING = 500
"""Entries in the queue that are looked through: more than a round leaves."""
MOST_DIGESTS = 20
MOST_LINES = 6
"""Decisions of one digest on one story that are told, the newest."""
MOST_DELIVERIES = 200


class ExplainingStore(SourceStore, ArticleStore, StoryStore, SubscriptionStore, DeliveryStore, JournalStore, Protocol):
    """Where the decisions rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage's word on the item. `digest` names whose step it is, where it is a digest's."""

    stage: str
    went: Went
    words: str
    at: datetime | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The way of one item. `story`: its number, where it came so far."""

    subject: str
    title: str
    url: str | None
    story: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks: the sources and digests that they may know of. `operator`: also what the journal holds on stories."""

    scope: Scope
    digests: tuple[Subscription, ...]
    user_id: str | None = None
    operator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Follows an address or a story from stage to stage."""

    store: ExplainingStore
    stories: Stories
    subscriptions: Subscriptions
    publisher: Publisher
    clock: Clock

    async def explain(self, wanted: str, viewer: Viewer) -> Explanation:
        """`wanted` is an article's address or a story's number. InputError when it is neither."""
        number = number_of(wanted)
        if number is not None:
            return await self._story(number, viewer)
        address = _address(wanted.strip())
        reading = await self._reading(address, viewer.scope)
        if reading is None:
            steps = await self._unread(address, viewer)
            return Explanation(subject=wanted.strip()[:300], title=address[:300], url=address, story=None, steps=steps)
        story = await self.store.story_of(reading.article.id)
        steps = await self._read_steps(reading, viewer)
        after = await self._story_steps(story, reading, viewer) if story else ()
        return Explanation(
            subject=wanted.strip()[:300],
            title=reading.article.title,
            url=reading.article.url,
            story=story.number if story else None,
            steps=(*steps, *after),
        )

    async def _story(self, number: int, viewer: Viewer) -> Explanation:
        story = await self.store.story_by_number(number)
        seen = [m for m in story.members if _sees(viewer.scope, m.source_id)] if story else []
        readings = await self.store.readings([member.article_id for member in seen])
        if story is None or not readings:
            raise InputError(f"There is no story {number} here. /latest shows the newest ones with their numbers.")
        first = readings[0]
        steps = (*await self._read_steps(first, viewer), *await self._story_steps(story, first, viewer))
        return Explanation(
            subject=f"story {number}", title=first.article.title, url=first.article.url, story=number, steps=steps
        )

    # --- before the archive -------------------------------------------------------------------------------------

    async def _reading(self, address: str, scope: Scope) -> Reading | None:
        """The article at the address that the scope sees; with or without what trackers add to it."""
        parts = urlsplit(address)
        for form in dict.fromkeys((address, parts._replace(query="").geturl(), address.rstrip("/"))):
            reading = await self.store.article_by_url(form)
            if reading is None:
                continue
            if _sees(scope, reading.article.source_id):
                return reading
            same = Query(text=reading.article.title, limit=20)  # another source may have listed it too
            for other in await self.store.search(same, scope) if reading.article.title.strip() else ():
                if other.article.url and normalize_url(other.article.url) == normalize_url(form):
                    return other
        return None

    async def _unread(self, address: str, viewer: Viewer) -> tuple[Step, ...]:
        """Why there is no article: it waits, it was dropped, or nobody here ever listed it."""
        seen = [source for source in await self.store.sources() if _sees(viewer.scope, source.id)]
        sources = viewer.scope.named(seen)
        for entry in await self.store.pending_entries(MOST_PENDING):
            if entry.url and _sees(viewer.scope, entry.source_id) and _same(entry.url, address):
                names = {source.id: source.name for source in sources}
                listed = f"“{names.get(entry.source_id, 'a source')}” lists it."
                return (
                    Step(stage="fetched", went="on", words=listed, at=entry.arrived),
                    Step(stage="read", went="waits", words="Its page could not be had yet; it is tried again."),
                )
        for source in sources:
            lines = await self.store.read(page_subject(source.id, address))
            if lines:
                first = Step(stage="fetched", went="on", words=f"“{source.name}” lists it.", at=lines[0].at)
                return (first, *(_step("read", line, stops=line.decision.outcome == "dropped") for line in lines))
        return (await self._never(address, sources),)

    async def _never(self, address: str, sources: Sequence[Source]) -> Step:
        host = _host(address)
        states = {state.source_id: state for state in await self.store.source_states()}
        near = [source for source in sources if _host(source.url) == host]
        words = "No source that is followed here has listed this address."
        if near:
            told = "; ".join(_poll_words(source, states.get(source.id)) for source in near[:3])
            words += f" Of the same site: {told}."
        else:
            words += f" None of the {len(sources)} sources here is of {host or 'that site'}; /sources add follows one."
        return Step(stage="fetched", went="stopped", words=words)

    # --- the article --------------------------------------------------------------------------------------------

    async def _read_steps(self, reading: Reading, viewer: Viewer) -> tuple[Step, ...]:
        article, understanding = reading.article, reading.understanding
        names = outlet_names(viewer.scope.named(await self.store.sources()))
        outlet = outlet_of(article, names)
        steps = [Step(stage="fetched", went="on", words=f"“{outlet}” listed it.", at=article.arrived)]
        dropped = sum(d.stage == "extraction" and d.outcome == "dropped" for d in reading.decisions)
        changed = [d for d in reading.decisions if d.stage == "extraction" and d.outcome == "changed"]
        note = f", {dropped} line{'s' if dropped > 1 else ''} of the page left out" if dropped else ""
        text = f"{len(article.text):,} characters of text" if article.text else "its text is no longer kept"
        steps.append(Step(stage="read", went="on", words=f"{text}{note}; language {article.language}."))
        steps += [Step(stage="read", went="note", words=decision.reason) for decision in changed[:3]]
        actors = ", ".join(actor_name(actor.code) for actor in understanding.actors[:5]) or "nobody named"
        event = f"; main event {event_label(understanding.events[0].type)}" if understanding.events else ""
        verdict = "diplomatic news" if understanding.diplomatic else "not diplomatic news"
        words = f"Relevance {understanding.relevance:.2f}: {verdict}. About {actors}{event}."
        steps.append(Step(stage="relevant", went="on" if understanding.diplomatic else "stopped", words=words))
        lines = await self.store.read(article.id)
        placed = [line for line in lines if line.decision.stage == "grouping"]
        steps += [_step("story", line) for line in placed[-1:] if viewer.operator]
        return tuple(steps)

    # --- the story ----------------------------------------------------------------------------------------------

    async def _story_steps(self, story: Story, reading: Reading, viewer: Viewer) -> tuple[Step, ...]:
        candidate = await self.stories.candidate(story, viewer.scope)
        if candidate is None:
            return ()
        steps = [Step(stage="story", went="on", words=_story_words(candidate, reading), at=candidate.story.last_change)]
        if candidate.story.backlog:
            words = "It was already there when its source was first read: searched, and not posted by itself."
            steps.append(Step(stage="story", went="note", words=words))
        if not candidate.story.diplomatic:
            return tuple(steps)
        for digest in viewer.digests[:MOST_DIGESTS]:
            steps += await self._digest_steps(digest, story)
        if not viewer.digests:
            steps.append(Step(stage="filters", went="stopped", words="There is no digest here that could tell it."))
        steps += await self._alert_steps(story, viewer)
        if viewer.operator:
            lines = await self.store.read(story.id)
            told = [line for line in lines if line.decision.stage in ("digests", "alerts", "delivery")]
            steps += [_step(line.decision.stage, line) for line in told[-MOST_LINES:]]
        return tuple(steps)

    async def _digest_steps(self, digest: Subscription, story: Story) -> list[Step]:
        """What this digest did with the story, and what it would do with it next."""
        steps = [
            Step(
                stage="digests",
                went="note",
                words=line.decision.reason,
                at=line.at,
                digest=digest.name,
            )
            for line in (await self.store.read(subject_of(digest.id, story.id)))[-MOST_LINES:]
            if line.decision.outcome == "dropped"
        ]
        steps += [_sent(digest, one) for one in await self._told_by(digest, story)]
        stage, went, words = await self.publisher.outlook(digest, story.id)
        if digest.disabled is not None:
            stage, went, words = "window", "stopped", f"The digest is stopped. {digest.disabled}"
        steps.append(Step(stage=stage, went=went, words=words, digest=digest.name))
        return steps

    async def _told_by(self, digest: Subscription, story: Story) -> list[Delivery]:
        """The digest's messages that tell the story, oldest first."""
        posted = await self.store.deliveries(digest.id, MOST_DELIVERIES)
        found = [one for one in posted if any(item.number == story.number for item in one.post.items)]
        return found[::-1]

    async def _alert_steps(self, story: Story, viewer: Viewer) -> list[Step]:
        rules = await self.store.rules(viewer.user_id) if viewer.user_id else ()
        alerts = [rule.id for rule in rules if rule.story is None]
        steps = []
        for rule in rules:
            words = f"Your alert {alerts.index(rule.id) + 1} told it." if rule.story is None else "You follow it."
            for one in reversed(await self.store.deliveries(rule.id, MOST_DELIVERIES)):
                shown = story.number in [item.number for item in one.post.items]
                if shown and one.receipt is not None:
                    said = f"The message was edited: {one.post.heading}." if one.edits else words
                    at = one.created if one.edits else one.receipt.at
                    steps.append(Step(stage="sent", went="on", words=said, at=at))
        return steps


def number_of(wanted: str) -> int | None:
    """The story's number that is asked for; None for an address."""
    text = wanted.strip().removeprefix("/story").strip().removeprefix("#")
    return int(text[:9]) if text.isdecimal() else None


def _address(text: str) -> str:
    try:
        if text and not any(letter.isspace() for letter in text):
            return normalize_url(text if "://" in text else f"https://{text}")
    except ValueError:
        pass
    raise InputError("Give the address of an article, or the number of a story.")


def _sees(scope: Scope, source_id: str | None) -> bool:
    return scope.sources is None or source_id in scope.sources


def _same(url: str, address: str) -> bool:
    try:
        return normalize_url(url) == address
    except ValueError:
        return False


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _poll_words(source: Source, state: SourceState | None) -> str:
    if state is None or state.last_poll is None:
        return f"“{source.name}” has not been polled yet"
    problem = f", with a problem: {state.problem.rstrip('.')}" if state.problem else ""
    return f"“{source.name}” was last polled {moment(state.last_poll, 'UTC')}{problem}"


def _story_words(candidate: Candidate, reading: Reading) -> str:
    story, own = candidate.story, reading.article.id
    relation = next((line.relation for line in candidate.lines if line.article_id == own), "joins")
    did = {"starts": "It began", "copy": "It is a copy in", "updates": "It updates"}.get(relation, "It joined")
    count = f"{candidate.independent} independent outlet{'' if candidate.independent == 1 else 's'}"
    articles = "1 article" if len(candidate.lines) == 1 else f"{len(candidate.lines)} articles"
    return f"{did} story {story.number}: {articles} here, {count}."


def _sent(digest: Subscription, delivery: Delivery) -> Step:
    place = {"channel": f"channel {delivery.target.id}", "dm": "direct messages"}.get(
        delivery.target.kind, "the console"
    )
    what = "changed in" if delivery.edits else "told in"
    if delivery.receipt is not None:
        return Step(
            stage="sent", went="on", words=f"It was {what} {place}.", at=delivery.receipt.at, digest=digest.name
        )
    if delivery.state == "dead":
        words = f"Its message to {place} was given up. {delivery.problem or ''}".rstrip()
        return Step(stage="sent", went="stopped", words=words, digest=digest.name)
    words = f"Its message waits to be sent to {place}. {delivery.problem or ''}".rstrip()
    return Step(stage="sent", went="waits", words=words, digest=digest.name)


def _step(stage: str, line: JournalLine, *, stops: bool = False) -> Step:
    return Step(stage=stage, went="stopped" if stops else "note", words=line.decision.reason, at=line.at)
