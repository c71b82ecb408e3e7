"""Posts as Discord shows them: cards (Components V2), or embeds for servers that want them.

Deliveries carry their key unseen, in what the channel's history gives back: as the numbers of two components (`id`,
"an optional identifier for a component"), in the custom_id of each button, and where a look has neither, as the
fragment of a link. `carries` finds any of them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from bot.chat import commands
from bot.chat.discord.markup import clean, safe_url, size
from bot.chat.discord.pages import footer_text, heading_text, intro_text, item_text, pages
from bot.errors import InputError
from bot.model import Button, Post, PostItem

__all__ = ["Look", "cards", "carries", "embeds", "line_of", "pages"]

ACCENT = 0x2F5D8A  # a quiet blue that reads on Discord's light and dark grounds
MAX_COMPONENTS = 40
MAX_BUTTONS = 10
MAX_LABEL = 80
MAX_CUSTOM_ID = 100
MAX_LINK = 512  # Component reference, Button: url
_ROW = 5

_NEW, _TURN, _KEYED = "c:", "p:", "k:"
"""What a press does: answer anew, turn the page in place, answer anew from a delivery (whose nonce it names)."""


@dataclass(slots=True, kw_only=True)
class Look:
    """What one message adds to its post. `nonce`: of the delivery, if it is one. `origin`: the command that it
    answers, whose own buttons then turn its pages in place.
    """

    nonce: str | None = None
    origin: commands.Command | None = None
    _used: set[str] = field(default_factory=set)

    def custom_id(self, line: str) -> str | None:
        """What the button for `line` sends back; None when it is too long or already there."""
        prefix = _TURN if self._turns(line) else _NEW
        if self.nonce is not None and len(f"{_KEYED}{self.nonce}|{line}") <= MAX_CUSTOM_ID:
            prefix = f"{_KEYED}{self.nonce}|"
        custom = prefix + line
        if len(custom) > MAX_CUSTOM_ID or line in self._used:
            return None
        self._used.add(line)
        return custom

    def _turns(self, line: str) -> bool:
        try:
            command, _ = commands.find(line.strip().removeprefix("/").split())
        except InputError:
            return False
        return self.origin is not None and command.path == self.origin.path


def line_of(custom_id: str) -> tuple[str, bool] | None:
    """The command line that a button carries, and whether it turns a page; None when it is not one of ours."""
    if custom_id.startswith(_KEYED):
        return custom_id.partition("|")[2], False
    for prefix in (_NEW, _TURN):
        if custom_id.startswith(prefix):
            return custom_id.removeprefix(prefix), prefix == _TURN
    return None


# --- cards ---------------------------------------------------------------------------------------------------------


def cards(post: Post, look: Look | None = None) -> ui.LayoutView:
    """One part (see `pages`) as a Components V2 message."""
    look = look or Look()
    first, second = _marks(look.nonce) if look.nonce else (None, None)
    rows = _rows(post.buttons, look)
    body = _items(post, look, MAX_COMPONENTS - _frame_size(post, rows))
    frame: ui.Container[Any] = ui.Container(accent_colour=ACCENT, id=first)
    frame.add_item(ui.TextDisplay(_opening(post), id=second))
    if body:
        frame.add_item(ui.Separator())
    for item in body:
        frame.add_item(item)
    if footer := footer_text(post):
        frame.add_item(ui.Separator(visible=False))
        frame.add_item(ui.TextDisplay(footer))
    for row in rows:
        frame.add_item(row)
    view = ui.LayoutView(timeout=None)
    view.add_item(frame)
    view.stop()  # presses come through `line_of`, also after a restart: nothing is kept in memory for each message
    return view


def _opening(post: Post) -> str:
    heading, intro = heading_text(post), intro_text(post)
    lines = ([f"## {heading}"] if heading else []) + ([intro] if intro else [])
    return "\n".join(lines) or "…"


def _frame_size(post: Post, rows: Sequence[ui.ActionRow[Any]]) -> int:
    """Container, opening and separator; separator and footer; rows with their buttons."""
    return 3 + (2 if post.footer else 0) + sum(1 + len(row.children) for row in rows)


def _items(post: Post, look: Look, room: int) -> list[ui.Item[Any]]:
    """The richest form that fits: stories with a button beside them, then with space between, then bare, then
    several in one text display.
    """
    count = len(post.items)
    if count > room:
        texts = [item_text(item, post.zone) for item in post.items]
        step = -(-count // room)
        return [ui.TextDisplay("\n".join(texts[start : start + step])) for start in range(0, count, step)]
    stories = [_story_line(item, count) for item in post.items]
    sections = sum(line is not None for line in stories)
    gaps = max(0, count - 1)
    beside = count + 2 * sections <= room
    spaced = count + gaps + (2 * sections if beside else 0) <= room
    shown: list[ui.Item[Any]] = []
    for item, line in zip(post.items, stories, strict=True):
        if shown and spaced:
            shown.append(ui.Separator(visible=False))
        text: ui.TextDisplay[Any] = ui.TextDisplay(item_text(item, post.zone))
        custom = look.custom_id(line) if beside and line else None
        shown.append(_beside(text, custom) if custom else text)
    return shown


def _story_line(item: PostItem, count: int) -> str | None:
    """The look-up behind a story of a list; a lone story is shown in full already."""
    return f"/story {item.number}" if item.number and item.lines and count > 1 else None


def _beside(text: ui.TextDisplay[Any], custom_id: str) -> ui.Section[Any]:
    return ui.Section(text, accessory=ui.Button(label="More", custom_id=custom_id))


def _rows(buttons: Sequence[Button], look: Look) -> list[ui.ActionRow[Any]]:
    made = list(_buttons(buttons, look))
    return [ui.ActionRow(*made[start : start + _ROW]) for start in range(0, len(made), _ROW)]


def _buttons(buttons: Sequence[Button], look: Look) -> Iterator[ui.Button[Any]]:
    for button in buttons[:MAX_BUTTONS]:
        label = _label(button.label)
        if button.link:
            url = safe_url(button.action, MAX_LINK)
            if url:
                yield ui.Button(label=label, url=url)
        elif custom := look.custom_id(button.action):
            yield ui.Button(label=label, custom_id=custom)


def _label(text: str) -> str:
    """Labels know no markdown: only their length and unseen characters matter."""
    plain = clean(text) or "…"
    if size(plain) <= MAX_LABEL:
        return plain
    while size(plain) > MAX_LABEL - 1:
        plain = plain[:-1]
    return plain.rstrip() + "…"


# --- embeds --------------------------------------------------------------------------------------------------------


def embeds(post: Post, look: Look | None = None) -> tuple[discord.Embed, ui.View | None]:
    """One part as an embed, with its buttons if it has any."""
    look = look or Look()
    fragment = _fragment(look.nonce) if look.nonce else ""
    carrier = next((i for i, item in enumerate(post.items) if safe_url(item.url)), None)
    texts = [item_text(item, post.zone, fragment if i == carrier else "") for i, item in enumerate(post.items)]
    intro = intro_text(post)
    description = "\n\n".join([*([intro] if intro else []), *texts])
    embed = discord.Embed(title=heading_text(post) or None, description=description or "…", colour=ACCENT)
    if fragment and carrier is None:
        embed.url = f"https://discord.com/#{fragment}"  # nothing of its own to link to, yet the key must travel
    if post.footer:
        embed.set_footer(text=clean(post.footer)[:500] or None)
    rows = _rows(post.buttons, look)
    if not rows:
        return embed, None
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for button in row.children:
            button.row = number
            view.add_item(button)
    view.stop()
    return embed, view


# --- keys ----------------------------------------------------------------------------------------------------------


def _marks(nonce: str) -> tuple[int, int]:
    """Two component numbers, above all that Discord counts itself: 60 bits of the delivery's nonce."""
    digest = int.from_bytes(hashlib.sha256(nonce.encode()).digest()[:8], "big")
    low = 1 << 30
    first, second = low | (digest & (low - 1)), low | (digest >> 30 & (low - 1))
    return first, second if second != first else second ^ 1


def _fragment(nonce: str) -> str:
    return f"attache-{nonce}"


def carries(message: discord.Message, nonce: str) -> bool:
    """Whether `message` is the delivery with this nonce."""
    parts = list(_walk(message.components))
    if set(_marks(nonce)) <= {getattr(part, "id", None) for part in parts}:
        return True
    if any((getattr(part, "custom_id", None) or "").startswith(f"{_KEYED}{nonce}|") for part in parts):
        return True
    return any(_fragment(nonce) in f"{embed.url} {embed.description}" for embed in message.embeds)


def _walk(components: Sequence[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            yield accessory
