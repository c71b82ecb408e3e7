"""The App: every service over the parts that were opened, and the system jobs."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bot import storage
from bot.bootstrap.options import (
    agent,
    declared_sources,
    fetch_options,
    housekeeping_of,
    intake_options,
    limits_of,
)
from bot.bootstrap.reading import worker_options
from bot.bootstrap.writer import language_model, translator
from bot.chat.answers import Answers, Services
from bot.chat.digests import Digests
from bot.chat.management import Management
from bot.chat.suggestions import Suggestions
from bot.config import Settings
from bot.grouping.cluster import Window
from bot.model import TargetKind
from bot.polling import client
from bot.polling.replay import ReplayFetcher, recorded
from bot.ports import Clock, Fetcher, Messenger, PreferenceStore, Probe, Store
from bot.service import intake, workers
from bot.service.alerting import Alerter
from bot.service.clock import SystemClock, no_probe
from bot.service.closing import Hours
from bot.service.correcting import Corrector
from bot.service.delivering import NOT_DIRECT, Deliverer
from bot.service.explaining import Explainer
from bot.service.faces import MadeWebhooks
from bot.service.history import History
from bot.service.housekeeping import Housekeeping
from bot.service.lookup import Lookup
from bot.service.pages import Pages
from bot.service.privacy import Privacy
from bot.service.publishing import Publisher
from bot.service.rehearsal import Rehearsal
from bot.service.robots import Robots
from bot.service.rules import Rules
from bot.service.scheduler import Job
from bot.service.servers import Servers
from bot.service.sources import SourceFinder
from bot.service.status import Status
from bot.service.stories import Stories
from bot.service.subscriptions import Subscriptions
from bot.service.summaries import PooledSummarizer

if TYPE_CHECKING:
    from bot.chat.discord.client import DiscordChat
    from bot.summarizing.llm import LlmSummarizer

DRAIN = timedelta(seconds=5)
"""How long running commands, and then running jobs, may go on after SIGTERM: ten seconds in all."""

WINDOW = timedelta(days=5)
"""How far back grouping remembers articles: a day more than two reports of one event may lie apart."""

LOOK_EVERY = timedelta(seconds=20)
"""How often the poller looks which sources are due."""

BETWEEN_DIRECT = timedelta(seconds=1)
"""After each direct message: Discord names no limit, and refuses those that are opened too fast (40003)."""


class MessengerTable:
    """Which kinds of targets this process serves. A chat network registers its messenger when it is connected."""

    def __init__(self) -> None:
        self._by_kind: dict[TargetKind, Messenger] = {}

    def register(self, messenger: Messenger, *kinds: TargetKind) -> None:
        """`messenger` serves targets of `kinds` from now on."""
        for kind in kinds:
            self._by_kind[kind] = messenger

    def of(self, kind: TargetKind) -> Messenger | None:
        """By the target's kind; None when nobody here serves it."""
        return self._by_kind.get(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The wired bot. Commands take from it what they need."""

    settings: Settings
    clock: Clock
    store: Store
    preferences: PreferenceStore
    messengers: MessengerTable
    pool: workers.WorkerPool
    intaker: intake.Intaker
    publisher: Publisher
    deliverer: Deliverer
    alerter: Alerter
    subscriptions: Subscriptions
    rules: Rules
    stories: Stories
    lookup: Lookup
    explainer: Explainer
    corrector: Corrector
    status: Status
    housekeeping: Housekeeping
    servers: Servers
    finder: SourceFinder
    answers: Answers
    model: "LlmSummarizer | None" = None

    async def poll(self) -> None:
        """A round of the scheduler: what is due is polled, read and stored; alerts go to the outbox."""
        report = await self.intaker.round()
        if report.articles:
            await self.alert()

    async def alert(self) -> None:
        """What matches a rule goes to the outbox, and from there at once, or to the queue of direct messages."""
        if await self.alerter.sweep():
            await self.post()

    async def dispatch(self) -> None:
        """Digests whose time has come go to the outbox, and from there at once."""
        if await self.publisher.dispatch():
            await self.post()

    async def post(self) -> None:
        """What is due goes out, but for direct messages: no channel waits for their slow queue."""
        await self.deliverer.deliver(NOT_DIRECT)

    async def write(self) -> None:
        """The direct messages that are due go out, one after the other."""
        await self.deliverer.deliver(["dm"])

    def telling(self) -> tuple[Job, ...]:
        """Those of `jobs` that tell what was set up: all that a console needs beside a running bot."""
        return (
            Job(name="dispatch", run=self.dispatch, every=timedelta(seconds=10)),
            Job(name="alerts", run=self.alert, every=timedelta(minutes=5)),
            Job(name="deliver", run=self.post, every=timedelta(seconds=5)),
        )

    def jobs(self) -> tuple[Job, ...]:
        """The system jobs of a running bot. Their pauses bound how late a poll, a digest or a message may be."""
        return (
            Job(name="poll", run=self.poll, every=min(LOOK_EVERY, self.settings.polling.minimum)),
            *self.telling(),
            Job(name="corrections", run=self.corrector.sweep, every=timedelta(minutes=1)),
            Job(name="direct", run=self.write, every=timedelta(seconds=5)),
            Job(name="housekeeping", run=self.housekeeping.run, every=timedelta(hours=6), soon=False),
        )


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    exclusive: str | None = None,
    clock: Clock | None = None,
    probe: Probe = no_probe,
    random: Random | None = None,
    worker: str = "bot.service.worker",
) -> AsyncIterator[App]:
    """Open everything and wire it. `exclusive` names the command that needs the store for itself ("run", "poll"):
    a second one is refused with StoreInUse; None opens it beside a running bot. `worker` is the module that worker
    processes run.
    """
    async with AsyncExitStack() as stack:
        time = clock or SystemClock()
        if exclusive and (path := storage.store_path(settings.store.url)) is not None:
            stack.enter_context(storage.StoreLock(path, command=exclusive, now=time.now()))
        pool = workers.WorkerPool(replace(worker_options(settings), module=worker))
        chance = random or Random()  # noqa: S311 - spreads polls, guards nothing
        ground = await _open(settings, time, probe, chance, pool, stack)
        app = _wire(ground)
        if exclusive or not _runs(settings):
            await app.subscriptions.declare(declared_sources(settings))
        if exclusive:
            await app.subscriptions.reckon()
        yield app


def _runs(settings: Settings) -> bool:
    """Whether a bot runs on the store: what it read at its start stands, whatever configuration a look-up beside it has
    (another folder's, or none, which would share the starter list and take the operator's sources away).
    """
    path = storage.store_path(settings.store.url)
    return path is not None and storage.holder(path) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What everything else stands on: opened, and closed by the stack that opened it."""

    settings: Settings
    clock: Clock
    probe: Probe
    random: Random
    store: Store
    preferences: PreferenceStore
    fetcher: Fetcher
    pool: workers.WorkerPool
    pages: Pages
    model: "LlmSummarizer | None"


async def _open(
    settings: Settings, clock: Clock, probe: Probe, random: Random, pool: workers.WorkerPool, stack: AsyncExitStack
) -> _Ground:
    store = await storage.open_store(settings.store.url, probe=probe)
    stack.push_async_callback(store.close)
    preferences = await storage.open_preferences(settings.store.url)
    stack.push_async_callback(preferences.close)
    fetcher = await stack.enter_async_context(open_fetcher(settings, clock))
    await stack.enter_async_context(pool)
    model = language_model(settings, pool, preferences, clock)
    if model is not None:
        stack.push_async_callback(model.model.aclose)
    return _Ground(
        settings=settings,
        clock=clock,
        probe=probe,
        random=random,
        store=store,
        preferences=preferences,
        fetcher=fetcher,
        pool=pool,
        pages=Pages(
            fetcher=fetcher,
            pool=pool,
            clock=clock,
            robots=Robots(fetcher=fetcher, preferences=preferences, clock=clock, user_agent=agent(settings)),
        ),
        model=model,
    )


def _wire(ground: _Ground) -> App:
    settings, store, clock, probe = ground.settings, ground.store, ground.clock, ground.probe
    messengers = MessengerTable()
    subscriptions = Subscriptions(store=store, preferences=ground.preferences, clock=clock, limits=limits_of(settings))
    stories = Stories(
        store=store,
        cache=ground.preferences,
        summarizer=PooledSummarizer(ground.pool),
        clock=clock,
        model=ground.model,
        translator=translator(ground.model, ground.pool),
    )
    lookup = Lookup(store=store, stories=stories, pages=ground.pages, clock=clock)
    deliverer = Deliverer(store=store, messengers=messengers, clock=clock, probe=probe, between=BETWEEN_DIRECT)
    publisher = Publisher(
        store=store, stories=stories, subscriptions=subscriptions, messengers=messengers, clock=clock, probe=probe
    )
    rules = Rules(
        store=store,
        stories=stories,
        subscriptions=subscriptions,
        preferences=ground.preferences,
        clock=clock,
        limits=limits_of(settings),
    )
    alerter = _alerter(ground, stories, rules, messengers)
    privacy = Privacy(
        store=store, preferences=ground.preferences, clock=clock, keep_removed=settings.retention.removed_server
    )
    digests = Digests(
        subscriptions=subscriptions,
        publisher=publisher,
        deliverer=deliverer,
        history=History(store=store),
        preferences=ground.preferences,
        zone=settings.zone,
    )
    management = Management(
        digests=digests,
        subscriptions=subscriptions,
        finder=SourceFinder(fetcher=ground.fetcher, pool=ground.pool, clock=clock),
        privacy=privacy,
        status=Status(
            store=store,
            subscriptions=subscriptions,
            preferences=ground.preferences,
            clock=clock,
            model=ground.model.model.state if ground.model else None,
        ),
        preferences=ground.preferences,
        rules=rules,
        rehearsal=Rehearsal(stories=stories, rules=rules, clock=clock),
        clock=clock,
        zone=settings.zone,
    )
    return _app(ground, messengers, stories, lookup, alerter, management)


def _alerter(ground: _Ground, stories: Stories, rules: Rules, messengers: MessengerTable) -> Alerter:
    return Alerter(
        store=ground.store,
        stories=stories,
        rules=rules,
        messengers=messengers,
        clock=ground.clock,
        probe=ground.probe,
        per_hour=ground.settings.limits.alerts_per_hour,
        zone=ground.settings.zone,
    )


def _app(
    ground: _Ground,
    messengers: MessengerTable,
    stories: Stories,
    lookup: Lookup,
    alerter: Alerter,
    management: Management,
) -> App:
    settings, store, preferences, clock = ground.settings, ground.store, ground.preferences, ground.clock
    subscriptions, privacy = management.subscriptions, management.privacy
    explainer = Explainer(
        store=store,
        stories=stories,
        subscriptions=subscriptions,
        publisher=management.digests.publisher,
        clock=clock,
    )
    services = Services(
        lookup=lookup,
        explainer=explainer,
        subscriptions=subscriptions,
        rules=management.rules,
        preferences=preferences,
        clock=clock,
        zone=settings.zone,
    )
    return App(
        settings=settings,
        clock=clock,
        store=store,
        preferences=preferences,
        messengers=messengers,
        pool=ground.pool,
        intaker=_intaker(ground, subscriptions),
        publisher=management.digests.publisher,
        deliverer=management.digests.deliverer,
        alerter=alerter,
        subscriptions=subscriptions,
        rules=management.rules,
        stories=stories,
        lookup=lookup,
        explainer=explainer,
        corrector=Corrector(
            store=store, stories=stories, subscriptions=subscriptions, messengers=messengers, clock=clock
        ),
        status=management.status,
        housekeeping=housekeeping_of(settings, store, privacy, clock),
        servers=Servers(
            privacy=privacy,
            subscriptions=subscriptions,
            store=store,
            preferences=preferences,
            stopped=management.digests.deliverer.stopped,
        ),
        finder=management.finder,
        answers=Answers(services, management),
        model=ground.model,
    )


def _intaker(ground: _Ground, subscriptions: Subscriptions) -> intake.Intaker:
    return intake.Intaker(
        store=ground.store,
        fetcher=ground.fetcher,
        pages=ground.pages,
        pool=ground.pool,
        hours=Hours(
            store=ground.store,
            subscriptions=subscriptions,
            window=Window(),
            clock=ground.clock,
            probe=ground.probe,
            span=WINDOW,
        ),
        clock=ground.clock,
        random=ground.random,
        probe=ground.probe,
        options=intake_options(ground.settings),
    )


def discord_chat(app: App) -> "DiscordChat":
    """The Discord side of the bot, not yet started."""
    from bot.chat.discord.client import DiscordChat, Options

    discord = app.settings.discord
    options = Options(api_url=discord.api_url or None, gateway_url=discord.gateway_url or None, drain=DRAIN)
    suggestions = Suggestions(subscriptions=app.subscriptions, rules=app.rules)
    made = MadeWebhooks(preferences=app.preferences)
    return DiscordChat(app.answers, app.servers, app.servers, made, options, suggestions)


@asynccontextmanager
async def open_fetcher(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Fetcher]:
    """The one HTTP client, while the context is open."""
    fetcher = client.HttpFetcher(fetch_options(settings), clock=clock or SystemClock())
    folder = settings.network.replay
    try:
        yield fetcher if folder is None else ReplayFetcher(recorded(Path(folder)), fetcher)
    finally:
        await fetcher.aclose()
