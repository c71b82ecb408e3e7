"""Diplomatic or not: own items in ten languages, the founders' headlines, whole stories."""

import json
from datetime import UTC, datetime

import pytest

from bot.model import Article
from bot.understanding.article import understand
from tests.shared import shared


def score(title: str, text: str = "", language: str = "") -> float:
    arrived = datetime(2025, 1, 1, tzinfo=UTC)
    item = Article(id="x", title=title, text=text, language=language, arrived=arrived)
    return understand(item).understanding.relevance


PAIRS = [
    ("en", "Finland and Sweden sign border treaty in Helsinki", "Finland beat Sweden 3-2 in ice hockey final"),
    ("fr", "La Belgique rappelle son ambassadeur au Rwanda", "La Belgique bat le Rwanda en match amical"),
    (
        "es",
        "Los cancilleres de Chile y Bolivia reanudan el diálogo",
        "Chile y Bolivia empatan en un partido de la liga",
    ),
    ("de", "Polens Außenminister verhandelt mit der Ukraine", "Polens Trainer lobt seine Spieler nach dem Spiel"),
    ("pt", "Brasil e Argentina assinam acordo de comércio", "Brasil vence a Argentina com gol no fim do jogo"),
    ("ru", "Министры Турции и Ирана провели переговоры", "Сборная Турции выиграла матч у Ирана"),
    ("ar", "وزير الخارجية التركي يبحث الاتفاق مع نظيره العراقي", "منتخب تركيا يفوز على العراق في مباراة"),
    ("zh", "越南与泰国外长会谈签署协议", "越南队在足球比赛中击败泰国队"),
    ("ja", "日本とインドの外相が会談、協定に署名", "日本、インドとのサッカー試合に勝利"),
    ("ko", "한국·베트남 외교장관 회담, 협정 서명", "한국, 베트남과 축구 경기서 승리"),
]


@pytest.mark.parametrize(("language", "diplomacy", "sport"), PAIRS)
def test_diplomacy_scores_above_sport_between_the_same_states(language: str, diplomacy: str, sport: str) -> None:
    assert score(diplomacy, language=language) >= 0.5 > score(sport, language=language)


@pytest.mark.parametrize(
    "title", ["", "Cat rescued from tree", "Shares fall as profit shrinks", "New phone goes on sale"]
)
def test_what_names_no_state_is_no_diplomacy(title: str) -> None:
    assert score(title) < 0.3


def test_the_reason_names_the_features_that_weighed_most() -> None:
    arrived = datetime(2025, 1, 1, tzinfo=UTC)
    item = Article(id="x", title="Japan and Peru sign treaty", text="", language="en", arrived=arrived)
    why = understand(item).decisions[-1]
    assert why.outcome == "kept"
    assert "relevance 0." in why.reason
    assert "words of treaties and agreements in the title +" in why.reason


def test_founders_headlines_hold_the_floor() -> None:
    rows = [json.loads(s) for s in shared("data/headlines_labelled_dev.jsonl").read_text("utf8").splitlines()]
    rated = sorted(
        ((score(r["title"], r["lead"], "en"), r["relevance"] == 2) for r in rows if r["relevance"] is not None),
        reverse=True,
    )
    hits, total = 0, 0.0
    for rank, (_, wanted) in enumerate(rated, 1):
        hits += wanted
        total += hits / rank if wanted else 0.0
    assert total / hits >= 0.88  # .904 when set; no weight was trained on these rows


def test_whole_stories_are_told_from_traps() -> None:
    rows = [json.loads(s) for s in shared("data/stories_dev.jsonl").read_text("utf8").splitlines()]
    right = sum((score(r["title"], r["text"]) >= 0.5) == r["relevant"] for r in rows)
    assert right / len(rows) >= 0.8
