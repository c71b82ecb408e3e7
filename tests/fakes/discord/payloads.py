"""Answers of the pretended Discord that are more than what it holds."""

from aiohttp import web

from tests.fakes.discord.rules import Json
from tests.fakes.discord.world import Channel, DiscordRefusal, User, World


def history(channel: Channel, request: web.Request) -> list[Json]:
    """Newest first, `before` and `after` by id, 50 unless asked."""
    found = list(reversed(channel.messages)) if channel.readable else []
    if "before" in request.query:
        found = [one for one in found if int(one["id"]) < int(request.query["before"])]
    if "after" in request.query:
        found = [one for one in found if int(one["id"]) > int(request.query["after"])]
    return found[: int(request.query.get("limit", "50"))]


def known_user(world: World, user_id: str) -> User:
    if user_id not in world.users:
        raise DiscordRefusal(404, 10013, "Unknown User")
    return world.users[user_id]


def registered(world: World, command: Json) -> Json:
    """A command as Discord gives it back: with an id and every default filled in."""
    known = {one["name"]: one["id"] for one in world.commands}
    permissions = command.get("default_member_permissions")
    return {
        "type": 1,
        "nsfw": False,
        "name_localizations": None,
        "description_localizations": None,
        "dm_permission": 1 in command.get("contexts", [0, 1]),
        "integration_types": [0],
        **command,
        "id": known.get(command["name"]) or world.snowflake(),
        "application_id": world.application_id,
        "version": world.snowflake(),
        "default_member_permissions": None if permissions is None else str(permissions),
    }


def application(world: World) -> Json:
    return {
        "id": world.application_id,
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": world.bot.payload(),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "rpc_origins": [],
        "integration_types_config": {},
    }
