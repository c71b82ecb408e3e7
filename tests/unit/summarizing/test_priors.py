"""What a sentence is worth beside what the ranker learned: titles, scenes, what is to come."""

import pytest

from bot.model import Actor, Span, Understanding
from bot.summarizing.ahead import looks_ahead
from bot.summarizing.elsewhere import points_out
from bot.summarizing.priors import title_words
from bot.summarizing.scene import news_begins
from bot.summarizing.units import units_of
from tests.unit.summarizing.build import NOTHING, article

FEATURE = (
    "Jeden Morgen um sechs öffnet Nino Beridse ihren Kiosk am Hafen. Der Fahrplan an der Wand ist vergilbt.\n\n"
    "Georgien und Bulgarien nehmen die Fährverbindung wieder auf. Georgien hofft auf Touristen."
)


def about(text: str, *names: str) -> Understanding:
    """Actors at every place where their names stand."""
    actors = tuple(
        Actor(
            code=f"X{number}A",
            kind="country",
            name=name,
            mentions=text.count(name),
            spans=tuple(Span(start=at, end=at + len(name)) for at in range(len(text)) if text.startswith(name, at)),
        )
        for number, name in enumerate(names)
    )
    return Understanding(diplomatic=True, relevance=1.0, actors=actors)


def test_a_title_made_from_the_opening_says_nothing_of_its_own() -> None:
    text = "Berlin (dpa) - Malta and Tunisia signed a fishing accord on Friday. It runs for five years."
    assert title_words(article(text, title="Malta and Tunisia signed a fishing accord on Friday")) == frozenset()
    assert title_words(article(text, title="Malta, Tunisia sign fishing accord")) >= {"malta", "fish"}
    assert title_words(article(text)) == frozenset()


def test_a_feature_s_news_begins_where_its_countries_are_named() -> None:
    units = units_of(FEATURE, "de")
    assert news_begins(units, about(FEATURE, "Georgien", "Bulgarien")) == 2
    assert news_begins(units, NOTHING) == 0
    assert news_begins((), about(FEATURE, "Georgien")) == 0


@pytest.mark.parametrize(
    "opening",
    [
        "Bulgarien plant eine Fähre. Der Fahrplan ist fertig. ",
        "Sechs Länder planen eine Fähre. Bulgarien führt den Vorsitz. ",
        "Nach 11 Jahren fährt die Fähre wieder. Der Fahrplan ist fertig. ",
    ],
)
def test_an_opening_that_names_or_counts_is_news(opening: str) -> None:
    text = opening + FEATURE
    assert news_begins(units_of(text, "de"), about(text, "Georgien", "Bulgarien")) == 0


@pytest.mark.parametrize(
    ("language", "ahead", "not_ahead"),
    [
        ("de", "Das Abkommen tritt am 1. Januar in Kraft.", "Die Brücke stammt aus dem Jahr 1968."),
        ("fr", "Le contrat entrera en vigueur en mars.", "Le contrat a été signé mardi."),
        ("es", "Las obras empezarán en 2027.", "Las obras costaron 3 millones."),
        ("pt", "A ponte abrirá em 2029.", "A ponte custou 3 milhões."),
        ("ru", "Соглашение вступит в силу в марте.", "Документ подписали во вторник."),
        ("ar", "وسيبدأ البناء في مارس.", "وقعت الدولتان اتفاقا."),
        ("ja", "協定は来年4月に発効する。", "両国は署名した。"),
        ("zh", "协议将于明年生效。", "两国签署了协议。"),
        ("ko", "협정은 내년 4월 발효된다.", "두 나라는 서명했다."),
    ],
)
def test_what_is_to_come_is_known_in_each_language(language: str, ahead: str, not_ahead: str) -> None:
    assert looks_ahead(ahead, language)
    assert not looks_ahead(not_ahead, language)
    assert not looks_ahead(ahead, "und")


@pytest.mark.parametrize(
    ("language", "text", "out"),
    [
        ("de", "Das teilte das Ministerium mit.", True),
        ("de", "Das Parlament stimmt im März ab.", False),
        ("de", "Das neue Abkommen gilt im Herbst.", False),
        ("de", "In diesem Jahr sinkt der Preis.", False),
        ("fr", "Selon elle, le prix baissera.", True),
        ("fr", "Selon Élise Roux, le prix baissera.", False),
        ("es", "Recalcó que habrá más fondos.", True),
        ("es", "Este martes firmaron el acuerdo.", False),
        ("pt", "Segundo ele, o preço é alto.", True),
        ("pt", "Segundo o ministro, o preço é alto.", False),
        ("ru", "Из-за этого работы отложены.", True),
        ("ru", "В этом году работы начнутся.", False),
        ("ko", "국방부는 결과를 이같이 발표했다.", True),
        ("en", "According to her, the price is high.", False),
    ],
)
def test_what_points_out_of_a_sentence(language: str, text: str, out: bool) -> None:
    assert points_out(text, language) is out
