"""What the commands of digests do: `/digest schedule`, `edit`, `list`, `history`, `remove`, `now`, `preview`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.chat import words
from bot.chat.commands import Asker, Call
from bot.errors import InputError
from bot.model import Button, Face, Filter, Post, PostItem, Schedule, SlotRecord, Source, Subscription, Target
from bot.ports import PreferenceStore
from bot.service.delivering import Deliverer
from bot.service.faces import MadeWebhooks, Posing, face_of
from bot.service.history import History
from bot.service.kept import zone_in
from bot.service.naming import countries_of
from bot.service.publishing import Publisher
from bot.service.schedules import (
    filter_words,
    moment,
    parse_events,
    parse_languages,
    parse_pairs,
    parse_schedule,
    parse_sources,
    parse_topics,
    schedule_words,
)
from bot.service.slot_words import coming_words
from bot.service.subscriptions import CONSOLE, Subscriptions, personal_owner
from bot.text.languages import LANGUAGES

PAUSED = "It was paused with /digest edit; paused:false lets it go on."
_WHEN = ("times", "days", "zone", "every", "live", "per_hour", "per_day")
_SHOWN = 12
"""Slots on a page of a digest's history."""

_OUTCOMES = {"sent": "sent", "merged": "missed", "empty": "nothing new", "skipped": "skipped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """The handlers of one family. `zone` is that of servers that chose none."""

    subscriptions: Subscriptions
    publisher: Publisher
    deliverer: Deliverer
    history: History
    preferences: PreferenceStore
    zone: str

    def handlers(self) -> Mapping[tuple[str, ...], Callable[[Call], Awaitable[Post]]]:
        """By the command's path."""
        return {
            ("digest", "schedule"): self._schedule,
            ("digest", "edit"): self._edit,
            ("digest", "list"): self._list,
            ("digest", "history"): self._history,
            ("digest", "remove"): self._remove,
            ("digest", "now"): self._now,
            ("digest", "preview"): self._preview,
        }

    async def _schedule(self, call: Call) -> Post:
        zone = call.text("zone") or await self._zone(call.asker)
        schedule = self._when(call, zone)
        subscription = await self.subscriptions.schedule(
            name=_name(call.text("name")),
            guild_id=digest_owner(call.asker),
            target=_target(call),
            by=call.asker.user_id,
            schedule=schedule,
            wanted=await self._wanted(call, Filter()),
            size=call.number("size", 8),
            language=words.language_or_none(call),
            say_empty=bool(call.options.get("say_empty", False)),
            face=_face(call, None),
        )
        await self._named(call)
        return Post(
            heading=f"Digest “{subscription.name}” is set up",
            intro=" ".join(filter(None, (_first_words(subscription), self._unposed(subscription)))),
            items=(await self._row(subscription),),
            buttons=(Button(label="Preview", action=f"/digest preview {subscription.name}"),),
        )

    async def _edit(self, call: Call) -> Post:
        before = await self.subscriptions.digest_named(digest_owner(call.asker), call.text("name"))
        if not set(call.options) - {"name"}:
            raise InputError("Say what to change, such as times:09:00, countries:all or paused:true.")
        after = replace(
            before,
            name=_name(call.text("rename")) or before.name,
            filter=await self._wanted(call, before.filter),
            size=call.number("size", before.size),
            language=words.language_or_none(call) if "language" in call.options else before.language,
            say_empty=bool(call.options.get("say_empty", before.say_empty)),
            disabled=_disabled(call, before),
            face=_face(call, before.face),
        )
        if "channel" in call.options:
            after = replace(after, target=_target(call))
        if set(_WHEN) & set(call.options):
            after = replace(after, schedule=self._changed(call, before.schedule))
        after = await self.subscriptions.revise(before, after)
        await self._named(call)
        return Post(
            heading=f"Digest “{after.name}” is changed",
            intro=" ".join(filter(None, (coming_words(after), self._unposed(after)))),
            items=(await self._row(after),),
            buttons=(Button(label="Preview", action=f"/digest preview {after.name}"),),
        )

    async def _list(self, call: Call) -> Post:
        digests = await self.subscriptions.digests(digest_owner(call.asker))
        if not digests:
            return Post(heading="Digests", intro="There is none yet. Set one up with /digest schedule.")
        return Post(heading="Digests", items=tuple([await self._row(subscription) for subscription in digests]))

    async def _history(self, call: Call) -> Post:
        subscription = await self.subscriptions.digest_named(digest_owner(call.asker), call.text("name"))
        page, zone = call.number("page", 1), subscription.schedule.zone
        slots = await self.history.slots(subscription.id)
        heading = f"Digest “{subscription.name}”: how its slots ended"
        if not slots:
            return Post(heading=heading, intro=f"None so far. {coming_words(subscription)}")
        rows = tuple(
            PostItem(
                title=moment(slot.record.due, zone),
                badge=_badge(slot.record, slot.problem),
                note=slot.problem or slot.record.reason,
            )
            for slot in slots[(page - 1) * _SHOWN : page * _SHOWN]
        )
        if not rows:
            return Post(heading=heading, intro=words.past_the_end(len(slots), _SHOWN))
        return Post(
            heading=heading,
            intro=words.page_of(page, len(slots), _SHOWN, "slot", "slots"),
            items=rows,
            buttons=words.page_buttons(call, page, len(slots), _SHOWN),
            footer=coming_words(subscription),
        )

    async def _remove(self, call: Call) -> Post:
        subscription = await self.subscriptions.remove_digest(digest_owner(call.asker), call.text("name"))
        return Post(heading=f"Digest “{subscription.name}” is stopped", intro="What it has posted stays.")

    async def _now(self, call: Call) -> Post:
        subscription = await self.subscriptions.digest_named(digest_owner(call.asker), call.text("name"))
        digest = await self.publisher.digest_now(subscription)
        if not digest.items:
            return Post(
                heading=f"Digest “{subscription.name}”",
                intro="There is nothing to tell that it has not told already.",
                private=True,
            )
        await self.deliverer.deliver([subscription.target.kind])  # whoever waits here waits for nobody's alerts
        count = words.plural(len(digest.items), "story", "stories")
        return Post(heading=f"Digest “{subscription.name}”", intro=f"{count} sent.", private=True)

    async def _preview(self, call: Call) -> Post:
        subscription = await self.subscriptions.digest_named(digest_owner(call.asker), call.text("name"))
        return await self.publisher.preview(subscription)

    # --- what the options say -----------------------------------------------------------------------------------

    def _when(self, call: Call, zone: str) -> Schedule:
        every, live = call.options.get("every"), bool(call.options.get("live", False))
        per_hour, per_day = call.options.get("per_hour"), call.options.get("per_day")
        return parse_schedule(
            call.text("times"),
            call.text("days"),
            zone,
            every=int(every) if every is not None else None,
            live=live,
            per_hour=int(per_hour) if per_hour is not None else None,
            per_day=int(per_day) if per_day is not None else None,
            now=self.publisher.clock.now(),
        )

    def _changed(self, call: Call, before: Schedule) -> Schedule:
        """The schedule with what the call names in the place of what was."""
        given, options = set(_WHEN) & set(call.options), dict(call.options)
        if not {"times", "every", "live"} & given:  # the same way as before, with other days, zone or caps
            if before.live:
                options |= {"live": True, "per_hour": before.per_hour, "per_day": before.per_day} | dict(call.options)
            elif before.every is not None:
                options["every"] = before.every
            else:
                options["times"] = ",".join(f"{wall:%H:%M}" for wall in before.times)
        zone = call.text("zone") or before.zone
        changed = self._when(replace(call, options=options), zone)
        return changed if "days" in given else replace(changed, weekdays=before.weekdays)

    async def _wanted(self, call: Call, before: Filter) -> Filter:
        """The filter `before` with the wishes that the call names."""
        changes: dict[str, object] = {}
        sources = await self._sources(call.asker)
        readers: dict[str, tuple[str, Callable[[str], object]]] = {
            "countries": ("countries", countries_of),
            "pairs": ("pairs", parse_pairs),
            "events": ("events", parse_events),
            "topics": ("keywords", parse_topics),
            "sources": ("sources", lambda text: parse_sources(text, sources)),
            "languages": ("languages", parse_languages),
        }
        for option, (field, read) in readers.items():
            if option in call.options:
                text = call.text(option)
                changes[field] = () if text.casefold() in words.NONE else read(text)
        if "relevance" in call.options:
            changes["minimum_relevance"] = call.number("relevance", 0) / 100
        if "outlets" in call.options:
            changes["minimum_sources"] = call.number("outlets", 1)
        return replace(before, **changes)  # type: ignore[arg-type]

    async def _sources(self, asker: Asker) -> tuple[Source, ...]:
        return await self.subscriptions.sources_of(None if asker.network == "console" else asker.guild_id)

    async def _zone(self, asker: Asker) -> str:
        return await zone_in(self.preferences, asker.guild_id, self.zone)

    async def _named(self, call: Call) -> None:
        """Where the call asks for a name, webhooks that were deleted before are made again."""
        if "post_as" in call.options and call.text("post_as").casefold() not in words.NONE:
            await MadeWebhooks(preferences=self.preferences).forgive(call.asker.guild_id)

    def _unposed(self, subscription: Subscription) -> str | None:
        """Why a digest that has a name of its own is not posted under it for now."""
        messenger = self.publisher.messengers.of(subscription.target.kind)
        if subscription.face is None or not isinstance(messenger, Posing):
            return None
        why = messenger.faceless(subscription.target)
        return f"For now it is posted under my own name. {why}" if why else None

    # --- in words -----------------------------------------------------------------------------------------------

    async def _row(self, subscription: Subscription) -> PostItem:
        target = subscription.target
        names = await self.subscriptions.source_names(subscription.guild_id, subscription.filter.sources)
        slots = await self.history.slots(subscription.id, 1)
        last = _last_words(slots[0].record, slots[0].problem, subscription.schedule.zone) if slots else ""
        return PostItem(
            title=subscription.name,
            badge="stopped" if subscription.disabled else None,
            points=(describe(subscription, names),),
            note=" ".join(filter(None, (coming_words(subscription), last))),
            channel=target.id if target.kind == "channel" else None,
        )


def describe(subscription: Subscription, names: Mapping[str, str]) -> str:
    """A digest in one sentence: what, where, when. `names`: of sources."""
    stories = "1 story" if subscription.size == 1 else f"Up to {subscription.size} stories"
    wanted = filter_words(subscription.filter, names)
    place = {"dm": "by direct message", "console": "in this console, while it is open"}.get(subscription.target.kind)
    told = " ".join(filter(None, (stories, wanted)))
    parts = [told, *([place] if place else []), schedule_words(subscription.schedule)]
    if subscription.face:
        parts.append(f"posted as “{subscription.face.name}”")
    if subscription.language:
        parts.append(
            f"told by articles in {LANGUAGES.get(subscription.language, subscription.language)} where there are any"
        )
    if subscription.say_empty and not subscription.schedule.live:
        parts.append("and a word when there is nothing new")
    return "; ".join(parts) + "."


def digest_owner(asker: Asker) -> str:
    """Whose digests an asker sees and sets up: the server's, the console's, or in direct messages their own."""
    if asker.network == "console":
        return CONSOLE
    return asker.guild_id or personal_owner(asker.user_id)


def _name(text: str) -> str:
    """A digest's name as typed, with single spaces: buttons carry it as words."""
    return " ".join(text.split())[:60].rstrip()


def _target(call: Call) -> Target:
    asker = call.asker
    if asker.network == "console":
        return Target(kind="console", id="console", guild_id=CONSOLE)
    if asker.guild_id is None:
        return Target(kind="dm", id=asker.user_id)
    return Target(kind="channel", id=call.text("channel") or str(asker.channel_id), guild_id=asker.guild_id)


def _face(call: Call, before: Face | None) -> Face | None:
    """The name that the digest is posted under, as the call has it, else as before."""
    given = {name: call.text(name) for name in ("post_as", "picture") if name in call.options}
    if given and _target(call).kind != "channel":
        raise InputError("Only a digest in a server's channel can have a name of its own.")
    plain = {name: "" if text.casefold() in words.NONE else text for name, text in given.items()}
    return face_of(plain.get("post_as"), plain.get("picture"), before)


def _disabled(call: Call, before: Subscription) -> str | None:
    """Whether the digest stands still after an edit: as asked, else as before; a new channel mends a lost one."""
    if "paused" in call.options:
        return PAUSED if call.options["paused"] else None
    return None if "channel" in call.options and before.disabled != PAUSED else before.disabled


def _first_words(subscription: Subscription) -> str:
    if subscription.schedule.live:
        return "It tells what is new from now on, as it happens."
    return f"The first one comes {moment(subscription.next_run, subscription.schedule.zone)}."


def _badge(record: SlotRecord, problem: str | None) -> str:
    return "not delivered" if problem else _OUTCOMES[record.outcome]


def _last_words(record: SlotRecord, problem: str | None, zone: str) -> str:
    return f"Last: {moment(record.due, zone)}, {_badge(record, problem)} ({problem or record.reason.rstrip('.')})."
