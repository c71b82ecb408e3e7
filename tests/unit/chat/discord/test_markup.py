"""Nothing from an article acts on Discord."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.discord.markup import MAX_URL, clean, code, escape, escape_lines, fit, link, safe_url, size

UNESCAPED = r"(?<!\\)(?:\\\\)*"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, 14:05 and 25 %", "plain words, 14:05 and 25 %"),
        ("**bold** _it_ ~~no~~ `code`", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\`"),
        ("# heading", r"\# heading"),
        ("-# subtext", r"\-# subtext"),
        ("- bullet", r"\- bullet"),
        ("+ bullet", r"\+ bullet"),
        ("> quote", r"\> quote"),
        ("1. first", r"1\. first"),
        ("2025. A year", r"2025\. A year"),
        ("a - b # c > d + e", "a - b # c > d + e"),
        ("||spoiler|| and a|b", r"\|\|spoiler\|\| and a|b"),
        ("[bank](https://evil.example)", r"\[bank\](https\://evil.example)"),
        ("@everyone @here <@1> <@&2> <#3>", r"\@everyone \@here \<\@1> \<\@&2> \<#3>"),
        ("<t:1:R> <:x:12> <a:x:12> </cmd:1> <id:guide>", r"\<t\:1:R> \<\:x:12> \<a\:x:12> \</cmd:1> \<id:guide>"),
        (":smile:", r"\:smile:"),
        ("discord.gg/abc DISCORDAPP.com/invite/x", r"discord\.gg/abc DISCORDAPP\.com/invite/x"),
        ("back\\slash", "back\\\\slash"),
        ("a\nb\tc\r\nd", "a b c d"),
    ],
)
def test_markup_is_shown_and_not_done(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    "unseen", [*"\u202e\u202d\u2066\u2069\u200b\u200c\u200d\ufeff\u2060\u00ad\x00\x1b\u034f\ue000\U000e0041", "\ud800"]
)
def test_unseen_characters_are_taken_out(unseen: str) -> None:
    assert escape(f"pay{unseen}load") == "payload"


def test_joiners_stay_where_letters_need_them() -> None:
    assert clean("می\u200cرود") == "می\u200cرود"
    assert clean("क्\u200dष") == "क्\u200dष"


def test_lines_are_each_escaped() -> None:
    assert escape_lines("# one\n\n\n\n- two\r\nthree") == "\\# one\n\n\\- two\nthree"


@given(st.text(max_size=300))
def test_no_special_character_is_left_bare(text: str) -> None:
    line = escape(text)
    assert not re.search(UNESCAPED + r"[*_~`\[\]<@]", line)
    assert not re.match(r"(?:#|-|\+|>|\d+[.)])", line)
    assert "://" not in re.sub(r"\\:", "", line)
    assert "\n" not in line
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in line)


@given(st.text(max_size=400), st.integers(min_value=5, max_value=200))
def test_fit_keeps_its_limit_and_loses_nothing_that_fits(text: str, limit: int) -> None:
    shown = fit(text, limit)
    assert size(shown) <= limit
    assert shown == escape(text) or shown.endswith("…")


@given(st.text(max_size=200))
def test_an_escaped_text_reads_as_it_was(text: str) -> None:
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escape(text)) == clean(text)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a_(b)*c", "https://example.org/a_%28b%29%2Ac"),
        ("https://example.org/x?y=1&z=%20a#f", "https://example.org/x?y=1&z=%20a#f"),
        ("HTTP://EXAMPLE.org", "http://example.org/"),
        ("https://example.org:8443/x y", "https://example.org:8443/x%20y"),
        ("https://例え.jp/道", "https://xn--r8jz45g.jp/%E9%81%93"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://example.org/a>b<c\"d'e\\f`g|h[i]", "https://example.org/a%3Eb%3Cc%22d%27e%5Cf%60g%7Ch%5Bi%5D"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/", None),
        ("https://user:pw@evil.example/", None),
        ("https://bank.example@evil.example/", None),
        ("https:///x", None),
        ("https://exa mple.org/", None),
        ("https://example.org:99999/", None),
        ("//example.org/", None),
        ("https://example.org/" + "a" * MAX_URL, None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, safe: str | None) -> None:
    assert safe_url(url) == safe


@given(st.text(max_size=100))
def test_an_address_cannot_leave_its_link(path: str) -> None:
    url = safe_url(f"https://example.org/{path}")
    assert url is None or re.fullmatch(r"https?://[!-~]+", url)
    assert url is None or not set(url) & set("()<>[]\"'\\`|*{}^ ")


def test_a_link_without_an_address_is_its_words() -> None:
    assert link("a [b] *c*", "javascript:x") == r"a \[b\] \*c\*"
    assert link("a [b] *c*", "https://x.example/") == r"[a (b) \*c\*](https://x.example/)"


def test_code_cannot_be_closed_from_inside() -> None:
    assert code("a`b`" + "c" * 60) == "`a'b'" + "c" * 36 + "`"
    assert code("\u200b") == ""
