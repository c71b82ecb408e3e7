"""What each command does: a Call in, a Post out. The same for Discord and the console.

Every method answers from the services within the asker's scope; what a person may not do or mistyped is an
InputError, whose sentence the network shows.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat import words
from bot.chat.commands import Asker, Call
from bot.chat.digests import digest_owner
from bot.chat.helping import help_on
from bot.chat.management import Management
from bot.errors import InputError
from bot.model import Button, Post, PostItem, Query, Scope
from bot.ports import Clock, PreferenceStore
from bot.service.explaining import Explainer, Viewer, number_of
from bot.service.kept import zone_in
from bot.service.lookup import BRIEF_SPAN, Lookup, paged
from bot.service.naming import actor_name, countries_of, language_of
from bot.service.rules import Rules
from bot.service.schedules import parse_event
from bot.service.stories import parse_since, post_item
from bot.service.subscriptions import CONSOLE, Subscriptions

PAGE_SIZE = 5
"""Stories or articles on a page: what a phone shows without much scrolling."""

Answer = Callable[[Call], Awaitable[Post]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What commands are answered from."""

    lookup: Lookup
    explainer: Explainer
    subscriptions: Subscriptions
    rules: Rules
    preferences: PreferenceStore
    clock: Clock
    zone: str


class Answers:
    """`answer(call)`: the one way in, for every network."""

    def __init__(self, services: Services, management: Management) -> None:
        self._services = services
        self._handlers: Mapping[tuple[str, ...], Answer] = {
            ("latest",): self._latest,
            ("search",): self._search,
            ("brief",): self._brief,
            ("country",): self._country,
            ("relations",): self._relations,
            ("story",): self._story,
            ("evidence",): self._evidence,
            ("summarize",): self._summarize,
            ("explain",): self._explain,
            ("help",): self._help,
            **management.handlers(),
        }

    async def answer(self, call: Call) -> Post:
        """The Post to show; AttacheError is the sentence to show instead."""
        command, asker = call.command, call.asker
        own = command.personal and asker.guild_id is None
        if command.manage_server and not (asker.may_manage or own):
            raise InputError(f"/{command.name} needs the permission “Manage Server”.")
        post = await self._handlers[command.path](call)
        notice = await self._services.rules.notice(asker.user_id)
        private = command.private or post.private
        return replace(post, private=private, zone=await self._zone(asker), notice=notice)

    async def _zone(self, asker: Asker) -> str:
        """The zone of look-ups: what the server chose with /settings, else the operator's."""
        return await zone_in(self._services.preferences, asker.guild_id, self._services.zone)

    async def _scope(self, asker: Asker) -> Scope:
        """A server sees its sources and shared ones, a direct message shared ones, the console everything."""
        if asker.network == "console":
            return await self._services.subscriptions.console()
        return await self._services.subscriptions.scope(asker.guild_id)

    async def _scope_of(self, asker: Asker, number: int) -> Scope:
        """What the asker may see of that story: in direct messages also what an alert of theirs told of it."""
        if asker.network == "console" or asker.guild_id is not None:
            return await self._scope(asker)
        return await self._services.rules.sight.direct(asker.user_id, number)

    async def _language(self, call: Call) -> str | None:
        """The language to tell it in: what the call says ("-": as the articles are), else what was chosen for the
        person in direct messages, for the server or the channel elsewhere.
        """
        asker, readers = call.asker, self._services.rules.readers
        if "language" in call.options:
            return words.language_or_none(call)
        if asker.network == "console":
            return await readers.language_in(CONSOLE, CONSOLE)
        if asker.guild_id is None:
            return await readers.language_of(asker.user_id)
        return await readers.language_in(asker.guild_id, asker.channel_id)

    async def _latest(self, call: Call) -> Post:
        countries = countries_of(call.text("country"))
        count, page = call.number("count", PAGE_SIZE), call.number("page", 1)
        scope, language = await self._scope(call.asker), await self._language(call)
        items, total = await self._services.lookup.latest(scope, countries, count, page, language)
        if total and not items:
            return _nothing("Latest", words.past_the_end(total, count))
        if not items:
            return _nothing("Latest", "No diplomatic story of the last three days" + words.about(countries) + ".")
        return Post(
            heading="Latest diplomatic stories" + words.about(countries),
            intro=words.page_of(page, total, count, "story", "stories"),
            items=tuple(words.story_item(item) for item in items),
            buttons=words.page_buttons(call, page, total, count),
        )

    async def _search(self, call: Call) -> Post:
        page = call.number("page", 1)
        query = replace(self._filters(call), text=call.text("query"), since=self._moment(call, "since"))
        if query == Query(limit=PAGE_SIZE):
            raise InputError("Say what to search for: words, or a filter such as country:Japan or event:sanctions.")
        scope, language = await self._scope(call.asker), await self._language(call)
        found = await self._services.lookup.search(paged(query, page), scope, language)
        heading = (f"Search: {query.text}" if query.text else "Search") + words.filtered(query)
        if found.total and not found.readings:
            return _nothing(heading, words.past_the_end(found.total, PAGE_SIZE))
        if not found.readings:
            more = "Fewer or other words may." if query.text else "Fewer filters or a longer time may."
            return _nothing(heading, f"Nothing in the archive matches. {more}")
        return Post(
            heading=heading,
            intro=words.page_of(page, found.total, PAGE_SIZE, "article", "articles"),
            items=tuple(map(post_item, found.items)),
            buttons=words.page_buttons(call, page, found.total, PAGE_SIZE),
        )

    async def _brief(self, call: Call) -> Post:
        about, since = call.text("about"), call.text("since")
        span: timedelta | None = None
        if since:
            now = self._services.clock.now()
            moment = parse_since(since, now)
            if moment is None or moment >= now:
                raise InputError(
                    "since must look like 24h, 3d, 2w, yesterday, or a day in the past such as 2026-10-05."
                )
            span = now - moment
        filters = self._filters(call)
        asked = None if filters == Query(limit=PAGE_SIZE) else filters
        scope, language = await self._scope(call.asker), await self._language(call)
        items = await self._services.lookup.brief(about, span, scope, PAGE_SIZE, asked, language)
        heading = words.brief_heading(about, filters)
        if not items:
            fewer = "Fewer filters may find something, and so may a longer time" if asked else "To look further back"
            when = f"since {since}" if since else f"in the last {BRIEF_SPAN.days} days"
            return _nothing(heading, f"Nothing {when}. {fewer}: since:30d.")
        outlets = {line.outlet for item in items for line in item.lines}
        stories = "weightiest story" if len(items) == 1 else f"{len(items)} weightiest stories"
        intro = f"The {stories}, from {words.plural(len(outlets), 'outlet', 'outlets')}."
        return Post(heading=heading, intro=intro, items=tuple(words.story_item(item, points=3) for item in items))

    def _moment(self, call: Call, name: str) -> datetime | None:
        """The moment that the option `name` gives; None without it."""
        text = call.text(name)
        moment = parse_since(text, self._services.clock.now()) if text else None
        if text and moment is None:
            raise InputError(f"{name} must look like 24h, 3d, 2w, yesterday, or a day such as 2026-10-05.")
        return moment

    def _filters(self, call: Call) -> Query:
        """What the options of `/search` and `/brief` ask for, but for words and `since`."""
        event = call.text("event")
        return Query(
            countries=countries_of(call.text("country")),
            event=parse_event(event) if event else None,
            source=call.text("source") or None,
            kind=call.text("kind") or None,
            language=language_of(call.text("lang")),
            until=self._moment(call, "until"),
            limit=PAGE_SIZE,
        )

    async def _country(self, call: Call) -> Post:
        return await self._ledger(call, words.one_actor(call.text("name")), None)

    async def _relations(self, call: Call) -> Post:
        first, second = (words.one_actor(call.text(name)) for name in ("first", "second"))
        if first == second:
            raise InputError("/relations needs two different countries or organisations.")
        return await self._ledger(call, first, second)

    async def _ledger(self, call: Call, actor: str, other: str | None) -> Post:
        scope, page = await self._scope(call.asker), call.number("page", 1)
        found = await self._services.lookup.ledger(
            scope,
            actor,
            other,
            self._moment(call, "since"),
            language=await self._language(call),
            first=(page - 1) * PAGE_SIZE,
            count=PAGE_SIZE,
        )
        names = " and ".join(actor_name(code) for code in (actor, other) if code)
        if not found.total:
            return _nothing(names, "The archive holds no dealing of theirs in this time.")
        if not found.page:
            return _nothing(names, words.past_the_end(found.total, PAGE_SIZE))
        return Post(
            heading=names,
            intro=words.page_of(page, found.total, PAGE_SIZE, "dealing", "dealings"),
            items=tuple(words.dealing_item(dealing, reading, found.names) for dealing, reading in found.page),
            buttons=words.page_buttons(call, page, found.total, PAGE_SIZE),
            footer="As reported; one line for each thing done in a story, linked to its first report in your language, "
            "else in English.",
        )

    async def _story(self, call: Call) -> Post:
        number = call.number("number", 0)
        scope, language = await self._scope_of(call.asker, number), await self._language(call)
        story, item = await self._services.lookup.story(number, scope, language)
        grew = tuple(
            PostItem(
                title=line.title,
                url=line.url,
                lines=(replace(line, title=""),),
                badge=words.RELATIONS.get(line.relation),
            )
            for line in item.lines[:12]
        )
        main = replace(words.story_item(item, points=5), lines=())
        return Post(
            heading=f"Story {story.number}",
            intro=words.story_facts(story, item, await self._zone(call.asker)),
            items=(main, *grew),
            footer=words.more_articles(len(item.lines) - len(grew)),
            buttons=(Button(label="Evidence", action=f"/evidence {story.number} {item.into or ''}".rstrip()),),
        )

    async def _evidence(self, call: Call) -> Post:
        number = call.number("number", 0)
        scope, language = await self._scope_of(call.asker, number), await self._language(call)
        story, found = await self._services.lookup.evidence(number, scope, language)
        return Post(
            heading=f"Story {story.number}: what its points rest on",
            items=tuple(words.grounds_item(number, one) for number, one in enumerate(found, 1)),
            footer="Each point, and under it its source's sentence between » and «, with the words around it.",
            private=True,
        )

    async def _summarize(self, call: Call) -> Post:
        url = call.text("url")
        reading = await self._services.lookup.summarize(url)
        item = words.article_item(reading, {}, points=5)
        return Post(heading="Key points", items=(item,), footer=words.summary_note(reading))

    async def _explain(self, call: Call) -> Post:
        asker, services = call.asker, self._services
        console = asker.network == "console"
        asked = number_of(call.text("item"))
        viewer = Viewer(
            scope=await self._scope(asker) if asked is None else await self._scope_of(asker, asked),
            digests=await services.subscriptions.digests(None if console else digest_owner(asker)),
            user_id=asker.user_id,
            operator=console,
        )
        found = await services.explainer.explain(call.text("item"), viewer)
        return Post(
            heading=f"What happened to {found.subject}",
            intro=found.title if found.title != found.subject else None,
            items=words.explained(found, await self._zone(asker)),
            buttons=(Button(label=f"Story {found.story}", action=f"/story {found.story}"),) if found.story else (),
        )

    async def _help(self, call: Call) -> Post:
        return help_on(call.text("command"))


def _nothing(heading: str, why: str) -> Post:
    return Post(heading=heading, intro=why)
