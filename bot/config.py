"""The configuration: a TOML file and the environment, read once into frozen Settings.

All mistakes are reported together, each naming its key. Secrets are not part of it: they come from
`ATTACHE_DISCORD_TOKEN` (or a file named by `ATTACHE_DISCORD_TOKEN_FILE`) and the variable that
`summarizer.api_key_env` names, and are never printed. Every key may be overridden by an environment variable:
`ATTACHE_POLLING_INTERVAL` for `polling.interval`.
"""

import dataclasses
import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from types import UnionType
from typing import Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import ConfigError
from bot.model import OutletKind, normalize_url

T = TypeVar("T")
Toml = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where things rest: `sqlite:///path`; preferences lie beside it."""

    url: str = "sqlite:///attache.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """How the web is reached. `allow_private` lists the CIDR ranges that sources may reach beside public ones.

    `replay` is a folder of recorded answers, used in the place of the addresses that it holds.
    """

    allow_private: tuple[str, ...] = ()
    user_agent: str = ""
    contact: str = ""
    total_time: timedelta = timedelta(seconds=30)
    max_bytes: int = 5_000_000
    concurrency: int = 8
    replay: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollingSettings:
    """How often sources are asked."""

    interval: timedelta = timedelta(minutes=15)
    minimum: timedelta = timedelta(minutes=5)
    maximum: timedelta = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """One of the operator's sources; `url` is needed."""

    url: str = ""
    name: str = ""
    country: str | None = None
    language: str | None = None
    kind: OutletKind | None = None
    tags: tuple[str, ...] = ()
    shared: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizerSettings:
    """Who writes key points: "extractive", or "openai" for any OpenAI-style endpoint.

    `timeout` is for one story: readers of a look-up wait so long at most. `daily_tokens` (0: no limit) is some 80
    stories a day; `concurrency` 2, for a model on the same machine serves no more at once. `max_tokens` bounds one
    answer. `price_input` and `price_output` are for a million tokens, `daily_cost` (0: no limit) is money a day.
    """

    backend: Literal["extractive", "openai"] = "extractive"
    base_url: str | None = None
    model: str | None = None
    api_key_env: str = "ATTACHE_API_KEY"
    timeout: timedelta = timedelta(seconds=20)
    daily_tokens: int = 200_000
    max_tokens: int = 1_200
    price_input: float = 0.0
    price_output: float = 0.0
    daily_cost: float = 0.0
    concurrency: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordSettings:
    """Addresses of Discord, for a proxy; empty means Discord's own."""

    api_url: str = ""
    gateway_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long things are kept."""

    articles: timedelta = timedelta(days=365)
    text: timedelta = timedelta(days=90)
    journal: timedelta = timedelta(days=30)
    removed_server: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """The processes that read pages. `deadline` kills one that hangs; `memory` is megabytes for each."""

    processes: int = 1
    deadline: timedelta = timedelta(seconds=20)
    memory: int = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    """What one server or user may ask for."""

    sources_per_server: int = 50
    digests_per_server: int = 20
    alerts_per_user: int = 20
    alerts_per_hour: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """Health and metrics on loopback; port 0 switches them off."""

    port: int = 0
    host: str = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """Logs go to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of it. `starter` sources serve when `[[sources]]` is empty."""

    store: StoreSettings = StoreSettings()
    network: NetworkSettings = NetworkSettings()
    polling: PollingSettings = PollingSettings()
    sources: tuple[SourceSettings, ...] = ()
    summarizer: SummarizerSettings = SummarizerSettings()
    discord: DiscordSettings = DiscordSettings()
    retention: RetentionSettings = RetentionSettings()
    worker: WorkerSettings = WorkerSettings()
    limits: LimitSettings = LimitSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()
    zone: str = field(default="UTC")


_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)


def parse_duration(value: object) -> timedelta:
    """Seconds as a number, or an ISO 8601 duration of weeks to seconds ("PT15M"); ValueError otherwise."""
    if (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isdecimal()
    ):
        seconds = float(value)
    elif isinstance(value, str) and len(value) > 2 and (match := _DURATION.fullmatch(value.upper())):
        weeks, days, hours, minutes, rest = (int(part or 0) for part in match.groups())
        seconds = float((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + rest)
    else:
        raise ValueError('must be a number of seconds or an ISO 8601 duration such as "PT15M"')
    if not 0 < seconds <= 10 * 365 * 86400:
        raise ValueError("must be longer than nothing and at most ten years")
    return timedelta(seconds=seconds)


def load(path: Path | None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the file (None: defaults only) and the environment; ConfigError names every mistake."""
    document: Toml = {}
    if path is not None:
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ConfigError(
                [f"{path} is not there; copy config.example.toml to it, or name another with --config"]
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError([f"{path} cannot be read: {error}"]) from error
        except tomllib.TOMLDecodeError as error:
            raise ConfigError([f"{path} is not TOML: {error}"]) from error
    return parse(document, environ)


def parse(document: Toml, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from TOML-shaped values; ConfigError names every mistake."""
    problems: list[str] = []
    merged = _with_environment(document, environ or {})
    settings = _table(Settings, merged, "", problems)
    problems += _check(settings or Settings())
    if problems or settings is None:
        raise ConfigError(problems)
    return settings


def _with_environment(document: Toml, environ: Mapping[str, str]) -> Toml:
    merged: dict[str, object] = dict(document)
    for section in fields(Settings):
        if section.name == "sources":
            continue
        kind = get_type_hints(Settings)[section.name]
        if not dataclasses.is_dataclass(kind):
            if (value := environ.get(f"ATTACHE_{section.name.upper()}")) is not None:
                merged[section.name] = value
            continue
        found = {
            key.name: value
            for key in fields(kind)
            if (value := environ.get(f"ATTACHE_{section.name}_{key.name}".upper())) is not None
        }
        table = merged.get(section.name, {})
        if found and isinstance(table, Mapping):
            merged[section.name] = {**table, **found}
    return merged


def _table(kind: Callable[..., T], table: object, prefix: str, problems: list[str]) -> T | None:
    """A dataclass from a table. A mistake lands in `problems` and its key keeps its default, so that the rest can
    still be checked; None when it is no table at all.
    """
    if not isinstance(table, Mapping):
        problems.append(f"{prefix.rstrip('.')} must be a table")
        return None
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        if name not in hints:
            near = difflib.get_close_matches(str(name), hints, n=1)
            problems.append(f"{key} is not a key" + (f"; did you mean {prefix}{near[0]}?" if near else ""))
            continue
        if (parsed := _value(hints[name], value, key, problems)) is not None:
            values[name] = parsed
    return kind(**values)


def _value(hint: object, value: object, key: str, problems: list[str]) -> object:
    """`value` as `hint` wants it; text from the environment is accepted for numbers and lists."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _table(hint, value, f"{key}.", problems)
    if get_origin(hint) is tuple:
        return _list(get_args(hint)[0], value, key, problems)
    try:
        return _scalar(hint, value)
    except ValueError as error:
        problems.append(f"{key} {error}, not {str(value)[:60]!r}")
        return None


def _list(item: object, value: object, key: str, problems: list[str]) -> tuple[object, ...]:
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list | tuple):
        problems.append(f"{key} must be a list")
        return ()
    parsed = (_value(item, entry, f"{key}[{number}]", problems) for number, entry in enumerate(value, 1))
    return tuple(entry for entry in parsed if entry is not None)


def _scalar(hint: object, value: object) -> object:
    if get_origin(hint) in (Union, UnionType):
        return _scalar(next(arg for arg in get_args(hint) if arg is not type(None)), value)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise ValueError(f"must be one of {', '.join(map(str, get_args(hint)))}")
        return value
    if hint is timedelta:
        return parse_duration(value)
    if hint is int:
        return _integer(value)
    if hint is float:
        return _amount(value)
    if hint is bool:
        if isinstance(value, str) and value.lower() in {"true", "false"}:
            return value.lower() == "true"
        if not isinstance(value, bool):
            raise ValueError("must be true or false")
        return value
    if not isinstance(value, str):
        raise ValueError("must be a text in quotation marks")
    return value


def _amount(value: object) -> float:
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise ValueError("must be a number, 0 or more")
    return float(value)


def _integer(value: object) -> int:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("must be a whole number, 0 or more")
    return value


def _check(settings: Settings) -> list[str]:
    """What types alone do not say."""
    problems = []
    for number, cidr in enumerate(settings.network.allow_private, 1):
        try:
            ipaddress.ip_network(cidr)
        except ValueError:
            problems.append(f'network.allow_private[{number}] must be a range such as "10.0.0.0/8", not {cidr!r}')
    problems += _check_sources(settings.sources)
    if not settings.store.url.startswith(("sqlite:///", "memory:", "postgresql://")):
        problems.append('store.url must be like "sqlite:///attache.sqlite"')
    try:
        ZoneInfo(settings.zone)
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(settings.zone[:60], sorted(available_timezones()), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        problems.append(f'zone must be an IANA time zone such as "Europe/Paris", not {settings.zone[:60]!r}{meant}')
    if settings.summarizer.backend == "openai" and not (settings.summarizer.base_url and settings.summarizer.model):
        problems.append('summarizer.base_url and summarizer.model are needed for backend "openai"')
    if settings.summarizer.daily_cost and not (settings.summarizer.price_input or settings.summarizer.price_output):
        problems.append("summarizer.daily_cost needs summarizer.price_input and summarizer.price_output")
    if not 100 <= settings.summarizer.max_tokens <= 100_000:
        problems.append("summarizer.max_tokens must lie between 100 and 100000")
    if not 1 <= settings.summarizer.concurrency <= 64:
        problems.append("summarizer.concurrency must lie between 1 and 64")
    if settings.summarizer.base_url and not re.match(r"https?://[^/\s]", settings.summarizer.base_url):
        problems.append("summarizer.base_url must be an http or https address")
    if not 1 <= settings.worker.processes <= 64:
        problems.append("worker.processes must lie between 1 and 64")
    if settings.web.port > 65535:
        problems.append("web.port must be at most 65535")
    return problems


def _check_sources(sources: tuple[SourceSettings, ...]) -> list[str]:
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, source in enumerate(sources, 1):
        if not source.url:
            problems.append(f"sources[{number}].url is missing")
            continue
        try:
            url = normalize_url(source.url)
        except ValueError:
            problems.append(f"sources[{number}].url must be an http or https address, not {source.url[:60]!r}")
            continue
        if url in seen:
            problems.append(f"sources[{number}].url is the same as sources[{seen[url]}].url")
        seen.setdefault(url, number)
        if source.country is not None and not re.fullmatch("[A-Z]{3}", source.country):
            problems.append(f"sources[{number}].country must be an ISO 3166 alpha-3 code such as JPN")
        if source.language is not None and not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", source.language):
            problems.append(f"sources[{number}].language must be a code such as en or pt-BR")
    return problems


_UNSET = (
    "the Discord token is missing: set ATTACHE_DISCORD_TOKEN, or ATTACHE_DISCORD_TOKEN_FILE. An application's page Bot "
    "at https://discord.com/developers/applications makes one; attache demo and attache console need none"
)


def discord_token(environ: Mapping[str, str] = os.environ) -> str:
    """The bot's token from the environment or the file that it names; ConfigError says how to give it."""
    if token := environ.get("ATTACHE_DISCORD_TOKEN", "").strip():
        return token
    if name := environ.get("ATTACHE_DISCORD_TOKEN_FILE"):
        try:
            token = Path(name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError([f"ATTACHE_DISCORD_TOKEN_FILE cannot be read: {error.strerror}"]) from error
        if token:
            return token
        raise ConfigError(["the file that ATTACHE_DISCORD_TOKEN_FILE names is empty"])
    raise ConfigError([_UNSET])
