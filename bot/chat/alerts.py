"""What `/alerts`, `/follow`, `/unfollow` and `/following` do. The buttons on alerts carry the same command lines."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat import words
from bot.chat.commands import Asker, Call
from bot.errors import InputError
from bot.model import AlertRule, Button, Post, PostItem
from bot.ports import Clock
from bot.service.naming import countries_of
from bot.service.rehearsal import Rehearsal, Rehearsed
from bot.service.rules import Rules, Wish, parse_quiet
from bot.service.schedules import moment, parse_pairs
from bot.service.subscriptions import CONSOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCommands:
    """The handlers. Each answers the asker alone, and reaches the asker's rules alone."""

    rules: Rules
    rehearsal: Rehearsal
    clock: Clock
    zone: str

    def handlers(self) -> Mapping[tuple[str, ...], Callable[[Call], Awaitable[Post]]]:
        """By the command's path."""
        return {
            ("alerts", "add"): self._add,
            ("alerts", "preview"): self._preview,
            ("alerts", "list"): self._list,
            ("alerts", "remove"): self._remove,
            ("alerts", "stop"): self._stop,
            ("alerts", "resume"): self._resume,
            ("alerts", "mute"): self._mute,
            ("alerts", "more"): self._more,
            ("alerts", "quiet"): self._quiet,
            ("follow",): self._follow,
            ("unfollow",): self._unfollow,
            ("following",): self._following,
        }

    async def _draft(self, call: Call) -> AlertRule:
        wish = Wish(
            countries=countries_of(call.text("country")),
            pairs=parse_pairs(call.text("pairs")),
            events=call.text("event"),
            keywords=call.text("keywords"),
            outlets=call.text("outlets"),
            minimum_sources=call.number("sources", 1),
            breaking=call.number("breaking", 0),
            within=call.number("within", 60),
        )
        return await self.rules.draft(call.asker.user_id, _owner(call.asker), wish)

    async def _add(self, call: Call) -> Post:
        rule = await self.rules.save(await self._draft(call))
        added = await self._added(rule, "Alert added", "when a new story matches")
        done = await replace(self.rehearsal, seconds=GLANCE).run(rule)
        if not done.whole and not done.count:
            return added
        shows = (Button(label="Preview", action=f"/alerts preview alert:{rule.id}"),) if done.count else ()
        return replace(added, intro=f"{added.intro} {counted(done)}", buttons=shows)

    async def _added(self, rule: AlertRule, heading: str, when: str) -> Post:
        what = await self.rules.describe(rule)
        where = "here" if rule.guild_id == CONSOLE else "by direct message"
        intro = f"I tell you {where} {when}: {what}."
        if rule.awaiting:
            intro += " I am sending you a direct message now; it begins when that has arrived."
        return Post(heading=heading, intro=intro)

    async def _preview(self, call: Call) -> Post:
        wanted = call.text("alert")
        rule = await (self.rules.named(call.asker.user_id, wanted) if wanted else self._draft(call))
        if rule.story is not None:
            raise InputError("A story that you follow has no preview. /story shows it.")
        done = await self.rehearsal.run(rule)
        return Post(
            heading="Preview of an alert",
            intro=f"For {await self.rules.describe(rule)}. {counted(done)}",
            items=tuple(words.story_item(item, points=1) for item in done.items),
            footer="Nothing was sent. Each story counts once, as it stands today; quiet hours and mutes are left out.",
            zone=self.zone,
        )

    async def _list(self, call: Call) -> Post:
        rules = await self.rules.alerts(call.asker.user_id)
        if not rules:
            return Post(heading="Your alerts", intro="You have none. Add one with /alerts add.")
        rows = [await self._row(rule, number) for number, rule in enumerate(rules, 1)]
        return Post(heading="Your alerts", items=tuple(rows))

    async def _row(self, rule: AlertRule, number: int | None) -> PostItem:
        now, zone = self.clock.now(), self.zone
        row = PostItem(title=await self.rules.describe(rule), number=number)
        if rule.disabled:
            return replace(row, badge="stopped", note=rule.disabled)
        if rule.awaiting:
            return replace(row, badge="not confirmed", note="It begins when my direct message has arrived.")
        if rule.muted_until is not None and rule.muted_until > now:
            return replace(row, badge="muted", note=f"until {moment(rule.muted_until, zone)}")
        return row

    async def _remove(self, call: Call) -> Post:
        rule = await self.rules.named(call.asker.user_id, call.text("alert"))
        what = await self.rules.describe(rule)
        await self.rules.remove(call.asker.user_id, rule.id)
        return Post(heading="Alert removed", intro=what)

    async def _stop(self, call: Call) -> Post:
        rule = await self.rules.stop(call.asker.user_id, call.text("alert"))
        again = Button(label="Start again", action=f"/alerts resume {rule.id}")
        what = await self.rules.describe(rule)
        return Post(heading="Alert stopped", intro=f"I tell you nothing more about {what}.", buttons=(again,))

    async def _resume(self, call: Call) -> Post:
        rule = await self.rules.resume(call.asker.user_id, call.text("alert"))
        return await self._added(rule, "Alert resumed", "when a new story matches")

    async def _mute(self, call: Call) -> Post:
        hours = call.number("hours", 24)
        wanted = call.text("alert")
        until = await self.rules.mute(call.asker.user_id, wanted, timedelta(hours=hours))
        what = "Your alerts and the stories that you follow are" if wanted == "all" else "It is"
        if not hours:
            return Post(heading="Mute ended", intro=f"{what} sent again.")
        return Post(heading="Muted", intro=f"{what} silent until {moment(until, self.zone)}. What matches is dropped.")

    async def _more(self, call: Call) -> Post:
        asker = call.asker
        # The press on a direct message shows that direct messages arrive.
        arrived = asker.guild_id is None
        rule = await self.rules.more(asker.user_id, _owner(asker), call.number("story", 0), armed=arrived)
        return await self._added(rule, "Alert added", "when a new story matches")

    async def _quiet(self, call: Call) -> Post:
        user, hours = call.asker.user_id, call.text("hours")
        known = await self.rules.readers.quiet(user)
        if hours.lower() == "off":
            await self.rules.readers.set_quiet(user, None)
            return Post(heading="Quiet hours", intro="Off. Alerts come at any time.")
        if hours:
            zone = call.text("zone") or (known.zone if known else "")
            if not zone:
                raise InputError("Give your time zone too, such as zone:Europe/Paris.")
            known = parse_quiet(hours, zone)
            await self.rules.readers.set_quiet(user, known)
        if known is None:
            return Post(heading="Quiet hours", intro="There are none. Set them with /alerts quiet 22:00-07:00.")
        times = f"{known.start:%H:%M} to {known.end:%H:%M}, {known.zone}"
        return Post(heading="Quiet hours", intro=f"{times}. What matches then comes in one message when they end.")

    # --- following ----------------------------------------------------------------------------------------------

    async def _follow(self, call: Call) -> Post:
        asker = call.asker
        number = call.number("story", 0)
        rule = await self.rules.follow(asker.user_id, _owner(asker), number, armed=asker.guild_id is None)
        return await self._added(rule, f"Following story {number}", "when something changes in")

    async def _unfollow(self, call: Call) -> Post:
        rule = await self.rules.unfollow(call.asker.user_id, call.text("story"))
        return Post(heading="No longer following", intro=await self.rules.describe(rule))

    async def _following(self, call: Call) -> Post:
        rules = await self.rules.follows(call.asker.user_id)
        if not rules:
            return Post(heading="Stories that you follow", intro="There is none. Follow one with /follow.")
        rows = [await self._row(rule, None) for rule in rules]
        return Post(heading="Stories that you follow", items=tuple(rows))


GLANCE = 1.5
"""Seconds that a new alert is tried on the archive for before its answer: it shows at once that a word is misspelt or
far too common, and nobody waits for it.
"""
FEW = 3
"""Stories from which a rate says more than their number: of two a month it would tell a fraction."""


def _owner(asker: Asker) -> str | None:
    return CONSOLE if asker.network == "console" else asker.guild_id


def counted(done: Rehearsed) -> str:
    """How often an alert would have told something, in a sentence."""
    days = max(1, round((done.until - done.since) / timedelta(days=1)))
    span = f"the last {days} days" if days > 1 else "the last day"
    if not done.whole:
        span += " (as far back as I could look in time)"
    if not done.count:
        return f"In {span} it would have told nothing."
    told = f"In {span} it would have told {words.plural(done.count, 'story', 'stories')}"
    if done.count < FEW:
        return f"{told}."
    return f"{told}: {done.daily:.1f} a day, at most {done.busiest} on one day."
