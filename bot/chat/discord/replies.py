"""Answers to commands and buttons: acknowledged at once, answered when ready, whatever goes wrong.

Discord voids an interaction that is not acknowledged within 3 s, so nothing but checks of plain values stands before
the acknowledgement. Who sees the answer is decided there too: a public "is thinking…" that must become a private
sentence is taken away first.
"""

import asyncio
import contextlib
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import discord
import structlog

from bot.chat import lines
from bot.chat.commands import Asker, Call, Command, Suggest, Value
from bot.chat.discord.markup import escape_lines
from bot.chat.discord.ports import Answers, Style, Styles, Suggestions
from bot.chat.discord.registry import Interaction
from bot.chat.discord.render import Look, cards, embeds, line_of, pages
from bot.errors import AttacheError, InputError
from bot.model import Post

log = structlog.get_logger(__name__)

ANSWER_WITHIN = timedelta(minutes=14)
"""A sentence must still get through after we gave up, before the interaction's token runs out."""
_COMPLETE_WITHIN = timedelta(seconds=2)
"""Discord shows nothing that comes after 3 s."""
_TOKEN_LIFE = timedelta(minutes=15)
_MAX_SENTENCE = 1_900  # of the 2,000 characters of a message's content

_LOST = (aiohttp.ClientError, OSError, TimeoutError)
_ACKNOWLEDGED = 40060  # "Interaction has already been acknowledged": the first try came through after all

_UNEXPECTED = "Something went wrong on my side. It has been noted; please try again in a few minutes."
_TOO_LONG = "This took too long, so I stopped. Please try again, or ask for less."
_CLOSING = "I am just restarting. Please try again in a minute."
_NOT_OURS = "This button is from an older version of me. Please run the command again."


@dataclass(frozen=True, slots=True)
class _Place:
    """How an interaction was acknowledged. `private`: its answer is seen by the asker alone. `editing`: the answer
    replaces the message that the button stands on.
    """

    private: bool
    editing: bool = False


class Replies:
    """Serves interactions. Never raises: an interaction that fails must not reach the gateway's loop."""

    def __init__(self, answers: Answers, styles: Styles, suggestions: Suggestions | None = None) -> None:
        self._answers, self._styles, self._suggestions = answers, styles, suggestions
        self._running: set[asyncio.Task[object]] = set()
        self._closing = False

    async def command(self, interaction: Interaction, command: Command, given: Mapping[str, Value]) -> None:
        """A slash command."""
        with self._tracked():
            await self._guarded(interaction, self._serve(interaction, command, given, _Place(private=command.private)))

    async def complete(self, interaction: Interaction, kind: Suggest, typed: str) -> Sequence[str]:
        """What an option may be completed to; nothing when that takes longer than anybody waits while typing."""
        if self._suggestions is None:
            return ()
        try:
            async with asyncio.timeout(_COMPLETE_WITHIN.total_seconds()):
                return await self._suggestions.suggest(kind, typed, asker_of(interaction))
        except Exception:  # the boundary: whoever types goes on typing
            log.exception("an option could not be completed", kind=kind)
            return ()

    async def press(self, interaction: Interaction) -> None:
        """A button, of this run or of one before it."""
        data: Mapping[str, object] = dict(interaction.data or {})
        found = line_of(str(data.get("custom_id", "")))
        with self._tracked():
            await self._guarded(interaction, self._pressed(interaction, found))

    async def refuse(self, interaction: Interaction, sentence: str) -> None:
        """Answer a sentence to the asker alone."""
        await self._guarded(interaction, _tell(interaction, sentence))

    async def drain(self, within: timedelta) -> None:
        """Take nothing new, let what is running end, and cut off what has not ended `within`."""
        self._closing = True
        running = {task for task in self._running if task is not asyncio.current_task()}
        if running:
            _, late = await asyncio.wait(running, timeout=within.total_seconds())
            for task in late:
                task.cancel()
            if late:
                log.warning("commands cut off at the end", count=len(late))

    # --- the way of one interaction ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _tracked(self) -> Iterator[None]:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
        try:
            yield
        finally:
            self._running.discard(task)

    async def _guarded(self, interaction: Interaction, work: Coroutine[None, None, None]) -> None:
        try:
            async with asyncio.timeout(_TOKEN_LIFE.total_seconds()):
                await work
        except discord.NotFound as error:
            log.warning("the interaction was gone", code=error.code, waited=_age(interaction))
        except (discord.RateLimited, *_LOST) as error:
            log.warning("an answer did not reach Discord", error=repr(error))
        except Exception:  # the boundary: one command that fails must not end the client
            log.exception("a command failed", interaction=interaction.id)
            with contextlib.suppress(discord.DiscordException, *_LOST):
                await _tell(interaction, _UNEXPECTED)

    async def _pressed(self, interaction: Interaction, found: tuple[str, bool] | None) -> None:
        if found is None:
            return await _tell(interaction, _NOT_OURS)
        line, turning = found
        asker = asker_of(interaction)
        try:
            call = lines.parse_line(line, asker)
        except InputError as error:
            return await _tell(interaction, str(error))
        own = turning and _asked_by(interaction.message) == interaction.user.id
        place = _Place(private=True, editing=own)
        return await self._serve(interaction, call.command, call.options, place)

    async def _serve(
        self, interaction: Interaction, command: Command, given: Mapping[str, Value], place: _Place
    ) -> None:
        asker = asker_of(interaction)
        refusal = _CLOSING if self._closing else refusal_of(command, asker)
        if refusal is not None:
            return await _tell(interaction, refusal)
        try:
            call = Call(command=command, asker=asker, options=lines.checked(command, given))
        except InputError as error:
            return await _tell(interaction, str(error))
        await _acknowledge(interaction, place)
        answer = await self._answer(call)
        if isinstance(answer, str):
            return await _tell(interaction, answer, place)
        return await self._show(interaction, call, answer, place)

    async def _answer(self, call: Call) -> Post | str:
        """The post, or the sentence that stands in its place."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
                return await self._answers.answer(call)
        except AttacheError as error:
            return str(error)
        except TimeoutError:
            log.warning("a command took too long", command=call.command.name)
            return _TOO_LONG
        except Exception:  # the boundary: whatever a service raises, the asker gets a sentence
            log.exception("a command failed", command=call.command.name)
            return _UNEXPECTED

    async def _show(self, interaction: Interaction, call: Call, post: Post, place: _Place) -> None:
        style = _look_of(interaction.message) if place.editing else await self._style(call.asker.guild_id)
        private = place.private or post.private
        noticed = post.notice is not None and private and not place.editing
        if noticed:
            post = replace(post, intro="\n\n".join(filter(None, (post.notice, post.intro))))
        first, *rest = pages(post)
        if private and not place.private:
            await interaction.delete_original_response()
            rest.insert(0, first)
        else:
            await _edit(interaction, first, style, call.command)
        for part in rest:
            await _follow(interaction, part, style, call.command, private=private)
        if (
            post.notice is not None and not noticed
        ):  # beside a public answer: Discord lets nothing private stand before it
            await _tell_more(interaction, post.notice)

    async def _style(self, guild_id: str | None) -> Style:
        try:
            return await self._styles.style(guild_id)
        except Exception:  # a preference that cannot be read is not worth an answer
            log.exception("the server's look could not be read", guild=guild_id)
            return "cards"


def asker_of(interaction: Interaction) -> Asker:
    """Who asks, from what Discord says with every interaction."""
    permissions = interaction.permissions
    in_guild = interaction.guild_id is not None
    return Asker(
        network="discord",
        user_id=str(interaction.user.id),
        guild_id=str(interaction.guild_id) if in_guild else None,
        channel_id=str(interaction.channel_id) if interaction.channel_id is not None else None,
        may_manage=in_guild and (permissions.manage_guild or permissions.administrator),
        locale=str(interaction.locale),
    )


def refusal_of(command: Command, asker: Asker) -> str | None:
    """Why this asker may not run it, as a sentence. Discord hides such commands, but a server's owner may change
    that, and buttons and groups know no permissions.
    """
    if asker.guild_id is None and command.personal:
        return None
    if asker.guild_id is None and command.manage_server:
        return f"/{command.name} works only in a server."
    if command.manage_server and not asker.may_manage:
        return f"/{command.name} needs the Manage Server permission."
    return None


def _age(interaction: Interaction) -> float:
    return (discord.utils.utcnow() - interaction.created_at).total_seconds()


def _asked_by(message: discord.Message | None) -> int | None:
    """Whose command made the message; pages turn in place for that person, others get their own copy."""
    metadata = message.interaction_metadata if message is not None else None
    return metadata.user.id if metadata is not None else None


def _look_of(message: discord.Message | None) -> Style:
    """A card cannot become an embed again, nor the other way: an edit keeps the message's own look."""
    return "cards" if message is None or message.flags.components_v2 else "embeds"


async def _acknowledge(interaction: Interaction, place: _Place) -> None:
    """Once more after a broken connection, which discord.py does not do: the 3 s are not over yet."""
    for last in (False, True):
        try:
            await interaction.response.defer(ephemeral=place.private, thinking=not place.editing)
        except discord.HTTPException as error:
            if error.code != _ACKNOWLEDGED:
                raise
        except _LOST:
            if last:
                raise
            continue
        return


async def _edit(interaction: Interaction, post: Post, style: Style, origin: Command) -> None:
    """Edits may be repeated, so a broken connection is tried once more."""
    for last in (False, True):
        try:
            look = Look(origin=origin)
            if style == "cards":
                await interaction.edit_original_response(view=cards(post, look))
            else:
                embed, view = embeds(post, look)
                await interaction.edit_original_response(embed=embed, view=view)
        except _LOST:
            if last:
                raise
            continue
        return


async def _follow(interaction: Interaction, post: Post, style: Style, origin: Command, *, private: bool) -> None:
    look = Look(origin=origin)
    if style == "cards":
        await interaction.followup.send(view=cards(post, look), ephemeral=private)
        return
    embed, view = embeds(post, look)
    if view is None:
        await interaction.followup.send(embed=embed, ephemeral=private)
    else:
        await interaction.followup.send(embed=embed, view=view, ephemeral=private)


async def _tell_more(interaction: Interaction, sentence: str) -> None:
    """One more sentence for the asker alone, after an answer."""
    await interaction.followup.send(escape_lines(sentence)[:_MAX_SENTENCE], ephemeral=True)


async def _tell(interaction: Interaction, sentence: str, place: _Place | None = None) -> None:
    """A sentence for the asker alone, wherever the interaction stands."""
    words = escape_lines(sentence)[:_MAX_SENTENCE] or _UNEXPECTED
    if place is None and not interaction.response.is_done():
        await interaction.response.send_message(words, ephemeral=True)
    elif place is not None and place.private and not place.editing:
        await interaction.edit_original_response(content=words)
    else:
        if place is not None and not place.editing:
            await interaction.delete_original_response()
        await interaction.followup.send(words, ephemeral=True)
