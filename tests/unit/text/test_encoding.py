"""What the names of encodings mean in practice, for feeds and pages alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.encoding import decode

PAGE = "<html><head><meta charset={name}></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("said", "meant", "text"),
    [
        ("iso-8859-1", "cp1252", "“Talks” – a £5 fee"),
        ("gb2312", "gb18030", "朱镕基总理在北京会见外长"),  # 镕 is not in GB 2312
        ("shift_jis", "cp932", "髙橋外相①"),
        ("euc-kr", "cp949", "똠방각하 회담"),
        ("windows-1251", "cp1251", "Переговоры в Женеве"),
        ("iso-2022-jp", "iso-2022-jp", "外相会談"),
    ],
)
@pytest.mark.parametrize("where", ["header", "meta"])
def test_a_declared_name_stands_for_the_larger_set(said: str, meant: str, text: str, where: str) -> None:
    page = PAGE.format(name=said if where == "meta" else "x", text=text)
    assert text in decode(page.encode(meant), said if where == "header" else None)


@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1251", "no-such-thing", "zip", "punycode"])
def test_utf8_is_known_by_its_look_whatever_the_server_says(said: str) -> None:
    text = "Die Außenminister trafen sich in Zürich"
    assert text in decode(PAGE.format(name="utf-8", text=text).encode(), said)


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    text = "日本とペルーの外相は東京で会談した。"
    damaged = PAGE.format(name="x", text=text).encode().replace(b"</p>", b"\xff</p>")
    assert text in decode(damaged)
    assert text in decode(damaged, "iso-8859-1")


def test_a_few_accents_of_another_encoding_are_no_broken_utf8() -> None:
    text = "The café opened. " * 30 + "“Now”"
    assert text in decode(text.encode("cp1252"))


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=20)))
def test_it_never_fails(body: bytes, charset: str | None) -> None:
    assert isinstance(decode(body, charset), str)
