#!/usr/bin/env python3
"""Makes docs/digest.svg: the demo's digest as a terminal shows it. By hand, after a change that shows:

    python docs/picture.py

The real thing: sample outlets on loopback, polled over HTTP, read, grouped, composed and sent to the console. Only
the clock stands still, so that the picture changes with the product and not with the day.
"""

import asyncio
import html
import io
import re
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from bot.bootstrap import build
from bot.chat.console.messenger import ConsoleMessenger
from bot.cli.common import set_up_logging
from bot.config import LogSettings, parse
from bot.demo.content import sample_news
from bot.demo.outlets import SampleOutlets
from bot.demo.settings import settings as demo_settings
from bot.model import Filter, Schedule, Target

NOW = datetime(2026, 10, 5, 17, 30, tzinfo=UTC)
STORIES = 3
"""Enough to show what a digest is, and few enough to be seen without scrolling."""
COLUMNS = 88
ADVANCE = 12.2
"""Rich's width of a column in its pictures, in pixels."""
MARGIN = 22
WIDTH = round(COLUMNS * ADVANCE) + 2 * MARGIN

THEME = TerminalTheme(
    (24, 27, 33),
    (214, 218, 224),
    [(24, 27, 33), (224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (86, 182, 194),
     (214, 218, 224)],
)  # fmt: skip

FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 WIDTH {height}" role="img" aria-label="A digest of Attaché">
<style>
text {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre }}
{styles}
</style>
<rect width="WIDTH" height="{height}" rx="10" fill="#181b21"/>
<g transform="translate(MARGIN, MARGIN)">{backgrounds}{matrix}</g>
</svg>
""".replace("WIDTH", str(WIDTH)).replace("MARGIN", str(MARGIN))
"""Fonts of the reader's machine: nothing is loaded from elsewhere."""


class StandingClock:
    """Always the same time."""

    def now(self) -> datetime:
        return NOW


async def digest(screen: Console) -> None:
    """One round and one digest, as `attache demo --once` does them."""
    set_up_logging(LogSettings(level="error"))
    clock = StandingClock()
    with tempfile.TemporaryDirectory() as folder:
        async with SampleOutlets(sample_news(NOW), now=NOW) as outlets:
            settings = parse(demo_settings(outlets, Path(folder)))
            async with build(settings, clock=clock) as app:
                app.messengers.register(ConsoleMessenger(screen, clock), "console")
                await app.intaker.round(everything=True)
                subscription = await app.subscriptions.schedule(
                    name="Evening digest",
                    guild_id="console",
                    target=Target(kind="console", id="console", guild_id="console"),
                    by="console",
                    schedule=Schedule(times=(time(17, 30),), zone=app.settings.zone),
                    wanted=Filter(),
                    size=STORIES,
                )
                await app.publisher.digest_now(subscription)
                await app.deliverer.deliver()


_TEXT = re.compile(
    r'<text class="(?P<style>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="[^"]*" clip-path="[^"]*">'
    r"(?P<text>[^<]*)</text>"
)


def fitted(svg: str) -> str:
    """`svg` with each text where its columns are. Rich counts characters where it tells a length, and wide ones take
    two columns; and it begins texts with spaces, which some viewers drop.
    """

    def one(match: re.Match[str]) -> str:
        text = html.unescape(match["text"]).replace("\xa0", " ").rstrip()
        shown = text.lstrip()
        if not shown:
            return ""
        x = float(match["x"]) + ADVANCE * (len(text) - len(shown))
        length = cell_len(shown) * ADVANCE
        words = html.escape(shown, quote=False).replace("  ", "\xa0 ")
        return f'<text class="{match["style"]}" x="{x:g}" y="{match["y"]}" textLength="{length:g}">{words}</text>'

    return _TEXT.sub(one, svg)


def main() -> None:
    """Write the picture beside this file."""
    screen = Console(
        file=io.StringIO(), record=True, width=COLUMNS, force_terminal=True, color_system="truecolor",
        highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    asyncio.run(digest(screen))
    svg = screen.export_svg(title="", theme=THEME, code_format=FRAME, unique_id="digest")
    text = "\n".join(line for line in fitted(svg).splitlines() if line.strip()) + "\n"
    Path(__file__).with_name("digest.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
