"""A sentence made to stand alone, by deletion only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarizing.compress import compress
from tests.unit.summarizing.build import is_subsequence


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Washington (Jiji Press)—Japanese officials met.", "Japanese officials met."),
        ("TORKHAM, Pakistan, Oct 5 (Transpolar Press) - Pakistan closed it.", "Pakistan closed it."),
        ("(CNN)Share your gift.", "Share your gift."),
        ("Lagos, Nigeria (CNN)Thousands marched.", "Thousands marched."),
        ("Omaha, Nebraska (the Heartland Project)When it rains, roads close.", "When it rains, roads close."),
        ("The African Union (AU)Monday agreed to it.", "The African Union Monday agreed to it."),
        ("MACON, Ga. - Peach growers said so.", "Peach growers said so."),
        ("CIUDAD DE MÉXICO, 5 de octubre - México firmó.", "México firmó."),
        ("LA VALETTE, 9 octobre - Quatorze pays ont signé.", "Quatorze pays ont signé."),
        ("Berlin (dpa) - Die Regierung lehnt ab.", "Die Regierung lehnt ab."),
        ("【ワシントン＝佐藤】日本と米国は合意した。", "日本と米国は合意した。"),
        ("(서울=연합뉴스) 김철수 기자 = 한국은 합의했다.", "한국은 합의했다."),
        ("新华社北京10月5日电 中国外交部表示。", "中国外交部表示。"),
        ("环球网巴黎3月12日电 法国外交部表示。", "法国外交部表示。"),
        ("Lima, 9 oct (EFEX).- Perú firmó el acuerdo.", "Perú firmó el acuerdo."),
        ("The visit pleased the envoy, too, who came late.", "The visit pleased the envoy, who came late."),
        ("The envoy, too, said no to it.", "The envoy said no to it."),
        ("Estonia signed it, too.", "Estonia signed it."),
        ("Prices, as a result, rose by a fifth.", "Prices rose by a fifth."),
        ("But the talks failed.", "The talks failed."),
        ("However, the ministry said no.", "The ministry said no."),
        ("Also, the source said that it was late.", "The source said that it was late."),
        ("Sin embargo, el ministro se negó.", "El ministro se negó."),
        ("Кроме того, министр отказался.", "Министр отказался."),
        ("しかし、首相は拒否した。", "首相は拒否した。"),
        ("The bank (founded in 1950) said (twice) no.", "The bank said no."),
    ],
)
def test_drops_what_does_not_stand_alone(sentence: str, left: str) -> None:
    assert compress(sentence).text == left


@pytest.mark.parametrize(
    "sentence",
    [
        "So far the talks have failed, the ministry said.",
        "Yet to be seen is the text.",
        "UN peacekeepers - all of them - left.",
        "The source said that the matter was open, according to two diplomats.",
        "首相（63）は拒否した。",
    ],
)
def test_keeps_the_rest_and_who_said_it(sentence: str) -> None:
    assert compress(sentence).text == sentence


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("He refused.", "pronoun"),
        ("But they agreed.", "pronoun"),
        ("The latter refused.", "deictic"),
        ("Their talks failed.", "possessive"),
        ("Heads of state met.", "none"),
        ("Italy agreed.", "none"),
        ("Elle a refusé.", "pronoun"),
        ("これに対し中国は反発した。", "deictic"),
    ],
)
def test_sees_what_points_back(sentence: str, kind: str) -> None:
    assert compress(sentence).dangling == kind


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=120).filter(lambda text: text.strip() != ""))
def test_never_adds_a_word(sentence: str) -> None:
    # Upper case of a first letter must not change its casefold, or the words would differ.
    assert is_subsequence(compress(sentence).text, sentence) or any(ord(ch) > 127 for ch in sentence)


@given(st.text(alphabet="But, However(also)[x]—- .AbC12", min_size=1, max_size=80))
def test_never_adds_a_word_in_latin_script(sentence: str) -> None:
    assert is_subsequence(compress(sentence).text, sentence)
