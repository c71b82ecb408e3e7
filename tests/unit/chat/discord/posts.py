"""Posts to render: one that could be real, and any at all."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model import Button, Post, PostItem, SourceLine


def line(outlet: str, hour: int, minute: int, url: str | None = "https://wire.example/a", day: int = 20) -> SourceLine:
    return SourceLine(
        article_id=f"{outlet}{hour}",
        outlet=outlet,
        url=url,
        title="",
        when=datetime(2026, 5, day, hour, minute, tzinfo=UTC),
    )


def digest(stories: int = 3, *, points: int = 3) -> Post:
    items = tuple(
        PostItem(
            title=f"Ministers of Arland and Borduria agree on fishing quotas for area {number}",
            url=f"https://wire.example/story/{number}?utm=1",
            number=number,
            badge="update" if number == 2 else None,
            points=tuple(f"Point {number}.{point}: the two sides will meet again in June." for point in range(points)),
            lines=(line("Reuters", 5, 5), line("Jiji Press", 5, 20, "https://jiji.example/b")),
            note="3 independent outlets, 2 republishing",
        )
        for number in range(1, stories + 1)
    )
    return Post(
        heading="Morning digest",
        intro="Wed 20 May 2026, 14:30 JST · 3 stories",
        items=items,
        footer="Sources: 12 feeds · /help",
        buttons=(Button(label="What was left out", action="/digest preview morning"),),
        zone="Asia/Tokyo",
    )


_TEXT = st.text(max_size=120)
_LONG = st.one_of(_TEXT, st.text(min_size=1, max_size=30).map(lambda text: text * 200))
_URL = st.one_of(
    st.none(),
    st.sampled_from(["https://example.org/a(b)", "javascript:1", "https://例え.jp/" + "道" * 90, "http://[::1]/"]),
    st.text(max_size=40).map(lambda path: f"https://example.org/{path}"),
)
_LINES = st.builds(
    SourceLine,
    article_id=st.just("a"),
    outlet=_TEXT,
    url=_URL,
    title=_TEXT,
    when=st.integers(min_value=0, max_value=4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
_ITEMS = st.builds(
    PostItem,
    title=_LONG,
    url=_URL,
    number=st.one_of(st.none(), st.integers(min_value=1, max_value=10**9)),
    badge=st.one_of(st.none(), _TEXT),
    points=st.lists(_LONG, max_size=6).map(tuple),
    lines=st.lists(_LINES, max_size=12).map(tuple),
    note=st.one_of(st.none(), _LONG),
)
_ROWS = st.builds(PostItem, title=st.text(max_size=8))
_BUTTONS = st.builds(
    Button,
    label=_TEXT,
    action=st.one_of(st.sampled_from(["/story 3", "/latest page:2", "https://example.org/x"]), _TEXT),
    link=st.booleans(),
)
POSTS = st.builds(
    Post,
    heading=_LONG,
    intro=st.one_of(st.none(), _LONG, st.lists(_TEXT, max_size=60).map("\n".join)),
    items=st.one_of(st.lists(_ITEMS, max_size=30), st.lists(_ROWS, max_size=80)).map(tuple),
    footer=st.one_of(st.none(), _LONG),
    buttons=st.lists(_BUTTONS, max_size=14).map(tuple),
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu", "Nowhere/Land", "", "../etc"]),
    private=st.booleans(),
)
