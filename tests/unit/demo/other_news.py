"""Thirty other articles and a fourth outlet, for tests that swap the sample out."""

import tomllib
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from bot.demo.content import SampleArticle, SampleNews, SampleOutlet, fill, parse_offset

OUTLETS = (
    SampleOutlet(key="tasman", name="Tasman Press", country="NZL", language="en", kind="wire", template="wire"),
    SampleOutlet(key="ridge", name="Ridge Herald", country="CAN", language="en", feed="atom", metadata="opengraph"),
    SampleOutlet(key="lantern", name="The Lantern", country="IRL", language="en", feed="json", template="broadsheet"),
    SampleOutlet(key="prism", name="Prism Daily", country="ZAF", language="en", template="tabloid", metadata="jsonld"),
)


def other_news(now: datetime) -> tuple[SampleNews, dict[str, tuple[str, ...]]]:
    """The news, and for each event the titles that tell it, oldest first."""
    rows = tomllib.loads((Path(__file__).parent / "other_news.toml").read_text(encoding="utf-8"))["articles"]
    articles: list[SampleArticle] = []
    events: defaultdict[str, list[SampleArticle]] = defaultdict(list)
    days = {row["event"]: now + parse_offset(row["offset"]) for row in reversed(rows)}
    for number, row in enumerate(rows):
        article = SampleArticle(
            outlet=row["outlet"],
            slug=f"{number:02}-{row['event']}",
            title=row["title"],
            body=fill(row["body"].strip(), days[row["event"]], "en"),
            published=now + parse_offset(row["offset"]),
        )
        articles.append(article)
        events[row["event"]].append(article)
    told = {
        event: tuple(article.title for article in sorted(tellings, key=lambda article: article.published))
        for event, tellings in events.items()
    }
    return SampleNews(outlets=OUTLETS, articles=tuple(articles)), told
