"""Quotes: verbatim speech, its speaker, terms that are no speech, any text."""

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


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*"“”\"'«»„‘’「」『』 \n.a", " said Ann", "said that it", "。", "\n\n"]), max_size=60),
    st.sampled_from(["en", "ja", "zh", "ko", "fr", "de", "ru", "ar", "und"]),
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
