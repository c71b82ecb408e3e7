"""Articles for tests, invented."""

from datetime import UTC, datetime, timedelta

from bot.model import Article, Understanding

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
NOTHING = Understanding(diplomatic=True, relevance=0.9)


def article(
    key: str, title: str, text: str, *, outlet: str = "Meridian Wire", hours: float = 0, lang: str = "en"
) -> Article:
    return Article(
        id=key,
        title=title,
        text=text,
        outlet=outlet,
        source_id=outlet,
        language=lang,
        published=NOON + timedelta(hours=hours),
        arrived=NOON + timedelta(hours=hours),
    )
