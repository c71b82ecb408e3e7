"""A translation may not turn a deed into its opposite."""

import pytest

from bot.summarizing.translation.opposites import LANGUAGES, OPPOSITES, turned

PAIRS = [
    ("de", "Die Regierung lockert die Sanktionen.", "en", "The government is easing the sanctions.", "tightening"),
    ("ja", "両国は会談を延期した。", "en", "The two countries postponed the talks.", "brought forward"),
    ("fr", "La Cour a validé l'élection.", "en", "The court upheld the election.", "annulled"),
    ("ru", "Молдавия выслала двух дипломатов.", "en", "Moldova expelled two diplomats.", "summoned"),
    ("ar", "أفرج عن الرهائن يوم الأحد.", "en", "The hostages were released on Sunday.", "detained"),
    ("zh", "两国将恢复对话。", "en", "The two countries will resume the dialogue.", "suspended"),
    ("ko", "정부는 병력을 철수했다.", "en", "The government withdrew its troops.", "deployed"),
    ("es", "El ministro condenó el ataque.", "en", "The minister condemned the attack.", "welcomed"),
    ("pt", "O país aderiu à aliança.", "en", "The country joined the alliance.", "left"),
    ("en", "The parliament approved the treaty.", "de", "Das Parlament billigte den Vertrag.", "lehnte"),
]


@pytest.mark.parametrize(("language", "original", "into", "faithful", "other"), PAIRS)
def test_an_opposite_is_seen_and_the_right_word_is_not(
    language: str, original: str, into: str, faithful: str, other: str
) -> None:
    assert list(turned(original, language, faithful, into)) == []
    changed = f"They {other} it." if into == "en" else f"Das Parlament {other} den Vertrag ab."
    assert list(turned(original, language, changed, into))


def test_where_both_halves_stand_nothing_is_said() -> None:
    text = "The court upheld one ruling and annulled another."
    assert list(turned(text, "en", "La Cour a annulé un arrêt.", "fr")) == []


def test_a_language_without_a_table_says_nothing() -> None:
    assert list(turned("Hallitus lievensi pakotteita.", "fi", "The government tightened sanctions.", "en")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_its_own_opposite(language: str) -> None:
    for (_, one), (_, other) in OPPOSITES:
        assert one[language].pattern != other[language].pattern
