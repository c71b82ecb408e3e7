"""Where a text says whose words they are."""

import pytest

from bot.summarizing.translation.speakers import speakers
from bot.summarizing.translation.syllables import reads

SAID = [
    ("en", "Oman's foreign ministry announced that talks would go on.", "Oman's foreign ministry"),
    ("en", "Three missiles were fired, the South Korean army said.", "the South Korean army"),
    ("en", "Talks go on, according to Omani officials.", "Omani officials"),
    ("fr", "Selon Bruxelles, la Turquie a livré des drones.", "Bruxelles"),
    ("es", "España pagará, declaró el ministro español en Nuakchot.", "el ministro español en Nuakchot"),
    ("de", "Nach Angaben aus Brüssel hat die Türkei Drohnen geliefert.", "Brüssel"),
    ("ru", "Сербия не присоединится, сообщил президент Сербии.", "президент Сербии"),
    ("ar", "أعلنت وزارة الخارجية العمانية أن الوفدين سيجتمعان.", "وزارة الخارجية العمانية"),
    ("zh", "中国大使表示，两国将恢复对话。", "中国大使"),
    ("ja", "外務省は、会談を延期すると発表した。", "外務省"),
    ("ko", "북한은 미사일을 발사했다고 합동참모본부가 밝혔다.", "합동참모본부"),
]


@pytest.mark.parametrize(("language", "text", "who"), SAID)
def test_the_speaker_is_found(language: str, text: str, who: str) -> None:
    assert who in [text[span.start : span.end].strip() for span in speakers(text, language)]


def test_where_nobody_speaks_nothing_is_found() -> None:
    assert speakers("The two ministers met in Muscat.", "en") == ()
    assert speakers("", "ja") == ()


@pytest.mark.parametrize(
    ("language", "original", "read", "not_read"),
    [
        ("zh", "大使林志远说", ("Lin", "Zhiyuan"), ("Wang", "Zhiqiang", "L")),
        ("zh", "呂秀蓮表示", ("Lü", "Xiulian"), ("Chen",)),
        ("ko", "박서연 장관은", ("Park", "Seo-yeon"), ("Kim", "Seo-jun")),
        ("ko", "최선희 외무상", ("Choe", "Choi", "Son-hui", "Sun-hee"), ("Ri",)),
        ("ja", "佐伯浩一氏は", (), ("Saeki", "Koichi")),
    ],
)
def test_names_are_read_syllable_by_syllable(
    language: str, original: str, read: tuple[str, ...], not_read: tuple[str, ...]
) -> None:
    assert [word for word in read if not reads(word, original, language)] == []
    assert [word for word in not_read if reads(word, original, language)] == []
