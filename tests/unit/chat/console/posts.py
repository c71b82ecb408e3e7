"""Posts for the console's tests."""

from datetime import UTC, datetime, timedelta

from bot.model import Button, Post, PostItem, SourceLine

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


def line(outlet: str, hours: float, url: str | None = "https://example.org/a") -> SourceLine:
    return SourceLine(article_id=outlet, outlet=outlet, url=url, title="t", when=NOW - timedelta(hours=hours))


DIGEST = Post(
    heading="Morning brief",
    intro="3 stories from 5 outlets · Sunday 22 November, 07:00–11:00 JST",
    zone="Asia/Tokyo",
    items=(
        PostItem(
            title="Japan, Indonesia sign ¥42 bln loan deal for three patrol ships",
            url="https://example.org/patrol-ships",
            number=3,
            badge="update",
            points=(
                "Japan and Indonesia signed an agreement in Jakarta under which Tokyo will lend 42 billion yen.",
                "日本とインドネシアは22日、大型巡視船3隻の供与に向けた420億円の円借款に署名した。塚本晴香外相らが会談した。",
            ),
            lines=(line("Harbour Wire", 1.5), line("The Northern Ledger", 1), line("東洋日報", 0.4)),
            note="3 independent outlets",
        ),
        PostItem(
            title="EU [bold]sanctions[/bold] 14 Belarusian officials and a state-owned potash trader after six weeks "
            "of delay",
            number=12,
            points=("Ministers approved the listings without debate.",),
            lines=(line("Harbour Wire", 26, None),),
            note="1 outlet, 2 republishing",
        ),
        PostItem(title="A word of the house", note="It has no number."),
    ),
    footer="3 stories were left out; /digest preview says which and why.",
    buttons=(
        *(Button(label=f"Story {number}", action=f"/story {number}") for number in (3, 12, 13, 14)),
        Button(label="Older", action="/latest page:2"),
        Button(label="About", action="https://example.org/a b", link=True),
    ),
)
