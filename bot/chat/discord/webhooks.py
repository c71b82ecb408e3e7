"""Webhooks of our own: how a digest stands in a channel under a name of its own.

A channel has one, made when it is first needed; each message says whose name and picture it wears. Its token is never
written down: Discord tells it to an application that may manage webhooks, so it is asked for once in a life of the
process and rests in memory alone. That one was made is written down: somebody who deletes it twice does not want it.

What stands through a webhook took no nonce, so nothing is asked for twice here: every request is made once, where
discord.py's own would be repeated after a 5xx that may have posted the message.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import structlog

from bot.chat.discord.endpoints import webhook_url
from bot.chat.discord.places import Place, channel_of, forum_of, tags_for, thread_name
from bot.chat.discord.ports import MadeWebhooks
from bot.chat.discord.render import Look, cards, embeds
from bot.model import Delivery, Face, Post, Receipt, Target

log = structlog.get_logger(__name__)

NAME = "Attaché"
"""What the webhook itself is called; readers see the name that each message wears."""

INCOMING = 1
"""Webhook types: the only one that posts what it is told."""

V2 = 1 << 15
"""Message flags: Components V2."""

UNKNOWN_WEBHOOK, INVALID_TOKEN, TOO_MANY, INVALID_FORM = 10015, 50027, 30007, 50035

NO_LEAVE = "I may not manage webhooks in this channel. Give me Manage Webhooks there."
FULL = "This channel has as many webhooks as Discord allows. Delete one that nobody needs."
DELETED = "My webhook in this channel was deleted, twice. /digest edit with post_as makes it again, post_as:- ends it."
NO_NAME = "Discord does not take that name or picture. /digest edit post_as changes it."
NO_EDIT = "The webhook that posted the message is gone or out of my reach, so that nobody can edit it."


class Faceless(Exception):
    """It cannot be done under another name, and nothing was sent: `str()` says why, for readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook of ours. Whoever has its token can post through it."""

    id: int
    token: str = field(repr=False)


MOST_MADE = 2
"""Webhooks made in a channel: the first, and one anew when somebody deleted it."""


@dataclass(slots=True)
class Hooks:
    """Our webhooks by the channel that they belong to: the tokens for one life of the process, how many were made
    beyond it.
    """

    made: MadeWebhooks
    _known: dict[int, Hook] = field(default_factory=dict)
    _unwanted: set[int] = field(default_factory=set)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, client: discord.Client, target: Target) -> Hook:
        """The one for messages to `target`, made where there is none. Faceless where it cannot be had; what discord.py
        raises where Discord cannot say now.
        """
        async with self._asking:  # two threads of one channel do not make two
            return await self._of(client, target, home_of(client, target))

    async def _of(self, client: discord.Client, target: Target, home: int) -> Hook:
        if home not in self._known:
            if why := faceless(client, target):
                raise Faceless(why)
            try:
                self._known[home] = await self._had_or_made(client, target, home)
            except discord.HTTPException as error:
                if error.code == TOO_MANY:
                    raise Faceless(FULL) from error
                if isinstance(error, discord.Forbidden):
                    raise Faceless(NO_LEAVE) from error
                raise
        return self._known[home]

    async def _had_or_made(self, client: discord.Client, target: Target, home: int) -> Hook:
        """The one that stands there, or a new one. Faceless where as many were made as there may be."""
        made = await self.made.count(target.guild_id, str(home))
        if made < MOST_MADE or home not in self._unwanted:
            self._unwanted.discard(home)
            for hook in await _listed(client, home):
                return hook
        if made >= MOST_MADE:
            self._unwanted.add(home)
            raise Faceless(DELETED)
        hook = await _made(client, home)
        await self.made.note(target.guild_id, str(home))
        return hook

    async def named(self, client: discord.Client, target: Target, webhook_id: int) -> Hook:
        """The one with that id. Faceless where it is gone."""
        home = home_of(client, target)
        known = self._known.get(home)
        if known is None or known.id != webhook_id:
            try:
                known = next((hook for hook in await _listed(client, home) if hook.id == webhook_id), None)
            except (discord.Forbidden, discord.NotFound) as error:
                raise Faceless(NO_EDIT) from error
        if known is None:
            raise Faceless(NO_EDIT)
        return known

    def lost(self, client: discord.Client, target: Target, hook: Hook) -> None:
        """It is no more; what another message may have found in its place since stays."""
        home = home_of(client, target)
        if self._known.get(home) == hook:
            del self._known[home]


def home_of(client: discord.Client, target: Target) -> int:
    """The channel whose webhook posts there: a thread has none of its own."""
    channel = channel_of(client, target)
    return channel.parent_id if isinstance(channel, discord.Thread) else int(target.id)


def faceless(client: discord.Client, target: Target) -> str | None:
    """Why nothing can stand there under another name, as far as the gateway told us; None where it can."""
    channel = channel_of(client, target)
    if channel is None:
        return None
    try:
        permissions = channel.permissions_for(channel.guild.me or channel.guild.default_role)
    except discord.ClientException:  # a thread whose channel we do not know
        return None
    return None if permissions.manage_webhooks else NO_LEAVE


async def _listed(client: discord.Client, home: int) -> list[Hook]:
    """Ours in the channel, oldest first: those that our application made. Discord tells their tokens."""
    found = [
        Hook(id=int(one["id"]), token=one["token"])
        for one in await client.http.channel_webhooks(home)
        if one["type"] == INCOMING and str(one.get("application_id")) == str(client.application_id) and one.get("token")
    ]
    return sorted(found, key=lambda hook: hook.id)


async def _made(client: discord.Client, home: int) -> Hook:
    made = await client.http.create_webhook(home, name=NAME, reason="A digest here has a name of its own")
    log.info("webhook made", channel=str(home), webhook=made["id"])
    return Hook(id=int(made["id"]), token=made["token"] or "")


async def post(client: discord.Client, hooks: Hooks, delivery: Delivery, style: str, place: Place | None) -> Receipt:
    """The delivery under its own name, once. `place` None begins a thread in the forum that is its target. Faceless
    when it cannot, and certainly was not sent.
    """
    query: dict[str, str] = {}
    body = _body(delivery.post, delivery.nonce, style) | _worn(delivery.post.face)
    forum = forum_of(client, delivery.target)
    if place is not None:
        if place.id != home_of(client, delivery.target):
            query["thread_id"] = str(place.id)
    elif forum is not None:
        name = thread_name(delivery)
        body |= {"thread_name": name, "applied_tags": [str(tag.id) for tag in tags_for(forum, name)]}
    for last in (False, True):
        hook = await hooks.of(client, delivery.target)
        try:
            sent = await _once(client, hook, "POST", "", body, {"wait": "true", "with_components": "true", **query})
        except discord.HTTPException as error:
            if error.code in (UNKNOWN_WEBHOOK, INVALID_TOKEN):
                hooks.lost(client, delivery.target, hook)
                if last:
                    raise Faceless(DELETED) from error
                continue
            if error.code == INVALID_FORM and ("username" in error.text or "avatar_url" in error.text):
                raise Faceless(NO_NAME) from error
            raise
        return _receipt(sent, hook)
    raise AssertionError("the loop ends by itself")


async def edit(client: discord.Client, hook: Hook, delivery: Delivery, receipt: Receipt, place: Place) -> Receipt:
    """New words for a message that stands under another name, in the look that it has. Faceless when the webhook is
    gone.
    """
    query = {"with_components": "true"}
    if place.id != home_of(client, delivery.target):
        query["thread_id"] = str(place.id)
    body = _body(delivery.post, delivery.nonce, receipt.look or "cards")
    try:
        sent = await _once(client, hook, "PATCH", f"/messages/{receipt.message_id}", body, query)
    except discord.HTTPException as error:
        if error.code in (UNKNOWN_WEBHOOK, INVALID_TOKEN):
            raise Faceless(NO_EDIT) from error
        raise
    return _receipt(sent, hook)


def _body(post: Post, nonce: str, style: str) -> dict[str, Any]:
    look, body = Look(nonce=nonce), dict[str, Any](allowed_mentions={"parse": []})
    if style == "cards":
        return {**body, "flags": V2, "components": _components(cards(post, look))}
    embed, view = embeds(post, look)
    return {**body, "embeds": [embed.to_dict()], "components": _components(view) if view else []}


def _components(view: discord.ui.View | discord.ui.LayoutView) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = view.to_components()
    return found


def _worn(face: Face | None) -> dict[str, str]:
    if face is None:
        return {}
    return {"username": face.name, **({"avatar_url": face.picture} if face.picture else {})}


def _receipt(message: Mapping[str, Any], hook: Hook) -> Receipt:
    look = "cards" if message.get("flags", 0) & V2 else "embeds"
    at = discord.utils.snowflake_time(int(message["id"]))
    return Receipt(message_id=str(message["id"]), at=at, look=look, by=str(hook.id))


async def _once(
    client: discord.Client, hook: Hook, method: str, path: str, body: Mapping[str, Any], query: Mapping[str, str]
) -> dict[str, Any]:
    """One request, never repeated. Raises what discord.py does, and aiohttp's errors."""
    session: aiohttp.ClientSession = discord.Webhook.partial(hook.id, hook.token, client=client).session
    url = webhook_url(hook.id, hook.token) + path
    async with session.request(method, url, json=body, params=query) as response:
        answer = _read(await response.text())
        if response.status < 300 and isinstance(answer, dict):
            return answer
        raise _KINDS.get(response.status, _general(response.status))(response, answer)


_KINDS = {403: discord.Forbidden, 404: discord.NotFound}


def _general(status: int) -> type[discord.HTTPException]:
    """A good answer that cannot be read is as uncertain as none."""
    return discord.DiscordServerError if status >= 500 or status < 300 else discord.HTTPException


def _read(text: str) -> dict[str, Any] | str:
    try:
        answer = json.loads(text)
    except ValueError:
        return text
    return answer if isinstance(answer, dict) else text
