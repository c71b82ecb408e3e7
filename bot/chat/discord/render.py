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

from bot.chat import commands, lines
from bot.chat.discord.markup import clean, safe_url, size
from bot.chat.discord.pages import (
    footer_text,
    heading_text,
    intro_text,
    item_text,
    pages,
)
from bot.errors import InputError
from bot.model import Button, Post

__all__ = ["Look", "cards", "carries", "embeds", "line_of", "pages"]

ACCENT = 0x2F5D8A  # a quiet blue that reads on Discord's light and dark grounds
MAX_COMPONENTS = 40
MAX_BUTTONS = 10
MAX_BUTTONS_BELOW = 25  # five rows of five: all that stands under an embed
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
            command, _ = lines.find(line.strip().removeprefix("/").split())
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
    body, rows = _laid_out(post, look)
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


def _laid_out(post: Post, look: Look) -> tuple[list[ui.Item[Any]], list[ui.ActionRow[Any]]]:
    """Stories and button rows in the richest form that fits: each story with two buttons under it, for all of it and
    for what its points rest on; with the first beside it and space between; without the space; with the buttons
    below; at last several rows of a list in one text display.
    """
    texts = [item_text(item, post.zone) for item in post.items]
    lines = [item.story_line for item in post.items]
    own = [button for button in post.buttons if button.action not in lines]
    frame = 3 + (2 if post.footer else 0)  # container, opening, separator; separator, footer
    count, gaps = len(texts), max(0, len(texts) - 1)
    proofs = [item.evidence_line for item in post.items]
    under = count + sum(2 + (line is not None) for line, proof in zip(lines, proofs, strict=True) if proof)
    under += frame + _row_size(own)
    if any(proofs) and under <= MAX_COMPONENTS:
        rows = _rows(own, look)
        groups = [_above(text, line, proof, look) for text, line, proof in zip(texts, lines, proofs, strict=True)]
        return _spaced_groups(groups, under + gaps <= MAX_COMPONENTS), rows
    beside = count + 2 * sum(line is not None for line in lines) + frame + _row_size(own)
    if count > 1 and beside <= MAX_COMPONENTS:
        rows = _rows(own, look)
        shown = [_beside(text, line, look) for text, line in zip(texts, lines, strict=True)]
        return _spaced(shown, beside + gaps <= MAX_COMPONENTS), rows
    rows = _rows(post.buttons, look)
    room = MAX_COMPONENTS - frame - _row_size(post.buttons)
    step = max(1, -(-count // room))
    plain = [ui.TextDisplay[Any]("\n".join(texts[start : start + step])) for start in range(0, count, step)]
    return _spaced(list(plain), count + gaps <= room), rows


def _row_size(buttons: Sequence[Button]) -> int:
    """Components of the rows, at most."""
    count = min(len(buttons), MAX_BUTTONS)
    return count + -(-count // _ROW)


def _spaced(items: list[ui.Item[Any]], spaced: bool) -> list[ui.Item[Any]]:
    if not spaced:
        return items
    return [part for item in items for part in (ui.Separator[Any](visible=False), item)][1:]


def _above(text: str, line: str | None, proof: str | None, look: Look) -> list[ui.Item[Any]]:
    """A story with its buttons under it."""
    asked = (("More", line), ("Evidence", proof)) if proof else ()
    customs = [(label, look.custom_id(action)) for label, action in asked if action]
    buttons = [ui.Button[Any](label=label, custom_id=custom) for label, custom in customs if custom]
    display: ui.TextDisplay[Any] = ui.TextDisplay(text)
    return [display, ui.ActionRow(*buttons)] if buttons else [display]


def _spaced_groups(groups: list[list[ui.Item[Any]]], spaced: bool) -> list[ui.Item[Any]]:
    if not spaced:
        return [part for group in groups for part in group]
    return [part for group in groups for part in (ui.Separator[Any](visible=False), *group)][1:]


def _beside(text: str, line: str | None, look: Look) -> ui.Item[Any]:
    display: ui.TextDisplay[Any] = ui.TextDisplay(text)
    custom = look.custom_id(line) if line else None
    return ui.Section(display, accessory=ui.Button(label="More", custom_id=custom)) if custom else display


def _rows(buttons: Sequence[Button], look: Look, most: int = MAX_BUTTONS) -> list[ui.ActionRow[Any]]:
    made = list(_buttons(buttons[:most], look))
    return [ui.ActionRow(*made[start : start + _ROW]) for start in range(0, len(made), _ROW)]


def _buttons(buttons: Sequence[Button], look: Look) -> Iterator[ui.Button[Any]]:
    for button in buttons:
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
    proofs = [(item.number, line) for item in post.items if (line := item.evidence_line)]
    buttons = (
        *post.buttons[:MAX_BUTTONS],
        *(Button(label=f"Evidence {number}", action=line) for number, line in proofs),
    )
    rows = _rows(buttons, look, MAX_BUTTONS_BELOW)
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
