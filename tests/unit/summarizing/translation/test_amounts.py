"""One amount is one amount, in whatever digits, scale and language it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarizing.translation.amounts import amounts_in, plain

SAME = [
    (("ja", "120億円"), ("en", "12 billion yen")),
    (("ja", "1億2000万人"), ("en", "120 million people")),
    (("zh", "3.5亿美元"), ("en", "350 million US dollars")),
    (("zh", "五十人"), ("en", "50 people")),
    (("zh", "百分之30"), ("en", "30 per cent")),
    (("ko", "4500억 원"), ("en", "450 billion won")),
    (("ko", "3만 톤"), ("en", "30,000 tonnes")),
    (("ru", "2,5 млрд рублей"), ("en", "2.5 billion roubles")),
    (("ar", "٣٠ مليون دولار"), ("en", "30 million dollars")),
    (("ar", "مليوني جرعة"), ("en", "two million doses")),
    (("de", "1,3 Milliarden Euro"), ("en", "€1.3bn")),
    (("de", "12.500 Tonnen"), ("en", "12,500 tonnes")),
    (("fr", "1 500 soldats"), ("en", "1,500 soldiers")),
    (("fr", "40 milliards d'euros"), ("es", "40 mil millones de euros")),
    (("es", "dos mil toneladas"), ("en", "2,000 tonnes")),
    (("pt", "12,5 por cento"), ("en", "12.5%")),
    (("ja", "3分の2"), ("en", "two thirds")),
    (("en", "twenty-five ships"), ("fr", "25 navires")),
]
OTHER = [
    (("ja", "120億円"), ("en", "120 billion yen")),
    (("ja", "120億円"), ("en", "12 billion yuan")),
    (("zh", "3.5亿美元"), ("en", "35 million dollars")),
    (("es", "40 mil millones"), ("en", "40 million")),
    (("de", "5 Billionen"), ("en", "5 billion")),
    (("ar", "٤٠٠"), ("en", "4,000")),
    (("en", "30 per cent"), ("fr", "30 tonnes")),
    (("ja", "3分の2"), ("en", "one third")),
    (("ko", "3주"), ("en", "3 months")),
]


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    first, second = (amounts_in(plain(text), language) for language, text in (one, other))
    return len(first) == len(second) == 1 and first[0].meets(second[0]) and second[0].meets(first[0])


@pytest.mark.parametrize(("one", "other"), SAME, ids=lambda pair: pair[1])
def test_the_same_amount(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert _meet(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER, ids=lambda pair: pair[1])
def test_another_amount(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not _meet(one, other)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "一方、会談は十分だった。"),
        ("zh", "双方一致认为，一带一路很重要。"),
        ("ko", "양국은 회담을 열었다."),
        ("en", "A march may follow."),
    ],
)
def test_words_that_only_look_like_numbers(language: str, text: str) -> None:
    assert not [one for one in amounts_in(plain(text), language) if not one.loose]


@given(st.integers(1, 9_999), st.sampled_from(["en", "fr", "de", "es", "pt", "ru", "ar", "ja", "zh", "ko"]))
def test_digits_of_any_script_are_read(number: int, language: str) -> None:
    arabic = str(number).translate({ord("0") + n: chr(0x660 + n) for n in range(10)})
    wide = str(number).translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    for written in (str(number), arabic, wide):
        (found,) = amounts_in(plain(written), language)
        assert found.values >= {float(number)}


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "ja", "zh", "ko", "th", "und"]))
def test_any_text_is_read(text: str, language: str) -> None:
    for amount in amounts_in(plain(text), language):
        assert amount.values
