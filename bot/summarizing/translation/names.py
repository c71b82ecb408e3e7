"""Whether a name of a translation stands in the original, also where that is written in another script.

Compared by sound, roughly: consonants in six classes, vowels left out, so that "Lavrov" meets "Лавров", "لافروف" and
"ラブロフ". Chinese and Korean names are compared syllable by syllable (`syllables.py`); a Japanese one in Chinese
characters must stand beside it in brackets, "Abe (安倍)". Only languages that give names capitals and little else can
be looked through: not German.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from bot.model import Span
from bot.summarizing.claim_words import NOT_NAMES, OPENERS
from bot.summarizing.lexicon import background, stem
from bot.summarizing.translation.syllables import reads
from bot.summarizing.translation.tables import CAPITALISED, MONTHS, NUMBER_WORDS, REGIONS

CHECKED = frozenset({"en", "fr", "es", "pt", "ru"})
_FEWEST = 2
"""Consonants that must agree: of one alone every other word has it."""
_WITHIN = 3
"""Consonants that must agree inside a word, where a script has no spaces or glues words on."""
_DERIVED = re.compile(r"[a-z]{3}(?:ing|ed|ly|tion|ment|ers)$")
"""How English words end that open a sentence and are no names: "Speaking in Riga, …"."""
_SLAVIC = re.compile(r"[čćšžđ]|i[cć]$", re.IGNORECASE)
"""Latin spellings in which j is the vowel-like sound that Cyrillic writes into its vowels."""
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKETED = re.compile(r"(?:\s+[^\W\d_][\w’'-]*){0,3}\s?[(（]([^()（）]{1,20})[)）]")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]\s|[«“\"‘(—–]\s?)$")
_CLASSES = {
    **dict.fromkeys("bpfv", "1"), **dict.fromkeys("ckgqxjsz", "2"), **dict.fromkeys("dt", "3"),
    **dict.fromkeys("lr", "4"), **dict.fromkeys("mn", "5"),
}  # fmt: skip
_CYRILLIC = dict(zip("бвгджзклмнпрстфхцчшщ", ("b", "v", "g", "d", "j", "z", "k", "l", "m", "n", "p", "r", "s", "t", "f", "k", "ts", "c", "s", "s"), strict=True))  # noqa: E501  # fmt: skip
_ARABIC = dict(zip("بتثجدذرزسشصضطظغفقكلمنپگچ", ("b", "t", "s", "j", "d", "d", "r", "z", "s", "s", "s", "d", "t", "z", "g", "f", "k", "k", "l", "m", "n", "b", "g", "c"), strict=True))  # noqa: E501  # fmt: skip
_KANA = {"チ": "ti", "ツ": "t", "フ": "f", "ジ": "j", "ッ": "", "ハ": "", "ヒ": "", "ヘ": "", "ホ": "", "ー": ""}


def unknown_names(text: str, language: str, original: str, source: str, allowed: Sequence[Span]) -> Iterator[str]:
    """The names of `text` that `original`, a text in the language `source`, does not hold. `allowed`: places of `text`
    that were checked otherwise.
    """
    if language not in CHECKED:
        return
    sounds, words = _sounds(original), _words(original)
    for match in _WORD.finditer(text):
        word = match[0]
        if not word[0].isupper() or any(one.start <= match.start() < one.end for one in allowed):
            continue
        if _ordinary(word, language) or (_starts(text, match.start()) and not _opens_with_name(text, match, language)):
            continue
        if _spelled(word, words) or _sounding(word, sounds) or _region(word, original):
            continue
        if _beside(text, match.end(), original) or reads(word, original, source):
            continue
        yield word


def _ordinary(word: str, language: str) -> bool:
    lower = word.lower()
    numbers = NUMBER_WORDS.get(language)
    if (numbers and numbers.fullmatch(lower)) or any(month.fullmatch(lower) for month in MONTHS.get(language, ())):
        return True
    if language == "en" and (lower in NOT_NAMES or lower in OPENERS):
        return True
    return lower in CAPITALISED.get(language, ()) or all(part in CAPITALISED["en"] for part in lower.split("-"))


def _starts(text: str, at: int) -> bool:
    return bool(_SENTENCE_START.search(text[:at]))


def _opens_with_name(text: str, match: re.Match[str], language: str) -> bool:
    """Whether the first word, which has a capital anyway, is likely a name: another capital follows, or in English
    the word is none that the news use.
    """
    following = _WORD.match(text, match.end() + 1)
    if following and following[0][0].isupper() and not _ordinary(following[0], language):
        return not _common(match[0], language)
    return language == "en" and not _common(match[0], language)


def _common(word: str, language: str) -> bool:
    if language != "en":
        return len(word) < 4
    if _DERIVED.search(word):
        return True
    lower, table = word.lower(), background()
    return lower in table.function_words or table.counts.get(stem(lower), 0) >= _USED


_USED = 150
"""Articles of the background table that use a common word; names of people stand in fewer. Not swept: names below it
are checked, and words below it only make the check stricter."""


def _spelled(word: str, words: Collection[str]) -> bool:
    """Written alike: "Merz" and "Merz", "Selenskyj" and "Zelensky" are left to sound."""
    folded = _fold(word)
    return any(folded == one or (len(folded) > 3 and folded[:4] == one[:4]) for one in words)


def _sounding(word: str, sounds: tuple[frozenset[str], str]) -> bool:
    if _SLAVIC.search(word) and "j" in word.lower():
        bare = re.sub("j", "", word, flags=re.IGNORECASE)
        return _sounding(bare, sounds)
    heads, whole = sounds
    mine = skeleton(word)
    if len(mine) < _FEWEST:
        return any(one.startswith(mine) for one in heads) if mine else bool(heads)
    return any(one[:3] == mine[:3] or (len(one) <= _FEWEST and one == mine[:_FEWEST]) for one in heads) or (
        len(mine) >= _WITHIN and mine in whole
    )


def _region(word: str, original: str) -> bool:
    """A sea or part of the world, which has a name of its own in many languages."""
    lower = original.lower()
    return any(_fold(word).startswith(forms[0]) and any(form in lower for form in forms) for forms in REGIONS)


def _beside(text: str, end: int, original: str) -> bool:
    """Whether the name in Chinese characters stands in brackets after it, and in the original."""
    bracketed = _BRACKETED.match(text, end)
    return bool(bracketed and _HAN.search(bracketed[1]) and bracketed[1].strip() in original)


def _words(text: str) -> frozenset[str]:
    return frozenset(_fold(part) for word in _WORD.findall(text) for part in (word, *re.split("[-’']", word)) if part)


def _fold(word: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(ch))


def _sounds(text: str) -> tuple[frozenset[str], str]:
    """The sound of each word, and of all that has sound as one piece."""
    found = [skeleton(word) for word in _WORD.findall(text)]
    return frozenset(one for one in found if one), " ".join(found)


def skeleton(word: str) -> str:
    """The consonants of a word as classes; of a pair without a vowel between that has one class, one stands."""
    found: list[str] = []
    before = ""
    for ch in "".join(_latin(one) for one in word):
        mine = _CLASSES.get(ch, "")
        if mine and mine != before:
            found.append(mine)
        before = mine or ("" if ch in "aeiouyw" else before)
    return "".join(found)


@cache
def _latin(ch: str) -> str:
    """One character of any alphabet in Latin letters, its consonants at least."""
    lower = _fold(ch)
    if lower.isascii():
        return lower
    if lower in _CYRILLIC or lower in _ARABIC:
        return _CYRILLIC.get(lower) or _ARABIC.get(lower, "")
    name = unicodedata.name(ch, "")
    if name.startswith("KATAKANA LETTER"):
        return _KANA.get(ch, name.rsplit(" ", 1)[-1].lower())
    if name.startswith("HANGUL SYLLABLE"):
        return name.rsplit(" ", 1)[-1].lower()
    return ""
