"""What each command is: its name, options, words and permissions. No network's types, no behaviour.

Discord registers these; the console parses lines by them; buttons carry such lines. What they do is in
`bot.chat.answers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from bot.model import OutletKind

OptionKind = Literal["text", "integer", "boolean", "channel"]
Suggest = Literal["digests", "zones", "actors", "pairs", "events", "sources", "languages", "commands", "alerts"]
"""What an option can be completed from while it is typed."""
Value = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option. Names are lower case, as Discord demands; `greedy` takes the rest of a console line; `suggest`
    says what typed beginnings are completed from.
    """

    name: str
    description: str
    kind: OptionKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    greedy: bool = False
    suggest: Suggest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command or subcommand. `path` is ("digest", "now") for `/digest now`.

    `manage_server`: needs that permission in a server, and is refused in direct messages unless `personal`, where it
    is about the asker's own. `private`: only the asker sees the answer. `hidden` ones are
    for buttons, not for the list of commands.
    """

    path: tuple[str, ...]
    description: str
    options: tuple[Option, ...] = ()
    manage_server: bool = False
    private: bool = False
    hidden: bool = False
    personal: bool = False

    @property
    def name(self) -> str:
        """As typed, without the slash: "digest now"."""
        return " ".join(self.path)

    @property
    def usage(self) -> str:
        """As shown in help: "/brief [about] [since]"."""
        words = [option.name if option.required else f"[{option.name}]" for option in self.options]
        return " ".join([f"/{self.name}", *words])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, and from where. `guild_id` None is a direct message. Ids are strings on every network."""

    network: Literal["discord", "console"]
    user_id: str
    guild_id: str | None = None
    channel_id: str | None = None
    may_manage: bool = False
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command as somebody gave it; options by name, already of their kind."""

    command: Command
    asker: Asker
    options: Mapping[str, Value] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """The text option `name`, stripped."""
        return str(self.options.get(name, default)).strip()

    def number(self, name: str, default: int) -> int:
        """The integer option `name`."""
        return int(self.options.get(name, default))


_PAGE = Option(name="page", description="Which page of the results", kind="integer", minimum=1, maximum=100)
_SINCE = Option(name="since", description="How far back: 24h, 3d, 2w, or a day such as 2026-10-05")
_COUNTRY = Option(name="country", description="A country: its name or code; two, joined by a comma, for the pair")
_FILTERS = (
    _COUNTRY,
    Option(name="event", description="What happened: sanctions, talks …; /help events has all", suggest="events"),
    Option(name="source", description="A source's name or address"),
    Option(name="kind", description="The kind of outlet", choices=get_args(OutletKind)),
    Option(name="lang", description="The article's language, such as en or ja"),
    _SINCE,
    Option(name="until", description="Not after: 24h, 3d, 2w ago, or before a day such as 2026-10-05"),
)
_INTO = Option(name="language", description="The language to tell it in, or - for none", suggest="languages")
_WATCHED = (
    Option(
        name="keywords",
        description='tariffs "rare earths" -football, or (sanction* OR embargo) AND NOT trade',
        greedy=True,
    ),
    _COUNTRY,
    Option(name="pairs", description="Any of these pairs: Japan+USA, China+India", suggest="pairs"),
    Option(name="event", description="Kinds of event: sanctions, talks; /help events has all", suggest="events"),
    Option(name="outlets", description="Any of these outlets, by name, separated by commas", suggest="sources"),
    Option(name="sources", description="At least this many outlets", kind="integer", minimum=1, maximum=10),
    Option(name="breaking", description="So many outlets within a short time", kind="integer", minimum=2, maximum=20),
    Option(name="within", description="That time in minutes (default 60)", kind="integer", minimum=5, maximum=1440),
)
_ALERT = Option(name="alert", description="Its number, or its words", required=True, greedy=True, suggest="alerts")
_NUMBER = Option(name="number", description="The number beside the story", kind="integer", required=True, minimum=1)
_STORY = Option(name="story", description="The number beside the story", kind="integer", required=True, minimum=1)
_DIGEST = Option(name="name", description="The digest's name", required=True, greedy=True, suggest="digests")
_A_DIGEST = Option(name="name", description="The digest's name (default: the first)", greedy=True, suggest="digests")


def _digest_options(first: str) -> tuple[Option, ...]:
    """What a digest may be told; `first` is said of its channel."""
    return (
        Option(name="times", description="Times of day: 08:00 or 08:00,18:30"),
        Option(name="zone", description="Time zone, such as Asia/Tokyo (default: the server's)", suggest="zones"),
        Option(name="every", description="Instead: every so many hours", kind="integer", minimum=1, maximum=24),
        Option(name="live", description="Instead: as it happens", kind="boolean"),
        Option(name="days", description="daily, weekdays, weekends, or mon,wed,fri (default daily)"),
        Option(name="channel", description=first, kind="channel"),
        Option(name="countries", description="Only stories about one of these: Japan, NATO", suggest="actors"),
        Option(name="pairs", description="Or about both of two: Japan+USA, China+India", suggest="pairs"),
        Option(name="events", description="Only these kinds: sanctions, talks; /help events has all", suggest="events"),
        Option(name="topics", description="Only stories with one of these words, separated by commas"),
        Option(name="sources", description="Only from these sources, by name", suggest="sources"),
        Option(name="languages", description="Only articles in these languages: en, ja", suggest="languages"),
        Option(name="relevance", description="At least this relevant, in %", kind="integer", minimum=0, maximum=100),
        Option(name="outlets", description="So many independent outlets", kind="integer", minimum=1, maximum=10),
        Option(
            name="language",
            description="Tell stories in this language, by its articles or translated by a language model",
            suggest="languages",
        ),
        Option(name="size", description="Stories at most", kind="integer", minimum=1, maximum=15),
        Option(name="say_empty", description="Also say when there is nothing new", kind="boolean"),
        Option(name="per_hour", description="Live: stories an hour at most", kind="integer", minimum=1, maximum=60),
        Option(name="per_day", description="Live: stories a day at most", kind="integer", minimum=1, maximum=300),
        Option(name="post_as", description="Post under this name; I need Manage Webhooks for it"),
        Option(name="picture", description="A picture beside that name: its https address"),
    )


FAMILIES: Mapping[str, str] = {
    "digest": "Digests that are posted on schedule",
    "sources": "The feeds that this server follows",
    "alerts": "Direct messages when a story matches",
}
"""What the commands of two words are about, by their first."""

COMMANDS: tuple[Command, ...] = (
    Command(
        path=("latest",),
        description="The newest diplomatic stories",
        options=(
            _COUNTRY,
            Option(name="count", description="How many stories", kind="integer", minimum=1, maximum=10),
            _PAGE,
            _INTO,
        ),
    ),
    Command(
        path=("search",),
        description="Search the archive",
        options=(
            Option(name="query", description='Words: tanker -oil, "a phrase", iran OR iraq', greedy=True),
            *_FILTERS,
            _PAGE,
            _INTO,
        ),
    ),
    Command(
        path=("brief",),
        description="A short brief on a country or a topic",
        options=(
            Option(name="about", description="A country or a topic; leave out for everything", greedy=True),
            *_FILTERS,
            _INTO,
        ),
    ),
    Command(
        path=("country",),
        description="What a country or organisation did with others, newest first",
        options=(
            Option(name="name", description="Its name or code", required=True, greedy=True),
            _SINCE,
            _PAGE,
        ),
    ),
    Command(
        path=("relations",),
        description="Who met, warned, sanctioned or agreed with whom, between two countries",
        options=(
            Option(name="first", description="A country or organisation", required=True),
            Option(name="second", description="The other one", required=True),
            _SINCE,
            _PAGE,
        ),
    ),
    Command(
        path=("story",),
        description="One story: its key points, outlets and how it grew",
        options=(_NUMBER, _INTO),
    ),
    Command(
        path=("evidence",),
        description="The source's sentence behind each key point of a story, in its place",
        options=(_NUMBER, _INTO),
        private=True,
    ),
    Command(
        path=("summarize",),
        description="The key points of an article on the web",
        options=(Option(name="url", description="The article's address", required=True),),
    ),
    Command(
        path=("explain",),
        description="What happened to an article or story at every stage, or where it stopped and why",
        options=(
            Option(name="item", description="The article's address, or the story's number", required=True, greedy=True),
        ),
        private=True,
    ),
    Command(
        path=("digest", "schedule"),
        description="Post a digest here, or in another channel: at set times, every few hours, or as it happens",
        options=(
            *_digest_options("Where to (default here)"),
            Option(name="name", description="A name for the digest"),
        ),
        manage_server=True,
        personal=True,
    ),
    Command(
        path=("digest", "edit"),
        description="Change a digest; options that are left out stay, “all” takes a wish away",
        options=(
            replace(_DIGEST, greedy=False),
            *_digest_options("Where to from now on"),
            Option(name="rename", description="A new name"),
            Option(name="paused", description="True stops it, false lets it go on", kind="boolean"),
        ),
        manage_server=True,
        personal=True,
    ),
    Command(path=("digest", "list"), description="The digests of this server", private=True),
    Command(
        path=("digest", "history"),
        description="How each slot of a digest ended: sent, missed, nothing new, skipped, and why",
        options=(_A_DIGEST, _PAGE),
        private=True,
    ),
    Command(
        path=("digest", "remove"),
        description="Stop a digest",
        options=(_DIGEST,),
        manage_server=True,
        personal=True,
    ),
    Command(
        path=("digest", "now"),
        description="Post a digest at once; what it tells is not told again",
        options=(_A_DIGEST,),
        manage_server=True,
        personal=True,
    ),
    Command(
        path=("digest", "preview"),
        description="What the next digest would say, and what it leaves out",
        options=(_A_DIGEST,),
        private=True,
    ),
    Command(
        path=("sources", "add"),
        description="Follow a feed in this server",
        options=(
            Option(name="url", description="The feed's address", required=True),
            Option(name="name", description="What to call it", greedy=True),
            Option(
                name="latest",
                description="Post so many of its newest items (default none)",
                kind="integer",
                minimum=0,
                maximum=10,
            ),
        ),
        manage_server=True,
    ),
    Command(path=("sources", "list"), description="The sources of this server", options=(_PAGE,), private=True),
    Command(
        path=("sources", "remove"),
        description="Stop following a feed in this server",
        options=(Option(name="source", description="Its name or address", required=True, greedy=True),),
        manage_server=True,
    ),
    Command(
        path=("alerts", "add"),
        description="Tell me by direct message when a story matches",
        options=(*_WATCHED,),
        private=True,
    ),
    Command(
        path=("alerts", "preview"),
        description="What an alert would have sent in the last 30 days",
        options=(
            *_WATCHED,
            Option(name="alert", description="One of your alerts, instead of all the others", suggest="alerts"),
        ),
        private=True,
    ),
    Command(path=("alerts", "list"), description="My alerts", private=True),
    Command(path=("alerts", "remove"), description="Delete an alert", options=(_ALERT,), private=True),
    Command(path=("alerts", "stop"), description="Switch an alert off, and keep it", options=(_ALERT,), private=True),
    Command(path=("alerts", "resume"), description="Switch an alert on again", options=(_ALERT,), private=True),
    Command(
        path=("alerts", "mute"),
        description="Silence an alert for a while",
        options=(
            replace(_ALERT, description="Its number, its words, or all", greedy=False),
            Option(
                name="hours", description="How long (default 24); 0 ends a mute", kind="integer", minimum=0, maximum=168
            ),
        ),
        private=True,
    ),
    Command(
        path=("alerts", "more"),
        description="Add an alert for stories like one: its countries, its kind of event",
        options=(_STORY,),
        private=True,
    ),
    Command(
        path=("alerts", "quiet"),
        description="When I send you no alerts; what came meanwhile is one message",
        options=(
            Option(name="hours", description="Such as 22:00-07:00; off for none"),
            Option(name="zone", description="Your time zone, such as Asia/Tokyo", suggest="zones"),
        ),
        private=True,
    ),
    Command(
        path=("follow",),
        description="Tell me by direct message when something changes in a story",
        options=(_STORY,),
        private=True,
    ),
    Command(
        path=("unfollow",),
        description="Stop following a story",
        options=(Option(name="story", description="The number beside the story", required=True),),
        private=True,
    ),
    Command(path=("following",), description="The stories that I follow", private=True),
    Command(path=("status",), description="Last poll, next digest, failing sources", private=True),
    Command(
        path=("privacy",),
        description="What is kept about you; export or delete it",
        options=(Option(name="action", description="What to do", choices=("show", "export", "delete")),),
        private=True,
    ),
    Command(
        path=("settings",),
        description="How this server's messages look; in direct messages, the language of yours",
        options=(
            Option(name="style", description="cards (the default) or embeds", choices=("cards", "embeds")),
            Option(name="zone", description="Time zone of look-ups, such as Europe/Paris", suggest="zones"),
            Option(
                name="language",
                description="Look-ups, and your alerts, in this language where it can be had; - for none",
                suggest="languages",
            ),
        ),
        manage_server=True,
        personal=True,
        private=True,
    ),
    Command(
        path=("help",),
        description="What I can do, or what the options of a command are",
        options=(
            Option(name="command", description="Such as search or digest schedule", greedy=True, suggest="commands"),
        ),
        private=True,
    ),
)
