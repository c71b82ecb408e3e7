"""`bot.chat.commands.COMMANDS` as Discord's slash commands."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.commands import FAMILIES, Command, Option, Suggest, Value

Interaction = discord.Interaction[discord.Client]
Tree = app_commands.CommandTree[discord.Client]
Serve = Callable[[Interaction, Command, Mapping[str, Value]], Awaitable[None]]
Complete = Callable[[Interaction, Suggest, str], Awaitable[Sequence[str]]]

_TYPES = {
    "text": discord.AppCommandOptionType.string,
    "integer": discord.AppCommandOptionType.integer,
    "boolean": discord.AppCommandOptionType.boolean,
    "channel": discord.AppCommandOptionType.channel,
}
_POSTABLE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]


class _OptionType(app_commands.Transformer):
    """One option of ours in discord.py's terms; channels arrive as their id."""

    def __init__(self, option: Option) -> None:
        self.option = option

    @property
    def type(self) -> discord.AppCommandOptionType:
        return _TYPES[self.option.kind]

    @property
    def min_value(self) -> int | None:
        return self.option.minimum

    @property
    def max_value(self) -> int | None:
        return self.option.maximum

    @property
    def choices(self) -> list[app_commands.Choice[int | float | str]] | None:
        return [app_commands.Choice(name=choice, value=choice) for choice in self.option.choices] or None

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return _POSTABLE

    async def transform(self, interaction: Interaction, value: Any, /) -> Value:  # noqa: ANN401, ARG002
        kept: Value = str(value.id) if self.option.kind == "channel" else value
        return kept


class _Completed(_OptionType):
    """An option that is completed while it is typed. discord.py asks for that by the method alone."""

    def __init__(self, option: Option, kind: Suggest, complete: Complete) -> None:
        super().__init__(option)
        self._kind, self._complete = kind, complete

    async def autocomplete(self, interaction: Interaction, value: Any, /) -> list[app_commands.Choice[Any]]:  # noqa: ANN401
        found = await self._complete(interaction, self._kind, str(value))
        return [app_commands.Choice(name=word, value=word) for word in found]


def _option_type(option: Option, complete: Complete | None) -> _OptionType:
    if option.suggest is None or complete is None:
        return _OptionType(option)
    return _Completed(option, option.suggest, complete)


def register(tree: Tree, commands: Iterable[Command], serve: Serve, complete: Complete | None = None) -> None:
    """Add every command that is not hidden; two-word paths become subcommands of a group."""
    visible = [command for command in commands if not command.hidden]
    for name in dict.fromkeys(command.path[0] for command in visible):
        family = [command for command in visible if command.path[0] == name]
        if family[0].path == (name,):
            tree.add_command(_command(family[0], serve, complete, top=True))
        else:
            tree.add_command(_group(name, family, serve, complete))


def _group(name: str, family: Sequence[Command], serve: Serve, complete: Complete | None) -> app_commands.Group:
    """Discord knows permissions only for the whole group: those that all its commands share. The rest is checked
    when a command is run.
    """
    group = app_commands.Group(
        name=name,
        description=FAMILIES[name],
        default_permissions=_permissions(all(command.manage_server for command in family)),
        allowed_contexts=_contexts(),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    for command in family:
        group.add_command(_command(command, serve, complete, top=False))
    return group


def _command(
    command: Command, serve: Serve, complete: Complete | None, *, top: bool
) -> app_commands.Command[Any, ..., None]:
    made: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=command.path[-1], description=command.description, callback=_callback(command, serve, complete)
    )
    if top:
        made.default_permissions = _permissions(command.manage_server)
        made.allowed_contexts = _contexts()
        made.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
    return made


def _callback(command: Command, serve: Serve, complete: Complete | None) -> Callable[..., Any]:
    """discord.py reads a command's options from its callback's signature (PEP 362), so that is what we give it."""

    async def callback(interaction: Interaction, **given: Value | None) -> None:
        await serve(interaction, command, {name: value for name, value in given.items() if value is not None})

    kind = inspect.Parameter.KEYWORD_ONLY
    options = [
        inspect.Parameter(
            option.name,
            kind,
            annotation=_option_type(option, complete),
            default=inspect.Parameter.empty if option.required else None,
        )
        for option in command.options
    ]
    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)
    callback.__signature__ = inspect.Signature([first, *options])  # type: ignore[attr-defined]
    described = app_commands.describe(**{option.name: option.description for option in command.options})
    return described(callback) if command.options else callback


def _permissions(manage_server: bool) -> discord.Permissions | None:
    return discord.Permissions(manage_guild=True) if manage_server else None


def _contexts() -> app_commands.AppCommandContext:
    return app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)


# --- is what Discord holds what we would register? -------------------------------------------------------------------

_COMPARED = (
    "name",
    "description",
    "type",
    "required",
    "min_value",
    "max_value",
    "channel_types",
    "autocomplete",
    "contexts",
    "integration_types",
    "default_member_permissions",
    "nsfw",
)


def same(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of command payloads say the same, whatever Discord adds to its own."""
    return sorted(map(_essence, ours)) == sorted(map(_essence, theirs))


def _essence(node: Mapping[str, Any]) -> str:
    """What we set, in one comparable form: absent, null, false and empty are one; so are 32 and "32"."""
    own = {key: _plain(node[key]) for key in _COMPARED if node.get(key)}
    choices = [(choice["name"], choice["value"]) for choice in node.get("choices") or ()]
    options = [_essence(option) for option in node.get("options") or ()]
    return repr((sorted(own.items()), choices, options))


def _plain(value: object) -> str:
    """Lists in no order: Discord sorts contexts and channel types its own way."""
    return str(sorted(value)) if isinstance(value, list) else str(value)
