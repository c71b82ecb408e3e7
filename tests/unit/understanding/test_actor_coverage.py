"""Every ISO country and its capital, in ten languages, alone and inflected."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import Article
from bot.understanding.actors import find_actors

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "understanding"
FLOOR = 0.98


def codes(title: str, language: str, text: str = "") -> set[str]:
    article = Article(id="x", title=title, text=text, language=language, arrived=datetime(2025, 1, 1, tzinfo=UTC))
    return {actor.code for actor in find_actors(article)[0]}


def test_names_and_capitals_are_found_in_ten_languages() -> None:
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in (GOLDEN / "places.tsv").read_text(encoding="utf8").splitlines():
        code, language, name = line.split("\t")
        total[language] += 1
        found[language] += code in codes(name, language)
    assert len(total) == 10
    assert sum(total.values()) > 4_000
    shares = {language: found[language] / total[language] for language in total}
    assert min(shares.values()) >= FLOOR, shares


@pytest.mark.parametrize(
    ("language", "title", "wanted"),
    [
        ("ru", "В России, с россиянами и о российском", {"RUS"}),
        ("ru", "Из Франции через Германию в Польшу", {"FRA", "DEU", "POL"}),
        ("ru", "Договор между Ираком и Ираном", {"IRQ", "IRN"}),
        ("ru", "Встреча с премьером Южной Кореи", {"KOR"}),
        ("ru", "Украинскому послу в Анкаре", {"UKR", "TUR"}),
        ("ar", "وزير الخارجية السعودي", {"SAU"}),
        ("ar", "بين مصر والأردن", {"EGY", "JOR"}),
        ("ar", "للولايات المتحدة وبريطانيا", {"USA", "GBR"}),
        ("ar", "القوات الإسرائيلية والفلسطينيون", {"ISR", "PSE"}),
        ("ar", "في العراق وبالكويت", {"IRQ", "KWT"}),
        ("de", "Frankreichs und Deutschlands Minister", {"FRA", "DEU"}),
        ("de", "Den russischen und den chinesischen Botschaftern", {"RUS", "CHN"}),
        ("de", "Türkischer Präsident in den Niederlanden", {"TUR", "NLD"}),
        ("de", "US-Außenminister bei den Vereinten Nationen", {"USA", "UN"}),
        ("fr", "Les présidentes guinéenne et ivoirienne", {"GIN", "CIV"}),
        ("es", "Las ministras alemanas y chinas", {"DEU", "CHN"}),
        ("pt", "Ministros sérvios e brasileiros", {"SRB", "BRA"}),
        ("ko", "한국과 미국은 일본에서", {"KOR", "USA", "JPN"}),
        ("ja", "米中首脳会談", {"USA", "CHN"}),
        ("zh", "中美日韩", {"CHN", "USA", "JPN", "KOR"}),
    ],
)
def test_inflected_and_glued_forms(language: str, title: str, wanted: set[str]) -> None:
    assert codes(title, language) == wanted


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "中间商降价"),
        ("ja", "日中の気温は上がる見込み"),
        ("ko", "인도적 지원을 위한 수단"),
        ("ru", "Кубок малин и лимонов"),
        ("pt", "Um serviço gregoriano para checar"),
        ("es", "Una siesta y un rusticano"),
        ("en", "The island of dreams"),
        ("en", "Give us a polish and a turkey"),
    ],
)
def test_words_that_only_look_like_names(language: str, title: str) -> None:
    assert codes(title, language) - {"SDN"} == set()


def test_island_is_iceland_in_german_alone() -> None:
    assert codes("Island unterzeichnet Vertrag", "de") == {"ISL"}
    assert codes("Island nation signs treaty", "en") == set()
