"""Posts in a terminal: golden renderings, and nothing hostile that comes through."""

import io
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.chat.console.look import LONGEST_LINK, NARROWEST, look_of, make_console, safe_link
from bot.chat.console.render import age, clock_time, show, zone_name, zone_of
from bot.model import Button, Post, PostItem, SourceLine
from tests.unit.chat.console.posts import DIGEST, NOW, line

GOLDEN = Path(__file__).parent / "golden"
_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;(?:id=\d+)?;(?P<url>[^\x1b]*)\x1b\\")


def plain(post: Post, now: datetime | None = NOW) -> str:
    """As into a pipe."""
    file = io.StringIO()
    show(make_console(file), post, now)
    return file.getvalue()


def fancy(post: Post, now: datetime | None = NOW, width: int = 88) -> str:
    """As on a terminal, with its escape sequences."""
    file = io.StringIO()
    console = Console(
        file=file,
        force_terminal=True,
        width=width,
        color_system="256",
        legacy_windows=False,
        _environ={"TERM": "xterm"},
    )
    show(console, post, now)
    return file.getvalue()


def test_a_digest_in_a_pipe() -> None:
    assert plain(DIGEST) == (GOLDEN / "digest_plain.txt").read_text(encoding="utf-8")


def test_a_digest_on_a_terminal() -> None:
    assert _OURS.sub("", fancy(DIGEST)) == (GOLDEN / "digest_terminal.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("terminal", [{"TERM": "dumb"}, {"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}])
def test_addresses_are_written_out_where_a_terminal_knows_no_links(
    terminal: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in terminal.items():
        monkeypatch.setenv(name, value)
    file = io.StringIO()
    show(Console(file=file, force_terminal=True, width=88, legacy_windows=False), DIGEST, NOW)
    assert "https://example.org/patrol-ships\n" in file.getvalue()
    assert "\x1b]8" not in file.getvalue()
    assert "•" in file.getvalue()


def test_titles_outlets_and_links_are_hyperlinks_on_a_terminal_alone() -> None:
    urls = [match["url"] for match in _OURS.finditer(fancy(DIGEST)) if match["url"]]
    assert "https://example.org/patrol-ships" in urls
    assert "https://example.org/a" in urls
    assert "https://example.org/a%20b" in urls
    assert "\x1b" not in plain(DIGEST)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org/x", "https://", "", None,
        "https://[::1", "https://example.org/" + "a" * LONGEST_LINK,
    ],
)  # fmt: skip
def test_no_other_address_becomes_a_link(url: str | None) -> None:
    post = Post(heading="H", items=(PostItem(title="T", url=url, lines=(line("O", 1, url),)),))
    assert "\x1b]8" not in fancy(post)
    assert "//" not in plain(post)


def test_a_link_cannot_end_its_own_sequence() -> None:
    post = Post(heading="H", items=(PostItem(title="T", url="https://example.org/\x1b\\\x07\x1b[2Jx\u202e"),))
    (url,) = {match["url"] for match in _OURS.finditer(fancy(post)) if match["url"]}
    assert url == "https://example.org/%1B%5C%07%1B[2Jx%E2%80%AE"


# Whole code points, weighted towards what terminals act on.
nasty = st.text(
    st.characters(codec=None)
    | st.sampled_from("\x1b\x9b\x07\x08\r\n\t\x00\u202e\u2066\u2028[]/;\\mHJ8\ud800😀é\u0301"),
    max_size=60,
)
lines = st.builds(
    SourceLine,
    article_id=st.just("a"),
    outlet=nasty,
    url=st.none() | nasty | nasty.map(lambda text: f"https://example.org/{text}"),
    title=nasty,
    when=st.integers(-(10**6), 10**6).map(lambda minutes: NOW + timedelta(minutes=minutes)),
)
items = st.builds(
    PostItem,
    title=nasty,
    url=st.none() | nasty.map(lambda text: f"http://example.org/{text}"),
    number=st.none() | st.integers(1, 10**6),
    badge=st.none() | nasty,
    points=st.lists(nasty, max_size=2).map(tuple),
    lines=st.lists(lines, max_size=2).map(tuple),
    note=st.none() | nasty,
)
posts = st.builds(
    Post,
    heading=nasty,
    intro=st.none() | nasty,
    items=st.lists(items, max_size=2).map(tuple),
    footer=st.none() | nasty,
    buttons=st.lists(st.builds(Button, label=nasty, action=nasty, link=st.booleans()), max_size=2).map(tuple),
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "Nowhere/Land", "", "../x"]),
)


def _acts(text: str) -> list[str]:
    """Characters that a terminal would obey or hide behind."""
    hidden = set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff")
    return [ch for ch in text if ch != "\n" and (unicodedata.category(ch) in ("Cc", "Cs") or ch in hidden)]


@given(posts)
def test_nothing_from_a_post_acts_on_the_terminal(post: Post) -> None:
    assert _acts(plain(post)) == []
    assert _acts(_OURS.sub("", fancy(post))) == []


@given(posts, st.integers(NARROWEST, 140))
def test_no_line_is_wider_than_the_terminal_but_for_addresses(post: Post, width: int) -> None:
    for shown in _OURS.sub("", fancy(post, width=width)).split("\n"):
        assert cell_len(shown) <= width, shown
        assert shown == shown.rstrip() or not shown.strip()


@given(posts)
def test_a_terminal_without_unicode_gets_what_it_can_show(post: Post) -> None:
    buffer = io.BytesIO()
    file = io.TextIOWrapper(buffer, encoding="ascii", newline="")
    show(make_console(file), post, NOW)
    file.flush()
    assert buffer.getvalue().isascii()


def test_typography_becomes_readable_ascii() -> None:
    buffer = io.BytesIO()
    file = io.TextIOWrapper(buffer, encoding="ascii", newline="")
    show(make_console(file), Post(heading="“Talks” – it’s on…", intro="日"), NOW)
    file.flush()
    assert b'"Talks" - it\'s on...' in buffer.getvalue()
    assert b"\n?\n" in buffer.getvalue()


def test_a_terminal_never_gets_lines_too_long_to_read() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=300, legacy_windows=False)
    assert look_of(console).width == 100


@pytest.mark.parametrize(
    ("hours", "words", "shown"),
    [
        (0, "just now", "11:00"),
        (0.5, "30 min ago", "10:30"),
        (5, "5 h ago", "06:00"),
        (13, "13 h ago", "Sat 22:00"),
        (72, "3 d ago", "Thu 11:00"),
        (24 * 20, "20 d ago", "2 Nov 11:00"),
        (24 * 400, "400 d ago", "18 Oct 2025 11:00"),
    ],
)
def test_times_say_as_much_of_the_day_as_is_needed(hours: float, words: str, shown: str) -> None:
    moment = NOW - timedelta(hours=hours)
    assert age(moment, NOW) == words
    assert clock_time(moment.astimezone(zone_of("Asia/Tokyo")), NOW) == shown


def test_zones() -> None:
    assert zone_of("No/Where") is UTC
    assert zone_name(NOW.astimezone(zone_of("Asia/Tokyo"))) == "JST"
    assert zone_name(NOW.astimezone(zone_of("Asia/Dubai"))) == "UTC+04"
    assert safe_link("HTTPS://example.org/ä") == "HTTPS://example.org/%C3%A4"


def test_each_outlet_names_its_zone_when_clocks_changed_between_them() -> None:
    post = Post(
        heading="H",
        zone="Europe/Paris",
        items=(PostItem(title="T", lines=(line("A", 24 * 40), line("B", 1))),),
    )
    assert "A, 13 Oct 04:00 CEST; B, 02:00 CET (1 h ago)" in plain(post)


def test_lists_take_a_line_an_item() -> None:
    post = Post(
        heading="Help",
        items=(
            PostItem(title="/latest [country]", points=("The newest diplomatic stories",)),
            PostItem(
                title="/help", points=("What I can do, said at such length that it does not fit on one line of it",)
            ),
        ),
    )
    assert plain(post).splitlines()[1:] == [
        "",
        "/latest [country]  The newest diplomatic stories",
        "/help  What I can do, said at such length that it does not fit on one line of it",
        "",
    ]
    rules = Post(heading="Alerts", items=(PostItem(title="“sanctions”", number=1, badge="stopped"),))
    assert plain(rules).splitlines()[1:] == ["", "1  “sanctions”  [stopped]", ""]
