"""What types of event are called, and what people mean by a word."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import PLOVER_TYPES
from bot.text.event_names import EVENT_WORDS, event_called, event_label, event_name, no_event


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("SANCTION", "SANCTION"),
        ("sanctions", "SANCTION"),
        ("Meeting", "CONSULT"),
        ("talk", "CONSULT"),
        (" cut  ties ", "SANCTION"),
        ("ceasefire", "RETREAT"),
        ("flood", None),
        ("", None),
    ],
)
def test_a_word_in_any_form_is_its_type(word: str, code: str | None) -> None:
    assert event_called(word) == code


def test_every_type_has_words_of_its_own_that_lead_back_to_it() -> None:
    shown = [word for code in PLOVER_TYPES for word in event_name(code).split(", ")]
    assert max(Counter(shown).values()) == 1
    for code in PLOVER_TYPES:
        assert {event_called(word) for word in (code.lower(), *event_name(code).split(", "))} == {code}
    assert tuple(map(event_called, EVENT_WORDS)) == PLOVER_TYPES
    assert event_label("SANCTION") == "SANCTION (sanctions, cut ties)"
    assert event_name("OTHER") == "OTHER"


def test_a_word_that_is_none_is_answered_with_the_nearest_or_with_all() -> None:
    assert no_event("sactions") == "There is no kind of event “sactions”. Did you mean sanctions?"
    assert "sanctions" in no_event("zzz")
    assert "talks" in no_event("zzz")


@given(st.text(max_size=60))
def test_any_word_is_a_type_or_a_sentence(word: str) -> None:
    assert event_called(word) in PLOVER_TYPES or no_event(word).startswith("There is no kind of event")
