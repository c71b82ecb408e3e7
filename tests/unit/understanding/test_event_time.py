"""Tense and denial: what the cues say, that the title counts, and any text in bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import PLOVER_TYPES, Tense
from bot.understanding.events_cues import READ, Telling, denial_cues, tense_cues
from bot.understanding.events_modes import mode_of, modes_of
from bot.understanding.events_time import TENSES, denied, tense_of


def at(text: str, word: str) -> tuple[tuple[str, Telling], ...]:
    start = text.index(word)
    return (("S", Telling(text, start, start + len(word))),)


@pytest.mark.parametrize(
    ("text", "word", "tense"),
    [
        ("Chile signed the accord on Monday.", "signed", "past"),
        ("Chile will sign the accord on Monday.", "sign", "future"),
        ("Chile to sign accord with Peru", "sign", "future"),
        ("Chile might sign the accord if Peru agrees.", "sign", "hypothetical"),
        ("Envoys of Chile and Peru are still negotiating in Arica.", "negotiating", "ongoing"),
        ("Kuwait, which will chair the council next year, condemned the raid.", "condemned", "past"),
    ],
)
def test_tense(text: str, word: str, tense: Tense) -> None:
    assert tense_of(at(text, word), "AGREE" if "accord" in text else "CONSULT") == tense


@pytest.mark.parametrize(
    ("text", "word", "no"),
    [
        ("Chile has not signed the accord.", "signed", True),
        ("Chile has yet to sign the accord.", "sign", True),
        ("No accord was signed in Arica.", "signed", True),
        ("Chile signed the accord.", "signed", False),
        ("Not only Chile signed the accord, Peru did too.", "signed", False),
    ],
)
def test_denial(text: str, word: str, no: bool) -> None:
    assert denied(at(text, word), "AGREE") is no


def test_a_cue_knows_its_place() -> None:
    cues = tense_cues(at("On Friday Chile will sign the accord that Peru might reject.", "sign"), "AGREE")
    assert "S:will@near" in cues
    assert "S:could@after" in cues
    assert "S:could@near" not in cues


def test_what_stands_in_quotation_marks_is_not_the_sentence_s_own() -> None:
    cues = denial_cues(at('Chile signed the accord: "We will not fail."', "signed"), "AGREE")
    assert not any(cue.startswith("S:not") for cue in cues)


def test_the_title_has_a_voice() -> None:
    told = (("T", Telling("Chile to sign accord", 9, 13)), *at("An accord awaits Chile.", "accord"))
    assert any(cue.startswith("T:") for cue in tense_cues(told, "AGREE"))


@given(st.text(max_size=3 * READ), st.data())
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_tense(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    told = (("S", Telling(text, start, data.draw(st.integers(start, len(text))))),)
    for kind in PLOVER_TYPES[::5]:
        assert tense_of(told, kind) in TENSES
        assert denied(told, kind) in {True, False}
        assert mode_of(kind, text, start) in {None, *modes_of(kind)}


@pytest.mark.parametrize("piece", ["to ", "said would ", ", which ", "the quick ", "(", '"', "s to ", "not " * 3])
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    text = piece * 20_000
    start = time.process_time()
    for kind in PLOVER_TYPES:
        tense_of((("S", Telling(text, 1, 3)),), kind)
        denied((("S", Telling(text, 1, 3)),), kind)
        mode_of(kind, text, 3)
    assert time.process_time() - start < 2
