"""robots.txt, as RFC 9309 reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polling.robots import allowed

AGENT = "Attache/0.1 (news digests for Discord)"
FILE = """
User-agent: *
Disallow: /private/
Allow: /private/open$
Disallow: /*.pdf$
Crawl-delay: 2.5

User-agent: attache
Disallow: /bots/
Crawl-delay: 9999
"""


@pytest.mark.parametrize(
    ("agent", "path", "answer"),
    [
        (AGENT, "/bots/x", False),
        (AGENT, "/private/x", True),
        ("Other/1", "/private/x", False),
        ("Other/1", "/private/open", True),
        ("Other/1", "/a/b.pdf", False),
        ("Other/1", "/a/b.pdf?x", True),
        ("Other/1", "/", True),
    ],
)
def test_allowed(agent: str, path: str, answer: bool) -> None:
    assert allowed(FILE, agent, f"https://a.example{path}") is answer


@pytest.mark.parametrize("text", ["", "<html>Disallow: /</html>", "nonsense", "\x00" * 50])
def test_what_is_no_robots_txt_forbids_nothing(text: str) -> None:
    assert allowed(text, AGENT, "https://a.example/x")


def test_a_hostile_file_ends() -> None:
    stars = "User-agent: *\n" + "\n".join("Disallow: /" + "a*" * 200 for _ in range(2_000))
    assert allowed(stars, AGENT, "https://a.example/" + "a" * 300 + "b") in (True, False)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_answers(text: str, path: str) -> None:
    assert allowed("User-agent: *\n" + text, AGENT, f"https://a.example/{path}") in (True, False)
