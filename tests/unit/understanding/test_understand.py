"""The whole stage."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.model import Article
from bot.understanding.article import understand

ARRIVED = datetime(2025, 5, 20, 2, tzinfo=UTC)


def test_the_language_is_settled() -> None:
    item = Article(
        id="x", title="Die Minister treffen sich", text="Am Montag in Wien, hieß es.", language="", arrived=ARRIVED
    )
    assert understand(item).article.language == "de"


def test_an_overruled_declaration_is_told() -> None:
    text = "Die beiden Minister wollen sich im Herbst erneut treffen, hieß es am Montag."
    understood = understand(Article(id="x", title="", text=text, language="en", arrived=ARRIVED))
    assert understood.article.language == "de"
    assert any("overrules" in decision.reason for decision in understood.decisions)


@hypothesis_settings(deadline=None, max_examples=60)
@given(st.text(max_size=80), st.text(max_size=400), st.sampled_from(["", "en", "ja", "ru", "zz"]))
def test_no_text_breaks_it(title: str, text: str, language: str) -> None:
    understood = understand(Article(id="x", title=title, text=text, language=language, arrived=ARRIVED))
    assert understood.article.text == text
    assert 0 <= understood.understanding.relevance <= 1
    assert all(decision.stage == "understanding" for decision in understood.decisions)
