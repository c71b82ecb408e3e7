"""Sample news: what invented outlets wrote about invented events, dated relative to a given now.

The texts lie in `data/*.toml`, a file per outlet. An article is published at now + `offset`; day words in its text
come from placeholders such as {weekday:-1d}, counted from `as_of` (the event's own moment, so that outlets which tell
one event name the same day) in the zone of the place, or in UTC where it is still the day before: the demo's digest is
read in UTC, and nobody shall read on Thursday of what was signed on Friday. Reads package data, nothing else.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from bot.model import OutletKind, require_utc

FeedFormat = Literal["rss", "atom", "json"]
Metadata = Literal["jsonld", "opengraph", "none"]


# Slugs become paths of addresses and names of files: no dots in front, no spaces, nothing to escape.
_SLUG = re.compile(r"[A-Za-z0-9_-]+(?:[/.][A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOutlet:
    """An outlet: `template` names a file in `data/templates`; `charset` is that of its pages and an RSS feed.

    `elsewhere` are headlines that its pages only name, in rankings and links: they belong to no article.
    """

    key: str
    name: str
    country: str
    language: str
    kind: OutletKind = "newspaper"
    tags: tuple[str, ...] = ()
    zone: str = "UTC"
    feed: FeedFormat = "rss"
    template: str = "plain"
    metadata: Metadata = "none"
    charset: str = "utf-8"
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """An article as published, no placeholders left.

    `outlet` is the key of its outlet; paragraphs of `body` are parted by blank lines.
    """

    outlet: str
    slug: str
    title: str
    body: str
    published: datetime
    byline: str | None = None
    section: str = "News"
    caption: str | None = None

    def __post_init__(self) -> None:
        if _SLUG.fullmatch(self.slug) is None:
            raise ValueError(f"not a slug: {self.slug!r}")
        object.__setattr__(self, "published", require_utc(self.published, "published"))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body, cut at blank lines."""
        return tuple(part.strip() for part in self.body.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNews:
    """Outlets and what they wrote."""

    outlets: tuple[SampleOutlet, ...]
    articles: tuple[SampleArticle, ...]


def sample_news(now: datetime) -> SampleNews:
    """The shipped sample: six outlets, 34 articles, the newest a few hours before `now`."""
    outlets: list[SampleOutlet] = []
    articles: list[SampleArticle] = []
    folder = resources.files("bot.demo") / "data"
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            outlet, written = parse_outlet(file.read_text(encoding="utf-8"), now)
            outlets.append(outlet)
            articles.extend(written)
    return SampleNews(outlets=tuple(outlets), articles=tuple(articles))


def parse_outlet(text: str, now: datetime) -> tuple[SampleOutlet, tuple[SampleArticle, ...]]:
    """An outlet file: a table `[outlet]` and any number of `[[articles]]`; it raises when one cannot be built."""
    data = tomllib.loads(text)
    outlet = msgspec.convert(data["outlet"], SampleOutlet)
    return outlet, tuple(_article(outlet, row, now) for row in data.get("articles", ()))


def _article(outlet: SampleOutlet, row: Mapping[str, str], now: datetime) -> SampleArticle:
    values = dict(row)
    offset = values.pop("offset")
    as_of = now + parse_offset(values.pop("as_of", offset))
    days = (as_of.astimezone(zone) for zone in (UTC, ZoneInfo(values.pop("zone", outlet.zone))))
    earlier = min(days, key=lambda day: day.date())
    filled = {name: fill(value.strip(), earlier, outlet.language) for name, value in values.items()}
    published = (now + parse_offset(offset)).replace(microsecond=0)  # as feeds give it
    return SampleArticle(outlet=outlet.key, published=published, **filled)


_OFFSET = re.compile(r"([+-]?)(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?")


def parse_offset(text: str) -> timedelta:
    """A signed distance such as "-3h20m", "+3d" or "0d"; ValueError for anything else."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f"not an offset: {text!r}")
    days, hours, minutes = (int(part or 0) for part in match.groups()[1:])
    distance = timedelta(days=days, hours=hours, minutes=minutes)
    return -distance if match[1] == "-" else distance


def fill(text: str, moment: datetime, language: str) -> str:
    """`text` with its placeholders filled, counted from the local time `moment`; ValueError for an unknown one.

    weekday (Monday), date (Nov 22, as a wire writes it), monthday (22 November), day (22), month (November).
    """
    words = _WORDS.get(language, _WORDS["en"])

    def one(match: re.Match[str]) -> str:
        kind, offset = match[1], match[2]
        if kind not in words:
            raise ValueError(f"no such placeholder: {match[0]}")
        return words[kind](moment + parse_offset(offset))

    return re.sub(r"\{([a-z]+):([^}]{1,12})\}", one, text)


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_DAYS = _names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTHS = _names("January February March April May June July August September October November December")
_WIRE_MONTHS = _names("Jan Feb March April May June July Aug Sept Oct Nov Dec")
_DAYS_FR = _names("lundi mardi mercredi jeudi vendredi samedi dimanche")
_MONTHS_FR = _names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
_DAYS_JA = "月火水木金土日"

# The names stand here because strftime follows the machine's locale.
_WORDS: Mapping[str, Mapping[str, Callable[[datetime], str]]] = {
    "en": {
        "weekday": lambda day: _DAYS[day.weekday()],
        "date": lambda day: f"{_WIRE_MONTHS[day.month - 1]} {day.day}",
        "monthday": lambda day: f"{day.day} {_MONTHS[day.month - 1]}",
        "day": lambda day: str(day.day),
        "month": lambda day: _MONTHS[day.month - 1],
    },
    "fr": {
        "weekday": lambda day: _DAYS_FR[day.weekday()],
        "date": lambda day: f"{day.day} {_MONTHS_FR[day.month - 1]}",
        "monthday": lambda day: f"{day.day} {_MONTHS_FR[day.month - 1]}",
        "day": lambda day: str(day.day),
        "month": lambda day: _MONTHS_FR[day.month - 1],
    },
    "ja": {
        "weekday": lambda day: f"{_DAYS_JA[day.weekday()]}曜日",
        "date": lambda day: f"{day.month}月{day.day}日",
        "monthday": lambda day: f"{day.month}月{day.day}日",
        "day": lambda day: f"{day.day}日",
        "month": lambda day: f"{day.month}月",
    },
}


def newest_first(articles: Iterable[SampleArticle]) -> tuple[SampleArticle, ...]:
    """As front pages and feeds list them."""
    return tuple(sorted(articles, key=lambda article: (article.published, article.slug), reverse=True))
