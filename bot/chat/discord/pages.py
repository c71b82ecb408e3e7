"""A post cut into messages: every piece is measured as it will be shown, so that the limits hold by construction.

Both looks share one budget, because a server may change its look while a delivery is on its way: 4,000 characters of
text displays (cards) and 4,096 of an embed's description.
"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.discord.markup import clean, code, escape, escape_lines, fit, link, safe_url, size
from bot.model import Button, Post, PostItem, SourceLine

BUDGET = 3_850
"""Of Discord's 4,000 characters for all text displays of a message; the rest is for line breaks and the key."""
MAX_HEADING = 240  # an embed's title holds 256
MAX_FOOTER = 500
MAX_ITEM = 2_600
"""What one item may take, so that heading, item and footer always fit together."""
MAX_ITEMS = 60
"""More rows than that are no message but a list to leaf through; cards show several in one text display."""
_MAX_TITLE, _MAX_OUTLETS, _MAX_NOTE, _MAX_POINT = 500, 700, 300, 800
_EXCUSE = 160  # room for a word on why a message does not stand under the name that it should
_CONTINUED = 20  # " (99 of 99)", and room to spare


def pages(post: Post) -> tuple[Post, ...]:
    """Parts that each fit one message, the same ones every time; a part cut again is itself.

    Every item stands in exactly one part. An intro that is too long runs over several parts. A story's own button
    goes with its story; the other buttons and the footer stand under the last part.
    """
    parts = _parts(post)
    if len(parts) == 1:
        return (post,)
    total = len(parts)
    heading = _plain_cut(post.heading, MAX_HEADING - _CONTINUED)
    buttons = _shared_out(post.buttons, [items for _, items in parts])
    return tuple(
        replace(
            post,
            heading=f"{heading} ({number} of {total})".strip(),
            intro=intro,
            items=items,
            footer=post.footer if number == total else None,
            buttons=buttons[number - 1],
        )
        for number, (intro, items) in enumerate(parts, 1)
    )


def _parts(post: Post) -> list[tuple[str | None, tuple[PostItem, ...]]]:
    frame = MAX_HEADING + (size(footer_text(post)) + 1 if post.footer else 0) + (_EXCUSE if post.face else 0)
    room = BUDGET - frame
    intros = _split_intro(post.intro, room) if post.intro else []
    parts: list[tuple[str | None, list[PostItem]]] = [(intro, []) for intro in intros] or [(None, [])]
    used = size(escape_lines(parts[-1][0] or ""))
    for item in post.items:
        cost = size(item_text(item, post.zone)) + 2
        if (used + cost > room or len(parts[-1][1]) >= MAX_ITEMS) and (used or parts[-1][1]):
            parts.append((None, []))
            used = 0
        parts[-1][1].append(item)
        used += cost
    return [(intro, tuple(items)) for intro, items in parts]


def _shared_out(buttons: tuple[Button, ...], parts: list[tuple[PostItem, ...]]) -> list[tuple[Button, ...]]:
    """Each part's buttons, in their order."""
    home: dict[str, int] = {}
    for number, items in enumerate(parts):
        for item in items:
            if line := item.story_line:
                home.setdefault(line, number)
    last = len(parts) - 1
    return [
        tuple(button for button in buttons if home.get(button.action, last) == number) for number in range(len(parts))
    ]


def _split_intro(intro: str, room: int) -> list[str]:
    """Pieces of at most `room` once escaped, cut at line breaks, else at spaces, else anywhere."""
    pieces: list[str] = []
    rest = intro
    while len(rest) > room or size(escape_lines(rest)) > room:  # escaping never shortens: long texts need no measuring
        end = room
        while size(escape_lines(rest[:end])) > room:
            end = end * 9 // 10
        cut = max(rest.rfind("\n", 1, end), 0) or max(rest.rfind(" ", 1, end), 0) or end
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in [*pieces, rest] if piece]


def _plain_cut(text: str, limit: int) -> str:
    """Words as they are, but so short that they fit once escaped."""
    plain = clean(text)
    cut = plain[:limit]
    while size(escape(cut)) > limit - 1:
        cut = cut[:-5]
    return plain if cut == plain else cut + "…"


# --- the words of each piece ---------------------------------------------------------------------------------------


def heading_text(post: Post) -> str:
    """The heading without its markup."""
    return fit(post.heading, MAX_HEADING)


def intro_text(post: Post) -> str:
    """The lines between heading and items."""
    return escape_lines(post.intro or "")


def footer_text(post: Post) -> str:
    """The last line, small; empty when there is none."""
    words = fit(post.footer or "", MAX_FOOTER)
    return f"-# {words}" if words else ""


def item_text(item: PostItem, zone: str, fragment: str = "") -> str:
    """One story as it is shown: number and linked title, key points, outlets with their local time, note.

    `fragment` is put on the title's link (a delivery's key, in the embeds look).
    """
    title = _title(item, fragment)
    tail = [line for line in (_outlets(item, zone), _channel(item.channel), _subtext(item.note)) if line]
    room = MAX_ITEM - size(title) - sum(size(line) + 1 for line in tail)
    return "\n".join([title, *_points(item.points, room), *tail])


def _title(item: PostItem, fragment: str) -> str:
    url = safe_url(item.url)
    if url and fragment:
        url = f"{url.partition('#')[0]}#{fragment}"
    words = link(clean(item.title) or "(untitled)", url, _MAX_TITLE)
    number = f"{item.number} · " if item.number is not None else ""
    badge = code(item.badge) if item.badge else ""
    return f"**{number}{words}**{' ' if badge else ''}{badge}"


def _points(points: tuple[str, ...], room: int) -> list[str]:
    """Bullets while there is room; the last one that finds too little is shortened."""
    shown: list[str] = []
    for point in points:
        words = fit(point, _MAX_POINT)
        if not words:
            continue
        if size(words) + 3 > room:
            if room > 40:
                shown.append(f"- {fit(point, room - 4)}")
            elif shown:
                shown[-1] = shown[-1].rstrip("…") + "…"
            break
        shown.append(f"- {words}")
        room -= size(words) + 3
    return shown


def _subtext(text: str | None) -> str:
    words = fit(text or "", _MAX_NOTE)
    return f"-# {words}" if words else ""


def _channel(channel: str | None) -> str:
    """`-# in #general`: a mention of a channel pings nobody."""
    return f"-# in <#{channel}>" if channel and channel.isdecimal() and len(channel) <= 20 else ""


def _outlets(item: PostItem, zone: str) -> str:
    """`-# Reuters, 20 May 14:05 JST · Jiji Press, 14:20 JST`, each outlet linked while that fits."""
    if not item.lines:
        return ""
    place = zone_of(zone)
    for linked in (True, False):
        pieces = _outlet_pieces(item.lines, place, linked=linked)
        if size(" · ".join(pieces)) <= _MAX_OUTLETS:
            return "-# " + " · ".join(pieces)
    shown: list[str] = []
    for piece in pieces:
        if size(" · ".join([*shown, piece])) > _MAX_OUTLETS - 20:
            break
        shown.append(piece)
    return "-# " + " · ".join([*shown, f"and {len(pieces) - len(shown)} more"])


def _outlet_pieces(lines: tuple[SourceLine, ...], zone: ZoneInfo, *, linked: bool) -> list[str]:
    pieces = []
    day = None
    for line in lines:
        local = line.when.astimezone(zone)
        name = link(clean(line.outlet) or "unnamed", line.url if linked else None, 80)
        pieces.append(f"{name}, {_moment(local, with_day=local.date() != day)}")
        day = local.date()
    return pieces


def _moment(local: datetime, *, with_day: bool) -> str:
    """Month names are written out: 05/06 is read in two ways."""
    name = local.tzname() or "UTC"
    zone = f"UTC{name}" if name[0] in "+-" else name
    day = f"{local.day} {_MONTHS[local.month - 1]} " if with_day else ""
    return f"{day}{local:%H:%M} {zone}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def zone_of(name: str) -> ZoneInfo:
    """The zone, or UTC where the machine does not know it: a message is not lost over its clock."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
