"""The headline of a summary: an outlet's own, without what outlets hang on it."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.ports import Reading
from bot.summarizing.noise import refusal
from bot.text.tokens import words as words_of

_SPACES = re.compile(r"\s+")
_OUTLET_TAIL = re.compile(r"\s+(?:\||»|::|•)\s+[^|»•]{2,40}$")
_LABEL = re.compile(
    r"^\[?(?:breaking(?: news)?|update \d*|updated?|exclusive|live|watch|video|correct(?:ed|ion)|urgent|alert|"
    r"wrapup \d*)\]?\s*[:|-]+\s+",
    re.IGNORECASE,
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def clean_title(title: str) -> str:
    """`title` on one line, without the outlet's name behind a bar and labels such as "BREAKING:"."""
    plain = _SPACES.sub(" ", _HIDDEN.sub("", title)).strip()
    for pattern in (_OUTLET_TAIL, _LABEL):
        shorter = pattern.sub("", plain).strip()
        if len(shorter) >= 8:
            plain = shorter
    return plain


def clearest_title(readings: Sequence[Reading]) -> str:
    """The title whose words most of the other titles and openings share, of those in the story's first language."""
    language = readings[0].article.language
    titles = [clean_title(one.article.title) for one in readings if one.article.language == language]
    titles = [title for title in titles if title and refusal(title) is None]
    if not titles:
        return clean_title(readings[0].article.title)
    shared: Counter[str] = Counter()
    for one in readings:
        shared.update(set(words_of(one.article.title)) | set(words_of(one.article.text[:300])))
    return max(titles, key=lambda title: (_clarity(title, shared), -titles.index(title)))


def _clarity(title: str, shared: Counter[str]) -> float:
    words = set(words_of(title))
    support = sum(shared[word] - 1 for word in words)
    return support / (len(words) + 4) - 0.5 * title.endswith("?")
