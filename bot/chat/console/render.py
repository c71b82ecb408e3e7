"""A Post for the terminal: plain words in, styled lines out. No text of an article is ever taken for markup.

Lines are wrapped here rather than by tables, so that what is copied or piped has no trailing spaces.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.cells import cell_len
from rich.console import Console, Group
from rich.style import Style
from rich.text import Text

from bot.chat.console.look import Look, look_of, safe_link
from bot.model import Button, Post, PostItem, SourceLine

MOST_ALIKE = 3
"""Choices of one command shown under a post: the story numbers stand beside the stories anyway."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show(console: Console, post: Post, now: datetime | None = None) -> None:
    """Print `post`; `now` gives the ages of what it names."""
    console.print(render(post, look_of(console, now)), no_wrap=True, overflow="ignore", crop=False)


def render(post: Post, look: Look) -> Group:
    """The post as lines, each no wider than `look.width` unless it is an address."""
    return Group(*_all_lines(post, look))


def _all_lines(post: Post, look: Look) -> Iterator[Text]:
    yield _heading(post.heading, look)
    if post.intro:
        yield from _paragraph(post.intro, look, Style(dim=True))
    gutter = max((len(str(item.number)) for item in post.items if item.number is not None), default=0)
    rows = all(_is_row(item) for item in post.items)
    for number, item in enumerate(post.items):
        if number == 0 or not rows:
            yield Text()
        yield from _row(item, gutter, look) if rows else _item(item, gutter, zone_of(post.zone), look)
    if post.footer:
        yield Text()
        yield from _paragraph(post.footer, look, Style(dim=True, italic=True))
    if post.buttons:
        yield Text()
        yield from _buttons(post.buttons, look)
    yield Text()


def _heading(heading: str, look: Look) -> Text:
    title = Text(look.line(heading) or "-")
    title.truncate(max(1, look.width - 8), overflow="ellipsis" if look.fancy else "crop")
    title.stylize(Style(bold=True))
    rest = max(2, look.width - cell_len(title.plain) - 4)
    style = Style(color="cyan")
    return Text.assemble((look.rule * 2, style), " ", title, " ", (look.rule * rest, style))


def _paragraph(text: str, look: Look, style: Style) -> Iterator[Text]:
    for line in look.lines(text):
        yield from _wrapped(Text(line, style=style), look.width)


def _is_row(item: PostItem) -> bool:
    """Whether the item says all on one line, as in a list of commands or alerts."""
    return not item.lines and not item.note and not item.url and len(item.points) <= 1


def _row(item: PostItem, gutter: int, look: Look) -> Iterator[Text]:
    """The title and its one point, without a bullet."""
    text = _title(item, look)
    for point in item.points:
        text.append("  ").append(look.line(point), style="dim")
    yield from _wrapped(text, look.width, _number(item, gutter), " " * (gutter + 4 if gutter else 4))


def _number(item: PostItem, gutter: int) -> Text:
    """The story's handle, or the room for it."""
    number = "" if item.number is None else str(item.number)
    return Text(number.rjust(gutter) + "  ", style="bold cyan") if gutter else Text()


def _item(item: PostItem, gutter: int, zone: tzinfo, look: Look) -> Iterator[Text]:
    indent = " " * (gutter + 2) if gutter else "  "
    first = _number(item, gutter)
    yield from _wrapped(_title(item, look), look.width, first, " " * len(first))
    bullet = Text.assemble(indent, (look.bullet, "cyan"), " ")
    for point in item.points:
        yield from _wrapped(Text(look.line(point)), look.width, bullet, indent + "  ")
    if item.lines:
        yield from _wrapped(_sources(item.lines, zone, look), look.width, Text(indent), indent)
    if item.channel:
        yield from _wrapped(
            Text(f"in channel {look.line(item.channel)}", style="dim"), look.width, Text(indent), indent
        )
    if item.note:
        for line in look.lines(item.note):
            yield from _wrapped(Text(line, style="dim"), look.width, Text(indent), indent)
    address = None if look.linking else safe_link(item.url)
    if address:
        yield Text(indent + address)


def _title(item: PostItem, look: Look) -> Text:
    title = Text.assemble((look.line(item.title) or "(no title)", Style(bold=True, link=look.link(item.url))))
    return Text.assemble(title, "  ", (f"[{look.line(item.badge)}]", "yellow")) if item.badge else title


def _sources(lines: Sequence[SourceLine], zone: tzinfo, look: Look) -> Text:
    """Outlets and local times; the zone once when it is the same for all; the age of the newest."""
    times = [line.when.astimezone(zone) for line in lines]
    names = [zone_name(moment) for moment in times]
    same = len(set(names)) == 1
    parts: list[Text] = []
    for line, moment, name in zip(lines, times, names, strict=True):
        last = len(parts) == len(lines) - 1
        outlet = Text(look.line(line.outlet) or "unknown outlet", style=Style(link=look.link(line.url)))
        parts.append(outlet.append(f", {clock_time(moment, look.now)}{f' {name}' if last or not same else ''}"))
    text = Text(look.dot, style="dim").join(parts)
    text.stylize("dim")
    newest = max(times)
    return text.append(f" ({age(newest, look.now)})", style="dim") if look.now and newest <= look.now else text


def _buttons(buttons: Iterable[Button], look: Look) -> Iterator[Text]:
    commands = [button for button in buttons if not button.link]
    for button in buttons:
        address = safe_link(button.action) if button.link else None
        if address:
            label = Text(look.line(button.label), style=Style(link=look.link(address), underline=look.linking))
            yield label if look.linking else Text.assemble(label, ": ", address)
    if commands:
        line = Text("  ").join(_choices(commands, look))
        yield from _wrapped(line, look.width, Text("try: ", style="dim"), " " * len("try: "))


def _choices(buttons: Sequence[Button], look: Look) -> Iterator[Text]:
    """Some of each command, in order; dots stand for the rest of a long row."""
    seen: Counter[str] = Counter()
    for button in buttons:
        name = button.action.partition(" ")[0]
        seen[name] += 1
        if seen[name] <= MOST_ALIKE:
            yield _choice(button, look)
        elif seen[name] == MOST_ALIKE + 1:
            yield Text("…" if look.fancy else "...")


def _choice(button: Button, look: Look) -> Text:
    """The command to type; its label too unless that says the same."""
    action, label = look.line(button.action), look.line(button.label)
    text = Text(action, style="cyan")
    if label.lower() != action.removeprefix("/").lower():
        text.append(f" ({label})", style="dim")
    return text


def _wrapped(text: Text, width: int, first: Text | None = None, indent: str = "") -> Iterator[Text]:
    """`text` in lines of at most `width` columns: `first` before the first one, `indent` before the others."""
    lead = first or Text()
    room = max(10, width - max(cell_len(lead.plain), len(indent)))
    lines = text.wrap(_MEASURE, room, overflow="fold")
    for number, line in enumerate(lines):
        whole = Text.assemble(lead if number == 0 else Text(indent), line)
        whole.rstrip()
        yield whole


# Wrapping asks a console for its tab size and justification only, never for its width.
_MEASURE = Console(color_system=None, legacy_windows=False)


def zone_of(name: str) -> tzinfo:
    """The zone, or UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def zone_name(moment: datetime) -> str:
    """Letters such as JST; zones without letters of their own ("+03") are named by their offset."""
    name = moment.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def clock_time(moment: datetime, now: datetime | None) -> str:
    """The local time, with as much of its day as a reader at `now` needs: 14:05, Mon 14:05, 3 Nov 14:05."""
    clock = f"{moment:%H:%M}"
    if now is None:
        return f"{moment.day} {_MONTHS[moment.month - 1]} {clock}"
    today = now.astimezone(moment.tzinfo).date()
    days = (today - moment.date()).days
    if days == 0:
        return clock
    if 0 < days < len(_DAYS):
        return f"{_DAYS[moment.weekday()]} {clock}"
    year = f" {moment.year}" if moment.year != today.year else ""
    return f"{moment.day} {_MONTHS[moment.month - 1]}{year} {clock}"


def age(moment: datetime, now: datetime | None) -> str:
    """How long ago: just now, 25 min ago, 5 h ago, 3 d ago; "" without `now`."""
    if now is None:
        return ""
    minutes = int((now - moment) / timedelta(minutes=1))
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    hours = round(minutes / 60)
    return f"{hours} h ago" if hours < 48 else f"{round(hours / 24)} d ago"
