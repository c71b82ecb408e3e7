"""What the families of commands share: finding the configuration, logging, JSON lines in and out."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Group, Parameter

from bot.config import LogSettings, Settings, load
from bot.errors import InputError

Config = Annotated[
    Path | None,
    Parameter(name=["--config", "-c"], help="The configuration file (default: $ATTACHE_CONFIG, else ./config.toml)."),
]

START, BOT, ARCHIVE, UPKEEP, PROGRAMS, REST = (
    Group(title, sort_key=place)
    for place, title in enumerate(
        ("Start here", "The bot", "What it has read", "Upkeep", "JSON lines and figures", "Options")
    )
)
"""The groups of `attache --help`, in the order in which people need them."""

BELOW = Group("Commands")
"""Of a family's own commands."""


def flag(help_text: str) -> Parameter:
    """An option that is given or not: it has no --no- form, and that it is off by default goes without saying."""
    return Parameter(negative="", show_default=False, help=help_text)


DEFAULT_CONFIG = Path("config.toml")


def settings_from(config: Path | None) -> Settings:
    """Settings of the named file, else of $ATTACHE_CONFIG, else of ./config.toml, else the defaults."""
    if config is None and (named := os.environ.get("ATTACHE_CONFIG")):
        config = Path(named)
    if config is None and DEFAULT_CONFIG.exists():
        config = DEFAULT_CONFIG
    settings = load(config)
    set_up_logging(settings.log)
    return settings


def set_up_logging(log: LogSettings) -> None:
    """Logs to standard error, for machines or for people; libraries' warnings with them."""
    import structlog  # it brings rich's tracebacks: a third of the time that --help would take

    level = getattr(logging, log.level.upper())
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log.format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(level, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )


def json_lines(source: str | None) -> Iterator[tuple[int, bytes]]:
    """Lines of the file (None or "-": standard input) with their numbers, blank ones too: each is owed an answer."""
    if source in (None, "-"):
        yield from enumerate(sys.stdin.buffer, 1)
        return
    try:
        with Path(str(source)).open("rb") as lines:
            yield from enumerate(lines, 1)
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror}.") from error


def put_json(value: object, *, pretty: bool = False) -> None:
    """One JSON document on standard output."""
    text = msgspec.json.encode(value)
    if pretty:
        text = msgspec.json.format(text, indent=2)
    sys.stdout.write(text.decode() + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for people, on standard error."""
    print(text, file=sys.stderr)
