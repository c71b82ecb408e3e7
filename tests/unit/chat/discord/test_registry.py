"""The commands as Discord is told them."""

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.chat.commands import COMMANDS, Command, Option
from bot.chat.discord import registry
from tests.fakes.discord.rules import operation_of, problems

BULK = operation_of("PUT", "/applications/1/commands")


async def _unused(*_: object) -> None:
    raise AssertionError("nothing runs here")


def payloads(commands: tuple[Command, ...] = COMMANDS) -> list[dict[str, Any]]:
    tree: registry.Tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    registry.register(tree, commands, _unused)
    return [command.to_dict(tree) for command in tree.get_commands()]


def test_discord_takes_every_command() -> None:
    assert BULK is not None
    assert problems(BULK, payloads()) == []


def test_every_visible_command_is_there_and_no_hidden_one() -> None:
    hidden = Command(path=("secret",), description="For buttons", hidden=True)
    names: set[tuple[str, ...]] = set()
    for payload in payloads((*COMMANDS, hidden)):
        children = [option["name"] for option in payload["options"] if option["type"] == 1]
        names |= {(payload["name"], child) for child in children} or {(payload["name"],)}
    assert names == {command.path for command in COMMANDS if not command.hidden}


def test_permissions_and_places() -> None:
    by_name = {payload["name"]: payload for payload in payloads()}
    assert by_name["settings"]["default_member_permissions"] == discord.Permissions(manage_guild=True).value
    assert by_name["settings"]["contexts"] == [0, 1]  # in direct messages everybody chooses for themselves
    assert by_name["latest"]["default_member_permissions"] is None
    assert by_name["latest"]["contexts"] == [0, 1]
    assert by_name["digest"]["default_member_permissions"] is None  # /digest list is for everybody


def test_options_keep_kind_limits_and_choices() -> None:
    command = Command(
        path=("x",),
        description="d",
        options=(
            Option(name="a", description="text", required=True, choices=("one", "two")),
            Option(name="b", description="number", kind="integer", minimum=1, maximum=9),
            Option(name="c", description="yes or no", kind="boolean"),
            Option(name="d", description="where", kind="channel"),
        ),
    )
    text, number, boolean, channel = payloads((command,))[0]["options"]
    assert (text["type"], text["required"]) == (3, True)
    assert [choice["value"] for choice in text["choices"]] == ["one", "two"]
    assert (number["type"], number["min_value"], number["max_value"]) == (4, 1, 9)
    assert boolean["type"] == 5
    assert (channel["type"], sorted(channel["channel_types"])) == (7, [0, 5, 10, 11, 12, 15])


def registered(payload: dict[str, Any]) -> dict[str, Any]:
    """As Discord gives it back."""
    extra = {"id": "1", "application_id": "2", "version": "3", "dm_permission": True, "name_localizations": None}
    permissions = payload["default_member_permissions"]
    contexts = list(reversed(payload["contexts"]))
    return {**payload, **extra, "default_member_permissions": permissions and str(permissions), "contexts": contexts}


def test_what_discord_holds_is_recognized() -> None:
    ours = payloads()
    assert registry.same(ours, [registered(payload) for payload in reversed(ours)])


@pytest.mark.parametrize("change", [{"description": "new"}, {"name": "other"}, {"contexts": [0]}, {"options": []}])
def test_a_difference_is_seen(change: dict[str, Any]) -> None:
    ours = payloads()
    theirs = [registered(payload) for payload in ours]
    theirs[1] |= change
    assert not registry.same(ours, theirs)
    assert not registry.same(ours, theirs[1:])
