"""Plain words made safe for Discord's markdown, and addresses made safe for its links.

Everything here comes from outside: after `escape`, a text shows as it was written and can start no markdown, link,
mention, invite, timestamp, emoji or spoiler. Characters that nobody sees (direction overrides, zero widths) are taken
out. Discord's markdown lets a backslash before any character that is neither letter, digit nor space show it as it
is; see <https://support.discord.com/hc/en-us/articles/210298617>.
"""

import re
from urllib.parse import quote, urlsplit, urlunsplit

MAX_URL = 1_000
"""Longer addresses are not linked: one would take a quarter of a message. Aggregators' run to about 700."""

_GAPS = re.compile(r"\s+")
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINERS = re.compile(
    r"(?<=[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufefc])[\u200c\u200d](?=[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufefc])"
)
_GRAPHEME_JOINER = "\u034f"  # invisible, though Unicode calls it a mark
_MARKS = {"\u200c": "\ue000", "\u200d": "\ue001"}  # private use: taken out of the text before they stand for joiners
_KEPT = {mark: joiner for joiner, mark in _MARKS.items()}
_NO_MARKS = {ord(mark): None for mark in _KEPT}

_SPECIAL = re.compile(
    r"[\\*_~`\[\]<@]"  # emphasis, code, links, and everything that starts with < or @
    r"|\|(?=\|)|(?<=\|)\|"  # spoilers
    r"|:(?=//)"  # bare addresses
    r"|:(?=\w+:)"  # :emoji: names
    r"|(?<=discord)\.|(?<=discordapp)\.|(?<=dsc)\.",  # invites work without a scheme
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[#>+-]")  # headings, subtext, quotes and bullets at the start of a line
_ORDERED = re.compile(r"(\d{1,9})([.)])")


def clean(text: str) -> str:
    """One line without unseen characters. Joiners stay between letters of scripts that are spelled with them."""
    line = _GAPS.sub(" ", text).strip()
    if line.isprintable() and _GRAPHEME_JOINER not in line:
        return line
    kept = _JOINERS.sub(lambda match: _MARKS[match[0]], line.translate(_NO_MARKS))
    seen = "".join(_KEPT.get(char) or (char if _is_seen(char) else "") for char in kept)
    return _GAPS.sub(" ", seen).strip()


def _is_seen(char: str) -> bool:
    """`isprintable` is false for controls, formats, surrogates, private use and what Unicode has not assigned."""
    return char.isprintable() and char != _GRAPHEME_JOINER


def size(text: str) -> int:
    """Length in UTF-16 units: never less than what Discord counts, whichever way it does."""
    return len(text) + sum(char > "\uffff" for char in text)


def escape(text: str) -> str:
    """`text` as one safe line that stands at the start of a line or within one."""
    line = _SPECIAL.sub(r"\\\g<0>", clean(text))
    if _BLOCK.match(line):
        return "\\" + line
    return _ORDERED.sub(r"\1\\\2", line, count=1) if _ORDERED.match(line) else line


def escape_lines(text: str) -> str:
    """As `escape`, keeping line breaks; runs of empty lines become one."""
    lines = [escape(line) for line in _LINES.split(text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def fit(text: str, limit: int) -> str:
    """`text` escaped within `limit`, cut at a word with an ellipsis where it is too long."""
    plain = clean(text)
    if len(plain) <= limit:  # escaping never shortens
        whole = escape(plain)
        if size(whole) <= limit:
            return whole
    cut = plain[: limit - 1]
    while cut and size(escape(cut)) > limit - 1:
        cut = cut[: -max(1, (size(escape(cut)) - limit + 1) // 2)]
    head, gap, _ = cut.rpartition(" ")
    return escape(head if gap and len(head) > len(cut) * 3 // 4 else cut) + "…"


def link(words: str, url: str | None, limit: int = 500) -> str:
    """`[words](url)`, or the words alone where there is no usable address. `limit` is for the words, escaped.

    Square brackets become round ones: Discord's link rule does not heed a backslash before them.
    """
    target = safe_url(url)
    if target is None:
        return fit(words, limit)
    return f"[{fit(words.replace('[', '(').replace(']', ')'), limit)}]({target})"


def code(text: str, limit: int = 40) -> str:
    """A small tag in code style; nothing is special inside but the back-tick."""
    plain = clean(text).replace("`", "'")
    return f"`{plain[:limit]}`" if plain else ""


def safe_url(url: str | None, limit: int = MAX_URL) -> str | None:
    """An http(s) address in ASCII that cannot end a markdown link early; None when it is no such thing.

    Addresses with a user name or password are refused: they are written to look like another site.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    bad_host = not re.fullmatch(r"[0-9a-z.:_-]+", ascii_host)
    if parts.scheme.lower() not in ("http", "https") or bad_host or "@" in parts.netloc:
        return None
    netloc = (f"[{ascii_host}]" if ":" in ascii_host else ascii_host) + (f":{port}" if port is not None else "")
    try:
        path, query, fragment = (
            quote(part, safe="/%:@!$&+,;=?-._~") for part in (parts.path, parts.query, parts.fragment)
        )
    except UnicodeError:
        return None
    result = urlunsplit((parts.scheme.lower(), netloc, path or "/", query, fragment))
    return result if len(result) <= limit else None
