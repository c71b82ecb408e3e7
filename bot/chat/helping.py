"""What `/help` says: all commands in groups, one family, one command with its options, or the kinds of event."""

import difflib
from collections.abc import Iterator

from bot.chat.commands import COMMANDS, FAMILIES, Command, Option
from bot.errors import InputError
from bot.model import PLOVER_TYPES, Button, Post, PostItem
from bot.text.event_names import event_name

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Read", ("latest", "brief", "search", "story", "evidence", "summarize")),
    ("Who did what with whom", ("country", "relations")),
    ("Have it sent", ("digest", "alerts", "follow", "unfollow", "following")),
    ("Behind it", ("sources", "status", "explain", "settings", "privacy", "help")),
)
"""The commands by what people come for, each by the first word of its name."""
MANAGE = " (Manage Server)"


def help_on(text: str) -> Post:
    """The page on what `text` names: a command, a family such as "alerts", "events", or all; InputError for others."""
    words = tuple(text.lower().replace("/", " ").split())
    if not words:
        return _overview()
    if words == ("events",):
        return _events()
    family = [command for command in COMMANDS if command.path[: len(words)] == words and not command.hidden]
    if not family:
        raise InputError(f"There is no command /{' '.join(words)[:40]}. /help lists them.{meant(words[0])}")
    return _page(family[0]) if family[0].path == words else _family(words[0], family)


def meant(word: str) -> str:
    """Names the command that was probably meant by `word`; "" for one that is there, or near to none."""
    names = sorted({command.path[0] for command in COMMANDS if not command.hidden})
    near = [] if word in names else difflib.get_close_matches(word[:40], names, n=1)
    return f" Did you mean /{near[0]}?" if near else ""


def told(option: Option) -> str:
    """What an option is for, with the values that it takes: "How many stories (1 to 10)"."""
    words = option.description
    if option.choices and not all(choice in words for choice in option.choices):
        words += f": {', '.join(option.choices)}"
    return f"{words} ({option.minimum} to {option.maximum})" if option.maximum else words


def _overview() -> Post:
    items = tuple(
        PostItem(title=title, points=tuple(line for name in names for line in _lines(name))) for title, names in GROUPS
    )
    return Post(
        heading="Attaché",
        intro="I read diplomatic news and tell you the key points, each tied to a sentence of its source.",
        items=items,
        footer="Options: /help and a command, such as /help search or /help alerts. Kinds of event: /help events.",
        buttons=(Button(label="Latest", action="/latest"), Button(label="Brief", action="/brief")),
    )


def _lines(name: str) -> Iterator[str]:
    """A line for a command, or for a family with all its second words."""
    family = [command for command in COMMANDS if command.path[0] == name and not command.hidden]
    if name in FAMILIES:
        yield f"/{name} {', '.join(command.path[1] for command in family)}: {FAMILIES[name]}"
    else:
        yield from (f"/{command.name}: {_described(command)}" for command in family)


def _described(command: Command) -> str:
    return command.description + (MANAGE if command.manage_server else "")


def _family(name: str, family: list[Command]) -> Post:
    return Post(
        heading=f"/{name}",
        intro=f"{FAMILIES[name]}.",
        items=tuple(PostItem(title=f"/{command.name}", points=(_described(command),)) for command in family),
        footer=f"/help {family[0].name} tells its options.",
    )


def _events() -> Post:
    return Post(
        heading="Kinds of event",
        intro="Write the word or the code: event:sanctions, event:SANCTION.",
        items=tuple(PostItem(title=event_name(code), badge=code) for code in PLOVER_TYPES),
        footer="The codes are the types of PLOVER, a scheme of political events.",
    )


def _page(command: Command) -> Post:
    options = tuple(PostItem(title=option.name, points=(told(option),)) for option in command.options)
    return Post(
        heading=f"/{command.name}",
        intro=f"{_described(command)}.",
        items=options,
        footer=f"{command.usage}\nWords in [brackets] may be left out." if options else None,
    )
