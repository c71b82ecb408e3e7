"""Words for full-text search: the same folding for what is stored and for what is asked.

Case, diacritics (Latin, Greek, Cyrillic, Arabic, Hebrew) and character width do not matter. Scripts written without
spaces (Chinese, Japanese, Thai …) and Korean, whose particles stick to the word, become overlapping pairs of
characters, for no tokenizer of SQLite finds words in them: 日本語 -> 日本 本語 語. The last single character
lets a look-up of one character find every place (as a beginning; `singles` spares an index that walk). Every step is
linear in the text and knows no context, so that stored and asked words always agree.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

INDEXED_CHARACTERS = 200_000
"""No more of a text is indexed: a long read has 60,000 characters; a page of a million is not prose."""
ASKED_CHARACTERS = 1_000
"""No more of a question is read; Discord's longest option is 6,000, a person's question under 100."""
ASKED_TERMS = 32
"""Terms beyond these are left out of a question: each costs one walk through the index."""
SHORTEST_BEGINNING = 3
"""`tr*` is the word "tr": in 30,000 articles the index merges the lists of 20,000 words for `w*`, for over 2 s."""

_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af]+)"
)
_COMPOSED = re.compile("[\u3040-\u30ff\uac00-\ud7af]")  # taking these apart would lose what tells words apart
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u3099\u309a]")
_QUOTED = re.compile('["\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f]')


def _folded(character: str) -> str:
    """One character's letters and digits without marks and case; a space for what parts words."""
    if unicodedata.category(character) == "Cf":
        return ""  # zero-width and direction marks, soft hyphens: inside words, invisible
    wide = unicodedata.normalize("NFKC", character).casefold()
    parts = [part if _COMPOSED.match(part) else unicodedata.normalize("NFD", part) for part in wide]
    plain = _MARKS.sub("", "".join(parts))
    return "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in plain)


class _Folding(dict[int, str]):
    """A table for `str.translate` that works out each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_FOLDING = _Folding()


def _pieces(word: str, *, whole: bool) -> list[str]:
    """The tokens of one folded word. `whole`: the last unspaced run ends here, so its last character counts alone."""
    tokens: list[str] = []
    runs = [run for run in _UNSPACED.split(word) if run]
    for number, run in enumerate(runs):
        if not _UNSPACED.match(run):
            tokens.append(run)
            continue
        tokens.extend(run[at : at + 2] for at in range(len(run) - 1))
        if whole or number < len(runs) - 1 or len(run) == 1:
            tokens.append(run[-1])
    return tokens


def tokens(text: str) -> list[str]:
    """The words of a stored text, folded, in order."""
    folded = text[:INDEXED_CHARACTERS].translate(_FOLDING)
    return [token for word in folded.split() for token in _pieces(word, whole=True)]


def singles(stored: Iterable[str]) -> list[str]:
    """The single characters of the unspaced scripts among the tokens of a text, each once."""
    return sorted({letter for token in stored if _UNSPACED.match(token) for letter in token})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Tokens that stand one after another. `prefix`: the last one may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False

    @property
    def single(self) -> bool:
        """Whether it asks for one character of an unspaced script: found among `singles`."""
        return len(self.tokens) == 1 and len(self.tokens[0]) == 1 and _UNSPACED.match(self.tokens[0]) is not None


def _term(text: str) -> Term | None:
    """The term of a phrase or word as typed; None when it holds no letter and no digit."""
    words = text.translate(_FOLDING).split()
    found = [token for word in words[:-1] for token in _pieces(word, whole=True)]
    if words:
        found += _pieces(words[-1], whole=False)
    if not found:
        return None
    unspaced = _UNSPACED.match(found[-1]) is not None
    begins = text.rstrip().endswith("*") and (unspaced or len(found[-1]) >= SHORTEST_BEGINNING)
    return Term(tokens=tuple(found), prefix=begins or (unspaced and len(found[-1]) == 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One way to answer a question: every term of `present` is found, and none of `absent`."""

    present: tuple[Term, ...]
    absent: tuple[Term, ...] = ()


def asked(text: str) -> tuple[Asked, ...]:
    """What a question asks for, in any one of these ways; () when there is no word in it that has to be found.

    Quoted words stand together; `minist*` finds what begins so; a word or phrase right behind a hyphen must not be
    there; OR, in capitals, parts ways. Nothing else has a meaning, and nothing can be wrong: a lone hyphen or OR is
    passed over, and what only excludes asks for nothing.
    """
    ways: list[tuple[list[Term], list[Term]]] = [([], [])]
    for part, excluded in _typed(text[:ASKED_CHARACTERS]):
        if part is None:
            ways.append(([], []))
        elif (term := _term(part)) and sum(map(len, (side for way in ways for side in way))) < ASKED_TERMS:
            ways[-1][excluded].append(term)
    return tuple(Asked(present=tuple(present), absent=tuple(absent)) for present, absent in ways if present)


def _typed(text: str) -> Iterator[tuple[str | None, bool]]:
    """The words and phrases of a question, each with whether it is excluded; None where ways part."""
    before = ""
    for number, segment in enumerate(_QUOTED.split(text)):
        if number % 2:
            yield segment, before.endswith("-") and not before[-2:-1].strip()
        else:
            for word in segment.split():
                yield (None, False) if word == "OR" else (word, word.startswith("-"))
        before = segment


def answers(fields: Iterable[list[str]], ways: Iterable[Asked]) -> bool:
    """Whether a text, as the tokens of its fields, answers a question: what FTS5 says, for the store in memory."""
    stored = tuple(fields)

    def found(term: Term) -> bool:
        return any(holds(field, term) for field in stored)

    return any(all(map(found, way.present)) and not any(map(found, way.absent)) for way in ways)


def holds(stored: list[str], term: Term) -> bool:
    """Whether the tokens of a text hold the term: what FTS5 answers, for the store in memory."""
    wanted, size = list(term.tokens), len(term.tokens)
    head, last = wanted[:-1], wanted[-1]
    for at in range(len(stored) - size + 1):
        end = stored[at + size - 1]
        if stored[at : at + size - 1] == head and (end.startswith(last) if term.prefix else end == last):
            return True
    return False
