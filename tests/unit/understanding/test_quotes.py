"""Quotes: verbatim speech, its speaker, terms that are no speech, any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.quotes import find_quotes
from tests.unit.understanding.golden_sets import article, rows, shares


def found(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    return [(text[q.span.start : q.span.end], q.speaker) for q in find_quotes(article(text, language))]


def test_floor() -> None:
    results = []
    for row in rows("quotes"):
        got = found(row["text"], row["language"])
        right = len(got) >= len(row["quotes"]) and (bool(row["quotes"]) or not got)
        for (words, speaker), want in zip(got, row["quotes"], strict=False):
            right = right and words.startswith(want["starts"]) and want["speaker"] in {None, speaker}
        results.append((row["held"], right))
    seen, held = shares(results)
    assert seen >= 0.95
    assert held >= 0.95


def test_a_paraphrase_is_no_quotation() -> None:
    assert found("The minister said that the talks would go on for weeks.") == []


def test_scare_quotes_have_no_speaker_and_are_no_speech() -> None:
    assert found('They spoke of a "reset" and of the “red line”.') == []


def test_speech_over_two_paragraphs() -> None:
    text = "“We will stay until the end.\n\n“And then we go home,” Ida Holm said."
    assert [words for words, _ in found(text)] == ["We will stay until the end.", "And then we go home,"]


DIALOGUE = [
    (
        "es",
        "Hubo un cruce.\n—No firmaremos —dijo el ministro—. Hoy no.\n—¿Y mañana? —preguntó Ana Ruiz.",
        [("No firmaremos", "el ministro"), ("Hoy no.", "el ministro"), ("¿Y mañana?", "Ana Ruiz")],
    ),
    (
        "es",
        "–Esperaremos el informe –señaló la canciller Marta Gil en Lima–, y después hablaremos.",
        [("Esperaremos el informe", "la canciller Marta Gil"), ("y después hablaremos.", "la canciller Marta Gil")],
    ),
    ("pt", "— Não assinaremos — disse o ministro Carlos Lima.", [("Não assinaremos", "o ministro Carlos Lima")]),
    (
        "fr",
        "— Nous ne signerons pas, a déclaré la ministre Anne Roy à Genève.\n– Jamais, répond le président.",
        [("Nous ne signerons pas", "la ministre Anne Roy"), ("Jamais", "le président")],
    ),
    (
        "ru",
        "— Мы не подпишем это, — заявил министр Иванов. — Не сегодня.",
        [("Мы не подпишем это", "министр Иванов"), ("Не сегодня.", "министр Иванов")],
    ),
]


@pytest.mark.parametrize(("language", "text", "spoken"), DIALOGUE)
def test_printed_dialogue(language: str, text: str, spoken: list[tuple[str, str]]) -> None:
    assert found(text, language) == spoken


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Puntos del acuerdo:\n— Aranceles al 5 %\n— Inspecciones —cada mes— en la frontera\n— Entrada en vigor"),
        ("fr", "PARIS — Le ministre a déclaré que rien ne serait signé.\n— Droits de douane, quotas, visas"),
        ("pt", "O ministro — que viajou ontem — disse que não assinaria."),
        ("ru", "— Пошлины, квоты и визы — темы переговоров."),
        ("en", "— We will not sign — said the minister."),
    ],
)
def test_dashes_of_lists_and_asides_are_no_speech(language: str, text: str) -> None:
    assert found(text, language) == []


def test_marks_inside_printed_dialogue_are_part_of_it() -> None:
    text = "—No habrá «concesiones de última hora para nadie» —dijo el ministro."
    assert found(text, "es") == [("No habrá «concesiones de última hora para nadie»", "el ministro")]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"“”\"'«»„‘’「」『』—– \n.a", " said Ann", "dijo Ana", "said that it", "。", "\n\n"]),
        max_size=60,
    ),
    st.sampled_from(["en", "ja", "zh", "ko", "fr", "de", "ru", "ar", "es", "und"]),
)
def test_any_marks(parts: list[str], language: str) -> None:
    text = "".join(parts)
    last = 0
    for quote in find_quotes(article(text, language)):
        assert last <= quote.span.start < quote.span.end <= len(text)
        assert quote.speaker is None or quote.speaker in text
        last = quote.span.end


def test_a_megabyte_of_open_marks_is_bounded() -> None:
    assert find_quotes(article("“" * 1_000_000)) == ()
