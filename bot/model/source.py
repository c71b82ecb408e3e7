"""Where news comes from, and what a poll brings."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from bot.model.time import require_utc

OutletKind = Literal["wire", "newspaper", "broadcaster", "state_media", "government", "think_tank", "organisation"]

_DEFAULT_PORTS = {"http": 80, "https": 443}


def normalize_url(url: str) -> str:
    """The form under which a source is known: lower-case scheme and host, no default port, no fragment, a path.

    Query and path keep their case and order, for servers may tell them apart. Raises ValueError when the address is
    not http(s) or has no host.
    """
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".").lower()
    if scheme not in _DEFAULT_PORTS or not host:
        raise ValueError(f"not an http or https address: {url[:200]!r}")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, parts.path or "/", parts.query, ""))


def source_id(url: str) -> str:
    """The id of the source at `url`: the first 12 hex digits of SHA-256 over its normalized address."""
    return hashlib.sha256(normalize_url(url).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed, known to all servers under its normalized address and fetched once.

    `shared`: visible to every server and in direct messages. `operator`: named in the configuration, so that chat
    cannot remove it. `country` is ISO 3166 alpha-3, `language` ISO 639-1; `outlet_kind` None means unknown. `opening`:
    so many of the newest items of its first poll are news, the others are not posted.
    """

    id: str
    url: str
    name: str
    kind: Literal["feed"] = "feed"
    country: str | None = None
    language: str | None = None
    outlet_kind: OutletKind | None = None
    tags: tuple[str, ...] = ()
    shared: bool = False
    operator: bool = False
    opening: int = 0

    def is_called(self, wanted: str) -> bool:
        """Whether people may mean it by that: its name or address in any case, or its id."""
        return wanted.casefold() in (self.id, self.name.casefold(), self.url.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask "has it changed?" with, kept byte for byte (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How polling a source stands. `failures` counts since the last success; `problem` is a sentence for people.

    `polled` False means that no poll has succeeded yet: the first one posts no backlog. `moved_to` is where a
    permanent move led twice in a row, and is fetched from then on; `move_seen` where it led once.
    """

    source_id: str
    validators: Validators = Validators()
    polled: bool = False
    last_poll: datetime | None = None
    last_success: datetime | None = None
    next_poll: datetime | None = None
    failures: int = 0
    problem: str | None = None
    moved_to: str | None = None
    move_seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as a feed gives it, before its page is read.

    `id` is stable over polls (source and guid, else link); `published` None means that the feed does not say.
    `backlog` marks what the first poll of a source found: archived and searchable, never posted.
    """

    id: str
    source_id: str
    guid: str
    url: str | None
    title: str
    summary: str = ""
    content: str = ""
    author: str | None = None
    language: str | None = None
    published: datetime | None = None
    arrived: datetime
    backlog: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "arrived", require_utc(self.arrived, "arrived"))
        if self.published is not None:
            object.__setattr__(self, "published", require_utc(self.published, "published"))

    @property
    def fingerprint(self) -> str:
        """Changes when the outlet re-titles, re-dates or rewrites the item, so that it is read again."""
        stamp = self.published.isoformat() if self.published else ""
        parts = (self.title, stamp, self.summary, self.content, self.url or "")
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
