"""Settings onto each part's own Options."""

from bot import __version__
from bot.config import Settings, SourceSettings
from bot.model import Source, normalize_url, source_id
from bot.polling import client, next_poll
from bot.ports import Clock, Store
from bot.service import intake
from bot.service.housekeeping import Housekeeping
from bot.service.privacy import Privacy
from bot.service.starter import starter_sources
from bot.service.subscriptions import Limits

DEFAULT_AGENT = f"Attache/{__version__} (news digests for Discord)"


def fetch_options(settings: Settings) -> client.Options:
    """How the web is reached."""
    network = settings.network
    return client.Options(
        user_agent=agent(settings),
        total_seconds=network.total_time.total_seconds(),
        max_bytes=network.max_bytes,
        allow_private=network.allow_private,
    )


def agent(settings: Settings) -> str:
    """How the bot names itself to publishers, with a way to reach who runs it."""
    network = settings.network
    named = f"{DEFAULT_AGENT[:-1]}; {network.contact})" if network.contact else DEFAULT_AGENT
    return network.user_agent or named


def declared_sources(settings: Settings) -> tuple[Source, ...]:
    """The operator's sources; the starter list when the configuration names none."""
    if not settings.sources:
        return starter_sources()
    return tuple(_source(source) for source in settings.sources)


def _source(source: SourceSettings) -> Source:
    return Source(
        id=source_id(source.url),
        url=normalize_url(source.url),
        name=source.name or normalize_url(source.url),
        country=source.country,
        language=source.language,
        outlet_kind=source.kind,
        tags=source.tags,
        shared=source.shared,
        operator=True,
    )


def limits_of(settings: Settings) -> Limits:
    """What one server or one user may ask for."""
    limits = settings.limits
    return Limits(
        sources_per_server=limits.sources_per_server,
        digests_per_server=limits.digests_per_server,
        alerts_per_user=limits.alerts_per_user,
    )


def intake_options(settings: Settings) -> intake.Options:
    """How often sources are asked, and how many at once."""
    polling = settings.polling
    return intake.Options(
        concurrency=settings.network.concurrency,
        polling=next_poll.Options(
            interval=polling.interval, shortest=min(polling.minimum, polling.interval), longest=polling.maximum
        ),
    )


def housekeeping_of(settings: Settings, store: Store, privacy: Privacy, clock: Clock) -> Housekeeping:
    """What is forgotten, and when."""
    keep = settings.retention
    return Housekeeping(
        store=store, privacy=privacy, clock=clock, articles=keep.articles, texts=keep.text, journal=keep.journal
    )
