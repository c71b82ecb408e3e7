"""The language of texts, offline."""

import socket

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.understanding.language import detect

SENTENCES = {
    "en": "The two ministers agreed to meet again in the autumn, officials said.",
    "fr": "Les deux ministres se retrouveront à l'automne, selon leurs porte-parole.",
    "es": "Los dos ministros acordaron volver a reunirse en otoño, según fuentes oficiales.",
    "de": "Die beiden Minister wollen sich im Herbst erneut treffen, hieß es am Montag.",
    "pt": "Os dois ministros decidiram voltar a reunir-se no outono, disseram as autoridades.",
    "ru": "Министры договорились встретиться снова осенью, сообщили официальные лица.",
    "ar": "اتفق الوزيران على عقد اجتماع جديد في الخريف بحسب مسؤولين",
    "zh": "两国部长同意今年秋天再次会面，官员表示。",
    "ja": "両国の外相は秋に再び会談することで合意した。",
    "ko": "두 나라 장관은 가을에 다시 만나기로 합의했다.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_ten_languages(language: str) -> None:
    assert detect(SENTENCES[language], None) == language
    assert detect(SENTENCES[language], language) == language


def test_chinese_headlines_without_kana_are_chinese() -> None:
    assert detect("中国外交部谴责日本参拜靖国神社", None) == "zh"
    assert detect("日米、ワシントンで関税交渉へ", None) == "ja"


def test_a_declaration_settles_short_texts() -> None:
    assert detect("Macron Merkel Berlin", "fr-FR") == "fr"
    assert detect("", "pt_BR") == "pt"
    assert detect("日韓首脳会談", "ja") == "ja"


def test_a_clear_text_overrules_the_declaration() -> None:
    assert detect(SENTENCES["de"], "en") == "de"
    assert detect(SENTENCES["ko"], "en-US") == "ko"


@pytest.mark.parametrize("text", ["", " \n", "12345", "!?…", "🙂🙂"])
def test_nothing_to_read_is_undetermined(text: str) -> None:
    assert detect(text, None) == "und"
    assert detect(text, "xx-bogus-1") == "xx"
    assert detect(text, "not a tag") == "und"


def test_no_connection_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert detect(SENTENCES["en"], None) == "en"


@hypothesis_settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert 2 <= len(detect(text, None)) <= 3


def test_a_megabyte_is_answered() -> None:
    assert detect(SENTENCES["fr"] * 12_000, None) == "fr"
