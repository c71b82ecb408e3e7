"""Everything replaceable, on one page. Each Protocol is small; its docstring is the contract that
`tests/contract/` holds every implementation to.

Stores: every method is one transaction, complete when it returns. Times are aware and in UTC. Lists are in the order
that the docstring names. A store that cannot work raises a `StoreError`; nothing is ever half written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.model import (
    AlertRule,
    Article,
    Decision,
    Delivery,
    Entry,
    Event,
    JournalLine,
    Post,
    Query,
    Receipt,
    Scope,
    Signature,
    SlotRecord,
    Source,
    SourceState,
    Story,
    StoryQuery,
    Subscription,
    Summary,
    TargetKind,
    Understanding,
    Validators,
)

# --- time -------------------------------------------------------------------------------------------------------


class Clock(Protocol):
    """The only source of the current time."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""


class Probe(Protocol):
    """Told the name of each point of a round as it is passed; does nothing in a release.

    Fault tests pass one that kills the process at a given point.
    """

    def __call__(self, point: str) -> None:
        """`point` is a dotted name such as "intake.committed"."""


# --- fetching ---------------------------------------------------------------------------------------------------

FetchProblem = Literal[
    "address",  # not http(s), or resolves to an address that may not be reached
    "dns",  # the name does not resolve
    "connect",  # refused, reset, unreachable
    "tls",  # certificate or handshake
    "timeout",  # the total deadline passed
    "status",  # an answer that is neither 2xx nor 304
    "too_large",  # more bytes than the cap, before or after decompression
    "redirects",  # too many, a loop, or to a refused address
    "robots",  # robots.txt asks us not to
    "protocol",  # not HTTP, or a broken body
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body. `url` is where it was found after redirects; `moved_to` is set when every hop was permanent.

    `charset` is what the Content-Type header names; `fresh_for` what Cache-Control and Expires allow.
    """

    url: str
    status: int
    body: bytes
    content_type: str
    charset: str | None = None
    validators: Validators = Validators()
    fresh_for: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: what we hold is still what there is."""

    validators: Validators = Validators()
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """No body, and why. `message` is a sentence for people; `retry_after` is what the server asked for."""

    problem: FetchProblem
    message: str
    status: int | None = None
    retry_after: timedelta | None = None
    retryable: bool = True


FetchResult = Fetched | NotModified | FetchFailed


class Fetcher(Protocol):
    """Brings the bytes behind an address; never raises for what the network or the server does."""

    async def fetch(self, url: str, *, validators: Validators = ..., accept: str = ...) -> FetchResult:
        """Ask once (redirects followed, each hop checked). `validators` makes the request conditional."""


# --- reading and summarizing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """One thing to read: exactly one of `html` (bytes as fetched) and `text`. The rest is what is known beside it.

    `published`, `title`, `language` and `outlet` are what the feed or the user said; the page may know better for
    the text, but not for these.
    """

    id: str
    html: bytes | None = None
    charset: str | None = None
    text: str | None = None
    title: str | None = None
    url: str | None = None
    source_id: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: datetime | None = None
    arrived: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that is known of one article on its own: what a worker process answers."""

    article: Article
    understanding: Understanding
    signature: Signature
    summary: Summary
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A page without an article, with the reason as a sentence."""

    id: str
    reason: str
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much a summary may say. `points` None: 3 to 5 by length; `words` None: no cap.

    `known`: ids of the articles that its readers were told before: what is new comes first then, and one line of them.
    """

    points: int | None = None
    words: int | None = None
    known: tuple[str, ...] = ()


class Summarizer(Protocol):
    """Key points of one story from one or more readings of it, earliest first. Never raises for what a text holds."""

    async def summarize(self, readings: Sequence[Reading], budget: Budget = ...) -> Summary:
        """At least one point whenever any article has a sentence; each point cites its articles by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Words that readers may want in their own language; `language` is ISO 639-1."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """For each original its translation, or None where it keeps its language; then `why` says so, as the start of a
    sentence for readers.
    """

    texts: tuple[str | None, ...]
    why: str | None = None


class Translator(Protocol):
    """Short texts in another language. `name` is part of the key under which its work is kept."""

    @property
    def name(self) -> str: ...

    async def translate(self, originals: Sequence[Original], into: str) -> Translated:
        """As many texts as originals, in their order. What cannot be checked is not answered. Never raises."""


# --- sending ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """It stands there. `repeated`: an earlier try had already put it there."""

    receipt: Receipt
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLater:
    """It certainly does not stand there; `after` is what the network asked for."""

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """It may or may not stand there (a lost answer): look before sending again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It will never stand there. `gone`: the target itself is (deleted, no permission, closed direct messages)."""

    reason: str
    gone: bool = False


SendOutcome = Sent | TryLater | Uncertain | Refused


class Messenger(Protocol):
    """Puts messages where people read them. Never raises for what the network does."""

    async def send(self, delivery: Delivery) -> SendOutcome:
        """Send once; the message carries `delivery.key`, and the network drops a repeat of its nonce where it can."""

    async def find(self, delivery: Delivery) -> Receipt | None:
        """The receipt if a message with `delivery.key` already stands in the target's recent history; None when it
        does not. A ChatError when that cannot be found out now.
        """

    async def edit(self, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        """Put the words of `delivery`, an edit, in the place of the message of `receipt`. Once more changes nothing, so
        an Uncertain one is simply made again. Refused when the message is no longer there.
        """

    def pages(self, post: Post) -> tuple[Post, ...]:
        """Cut a post into parts that each fit one message of this network; the same parts every time."""


# --- stores -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """What one poll of a source found: its new state and all entries that the feed holds now."""

    state: SourceState
    entries: tuple[Entry, ...] = ()
    decisions: tuple[JournalLine, ...] = ()


class SourceStore(Protocol):
    """Sources, who subscribes to them, how polling stands, and the queue of entries still to be read."""

    async def put_source(self, source: Source) -> None:
        """Insert, or replace name, country, language, tags, shared and operator; state and subscribers stay."""

    async def source(self, source_id: str) -> Source | None: ...

    async def sources(self) -> tuple[Source, ...]:
        """All, by name."""

    async def drop_source(self, source_id: str) -> None:
        """Forget the source, its state, its subscribers and its entries; its articles stay until retention takes
        them.
        """

    async def source_state(self, source_id: str) -> SourceState:
        """A state that was never polled where nothing is recorded."""

    async def source_states(self) -> tuple[SourceState, ...]:
        """One for each source, in the order of `sources`."""

    async def record_poll(self, record: PollRecord) -> tuple[Entry, ...]:
        """In one transaction: keep the state (validators with it), queue every entry that is new or whose
        fingerprint changed, and journal. Answers what was queued, as it was queued: an entry that changed keeps its
        first `arrived` and its `backlog` mark. Of a source that is not there (any more) nothing is written: ().
        """

    async def pending_entries(self, limit: int) -> tuple[Entry, ...]:
        """Entries not settled yet, oldest event time first."""

    async def settle_entry(
        self, entry_id: str, lines: Sequence[JournalLine], *, fingerprint: str | None = None
    ) -> None:
        """The entry is done without an article (dropped, unreadable); journal why. With a fingerprint only that
        version of it is: one that a poll has queued anew in the meantime stays pending.
        """

    async def subscribe_source(self, guild_id: str, source_id: str) -> None:
        """Nothing happens when it is subscribed already, or the source is not there."""

    async def unsubscribe_source(self, guild_id: str, source_id: str) -> None: ...

    async def subscribed_sources(self, guild_id: str) -> frozenset[str]: ...

    async def subscribers(self, source_id: str) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One article taken in, with the story as it stands after it. `absorbed` names stories merged into `story`."""

    entry: Entry | None
    reading: Reading
    story: Story
    absorbed: tuple[str, ...] = ()
    lines: tuple[JournalLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What grouping settled for good of an hour's articles, to be written whole or not at all.

    `settled`: the articles. `stories`: those that changed by it, as they stand now; each article of theirs is theirs
    alone from now on. `absorbed`: (story that is no more, the one that its id, number and links lead to). `scopes`:
    what each owner of a ledger may see, by id; all where nothing is said.
    """

    settled: tuple[str, ...]
    stories: tuple[Story, ...] = ()
    absorbed: tuple[tuple[str, str], ...] = ()
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    lines: tuple[JournalLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What an article says happened, without the article. `story` is its story's id, or its own; `number` 0: none."""

    article_id: str
    language: str
    when: datetime
    events: tuple[Event, ...]
    story: str
    number: int = 0


class ArticleStore(Protocol):
    """The archive: articles with what was understood of them, and full-text search."""

    async def take_in(self, intake: Intake) -> Story:
        """In one transaction: article, understanding, signature, points, story, journal; this version of the entry
        settles. Repeating the same intake changes nothing, whatever became of the story since. Answers the story with
        its number: the store gives each story one, counting from 1, and never gives it again (`story.number` is not
        read). The ids and numbers of `absorbed` answer this story from now on, their articles are its own, and who
        was told of them was told version 0 of it, which no story has. A new article is open until `close_hour` settles
        it.
        """

    async def reading(self, article_id: str) -> Reading | None: ...

    async def readings(self, article_ids: Sequence[str]) -> tuple[Reading, ...]:
        """In the order asked for; unknown ids are left out."""

    async def article_by_url(self, url: str) -> Reading | None:
        """The newest article at this address, compared as `normalize_url` writes it."""

    async def search(self, query: Query, scope: Scope) -> tuple[Reading, ...]:
        """Newest event time first; within one millisecond, the last taken in first. Words match whole words in spaced
        scripts and any run of characters in Chinese, Japanese, Korean and Thai; case, accents and width do not
        matter; `minist*` matches beginnings (of three letters or more). No text is an error; one without letters or
        digits finds nothing. `query.source` is a source's id, address or name; `query.kind` the outlet kind of its
        source as known now; `countries` are codes of actors of any kind; since <= event time < until. Where the text
        was emptied, the points are searched instead. A look-up that takes over 2 s answers what it has found by then,
        or raises StoreUnavailable when that is nothing.
        """

    async def happened(self, query: Query, scope: Scope) -> tuple[Happened, ...]:
        """The events of what `search` would answer, in its order: a ledger looks through hundreds of articles."""

    async def count(self, query: Query, scope: Scope) -> int:
        """How many there are, counted up to 1,000."""

    async def signatures(self, since: datetime) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        """(article id, story id or "", signature, article without text, understanding) of event time >= since, oldest
        first: what the grouping window is rebuilt from.
        """

    async def open_articles(self) -> tuple[tuple[str, str, Signature, Article, Understanding], ...]:
        """The same of all articles that no `close_hour` has settled yet, whatever their event time."""

    async def forget_before(self, articles: datetime, texts: datetime) -> int:
        """Retention: delete articles older than `articles`, empty text and furniture of those older than `texts`;
        points and their evidence stay. Stories without articles go, and what was told of them; so do finished
        deliveries, slots, and marks of entries that no feed has listed since `articles`. In several transactions.
        Answers how many articles were deleted or emptied.
        """


class StoryStore(Protocol):
    """Stories as they stand. An absorbed story's id and number answer the story that took it in."""

    async def close_hour(self, closing: Closing) -> None:
        """In one transaction: the stories, redirects and journal are written, and the articles are settled. Stories get
        numbers as in `take_in`. What was told follows the articles: an owner who was told all that it may see in the
        stories that a story is made of now was told that story as it stands; one who was told a part of it, the
        version before. Repeating it changes nothing.
        """

    async def story(self, story_id: str) -> Story | None: ...

    async def story_by_number(self, number: int) -> Story | None: ...

    async def story_of(self, article_id: str) -> Story | None: ...

    async def recent_stories(self, since: datetime, scope: Scope, limit: int = ...) -> tuple[Story, ...]:
        """Stories with a visible article that changed at or after `since`, newest change first; at most 100 unless
        told. They come whole: the caller leaves out what the asker may not see.
        """

    async def find_stories(self, asked: StoryQuery, scope: Scope) -> tuple[Story, ...]:
        """Those that `asked` describes, in its order, of what has a visible article; what weighs the same stands newest
        change first. They come whole. Ends after 2 s as `ArticleStore.search` does.
        """

    async def count_stories(self, asked: StoryQuery, scope: Scope) -> int:
        """How many there are, counted up to 1,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one slot (or one alert) decided, to be written whole or not at all.

    `told`: (story id, version) pairs that this owner has now been promised. `next_run` replaces the subscription's.
    """

    owner_id: str
    slot_id: str
    record: SlotRecord | None
    deliveries: tuple[Delivery, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    next_run: datetime | None = None
    lines: tuple[JournalLine, ...] = ()


class SubscriptionStore(Protocol):
    """Digests that servers ask for, alert rules that users ask for, and what each has been told."""

    async def put_subscription(self, subscription: Subscription) -> None: ...

    async def change_subscription(
        self, subscription_id: str, change: Callable[[Subscription], Subscription]
    ) -> Subscription | None:
        """In one transaction: put what `change` makes of it as it stands in its place, so that nothing that somebody
        else wrote meanwhile is undone, and answer that. None, and nothing written, when it is not there (any more).
        `change` only computes; it is called on any thread.
        """

    async def subscription(self, subscription_id: str) -> Subscription | None: ...

    async def subscriptions(self, guild_id: str | None = None) -> tuple[Subscription, ...]:
        """All, or one server's; by name."""

    async def due_subscriptions(self, now: datetime) -> tuple[Subscription, ...]:
        """Enabled ones whose `next_run` is not after `now`, earliest first."""

    async def drop_subscription(self, subscription_id: str) -> None:
        """Delete it with its ledger, slots, deliveries and their journal, and the journal of subjects that begin with
        its id and a colon.
        """

    async def put_rule(self, rule: AlertRule) -> None: ...

    async def change_rule(self, rule_id: str, change: Callable[[AlertRule], AlertRule]) -> AlertRule | None:
        """As `change_subscription`."""

    async def rule(self, rule_id: str) -> AlertRule | None: ...

    async def rules(self, user_id: str | None = None) -> tuple[AlertRule, ...]:
        """All, or one user's; oldest first."""

    async def drop_rule(self, rule_id: str) -> None:
        """Delete it with its ledger, slots, deliveries and their journal."""

    async def told(self, owner_id: str) -> Mapping[str, int]:
        """Story id -> the latest version that this owner has been promised; 0 where only a story that it absorbed
        was told, -1 where it was only asked for.
        """

    async def mark_told(self, owner_id: str, stories: Sequence[tuple[str, int]]) -> None:
        """Versions only grow; an absorbed story counts as version 0 of the one that took it in."""

    async def slot(self, owner_id: str, slot_id: str) -> SlotRecord | None: ...

    async def slots(self, owner_id: str, limit: int = ...) -> tuple[SlotRecord, ...]:
        """Newest first; at most 20 unless told."""

    async def drop_guild(self, guild_id: str) -> None:
        """Delete all that belongs to a server: subscriptions, source subscriptions, ledger, slots, deliveries and
        their journal. Rules that users made there are the users'.
        """

    async def drop_user(self, user_id: str) -> None:
        """Delete all that belongs to a user: rules and digests by direct message, with ledger, slots, deliveries and
        their journal. A server's digest that the user made stays, and names nobody.
        """


class DeliveryStore(Protocol):
    """The outbox."""

    async def plan(self, plan: Plan) -> bool:
        """Write the plan in one transaction. False, and nothing written, when this owner's slot was planned before,
        with a record or without. A delivery whose key is known already is not written again.
        """

    async def claim(
        self, now: datetime, lease: timedelta, limit: int, kinds: Sequence[TargetKind] = ...
    ) -> tuple[Delivery, ...]:
        """Of targets of `kinds` (default all): lease deliveries that are due (state due or failed, next_try <= now),
        and those whose lease ran out (answered with state "unknown"), a part only after the parts before it were
        sent; oldest first. What was settled as "unknown" is handed out as such from its next_try on. `attempts` is
        the caller's to count.
        """

    async def settle(self, delivery: Delivery) -> None:
        """Write state, attempts, next_try, receipt and problem; the lease ends, unless the state is "claimed" (then
        it is set to `lease_until`). "sent" is final, and "dead" but for "sent". With a dead part, the parts after it
        are dead. Unknown keys change nothing.
        """

    async def delivery(self, key: str) -> Delivery | None: ...

    async def deliveries(self, owner_id: str, limit: int = ...) -> tuple[Delivery, ...]:
        """Newest first; at most 20 unless told."""

    async def newest_edit(self, key: str) -> Delivery | None:
        """The last planned one of the edits of the message that the delivery `key` put there."""

    async def outstanding(self, guild_id: str | None = None) -> int:
        """How many are neither sent nor dead: for one server's channels, or (None) for every target."""

    async def dead(self, since: datetime, guild_id: str | None = None, limit: int = ...) -> tuple[Delivery, ...]:
        """Messages created at `since` or later that were given up, newest first; edits are not among them. Of one
        server's channels, or (None) of every target; at most 20 unless told.
        """


class JournalStore(Protocol):
    """Why items are where they are. Of one subject the newest 200 lines are kept; the same line is kept once."""

    async def append(self, lines: Sequence[JournalLine]) -> None: ...

    async def read(self, subject: str) -> tuple[JournalLine, ...]:
        """Oldest first."""

    async def forget_journal(self, before: datetime) -> int: ...


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class PreferenceStore(Protocol):
    """Small keyed documents that may be lost without losing an item: preferences, drafts, caches.

    `space` is one of "guild", "channel", "user", "draft", "summary", "site". Values are JSON. A damaged value counts
    as absent; what is not done in seconds raises StoreUnavailable.
    """

    async def get(self, space: str, key: str) -> Json:
        """None where there is nothing."""

    async def put(self, space: str, key: str, value: Json) -> None: ...

    async def change(self, space: str, key: str, change: Callable[[Json], Json]) -> None:
        """In one transaction: put what `change` makes of the value (None where there is nothing) in its place, so that
        nothing that somebody else put meanwhile, in another process too, is undone. `change` only computes; it is
        called on any thread.
        """

    async def drop(self, space: str, key: str) -> None: ...

    async def keys(self, space: str) -> tuple[str, ...]:
        """All keys, in their order; of a space that may be large, not for a request's way."""


class StoreHealth(Protocol):
    """Whether the store takes what it is given."""

    def trouble(self) -> str | None:
        """Why the last write failed, as a sentence; None once one has succeeded that changed something."""


class Store(
    SourceStore, ArticleStore, StoryStore, SubscriptionStore, DeliveryStore, JournalStore, StoreHealth, Protocol
):
    """The stores that share one database: one object implements them all, users take only the port they need."""

    async def close(self) -> None: ...
