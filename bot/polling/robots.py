"""What a robots.txt asks of us (RFC 9309). Pure; who fetches and caches the file is the caller's business.

Feeds are fetched without asking, as feed readers do: they are published for programs. Article pages ask.
"""

from functools import lru_cache

from protego import Protego

MAX_SIZE = 500_000
"""Characters that are read; RFC 9309, 2.5 demands 500 KiB at least."""

_MAX_RULES = 5_000  # lines; the longest of large sites have some 2,000


def allowed(robots_txt: str, user_agent: str, url: str) -> bool:
    """Whether `robots_txt` lets `user_agent` read `url`. A file that cannot be understood forbids nothing."""
    rules = _rules(robots_txt)
    if rules is None:
        return True
    try:
        return bool(rules.can_fetch(url[:4_096], _token(user_agent)))
    except ValueError:
        return True


@lru_cache(maxsize=32)  # a round asks about many pages of few sites; parsing a long file takes milliseconds
def _rules(robots_txt: str) -> Protego | None:
    lines = robots_txt[:MAX_SIZE].splitlines()[:_MAX_RULES]
    if not lines or robots_txt.lstrip()[:1] == "<":  # a web page served in the file's place
        return None
    try:
        return Protego.parse("\n".join(lines))
    except ValueError:
        return None


def _token(user_agent: str) -> str:
    """The product token: "Attache" of "Attache/0.1 (…)" (RFC 9309, 2.2.1)."""
    return user_agent.partition("/")[0].strip() or user_agent
