"""Plans told as deeds, and deeds told as possible, in English: how sure each text is of the same words.

A word is in doubt where a word of plan, wish or possibility stands before it in its clause: "asked for a corridor",
"will be held in Busan". Words near each other stand in for grammar.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word, root_of
from bot.summarizing.claim_verbs import clauses_of, is_participle, sentences_of
from bot.summarizing.families import mates_of
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import is_said

_RESOLVED = frozenset(map(root_of, ("agree", "decide", "vote")))
"""Verbs of which only the "to" behind them is of something to come: "agreed on Monday" is done."""
SCOPE = 9
"""Words behind a "may" or "asked" that are in doubt."""
TOLD = 2
"""Words in doubt in one text and sure in the other that make a plan a deed: one may stand elsewhere by chance."""
_POSSIBLE = frozenset(["may", "might", "could"])
_OPEN = frozenset(
    "can let allow permit possibl potenti lik would threat threaten risk fear if".split()  # noqa: SIM905
)
"""Words of a source that let a claim say "may"."""
_MARKS = """will would may might could shall should can expect likely possible willing ready due
    threaten threat risk offer proposal plan order seek want ask urge demand request propose suggest recommend promise
    pledge vow undertake intend aim hope wish consider plan schedule need require prepare appeal possible possibly
    unlikely if unless until""".split()  # noqa: SIM905


@cache
def _marks() -> frozenset[str]:
    """Roots of words by which something is not yet so."""
    return frozenset(map(root_of, _MARKS))


@cache
def _wider() -> frozenset[str]:
    """Roots of words that leave a claim open enough: the marks, their kin, agreements and announcements."""
    near = ("ask", "want", "plan", "propos", "promis", "estimat", "agr", "announc", "deal", "warn")
    return _marks().union(*(mates_of(root) for root in near), near)


def plans(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """What the claim `here` tells as done of which the source only says that it is to be; and the other way round."""
    doubted, sure = _parted(there)
    for sentence in sentences_of(here):
        if any(word.lower in ("would", "if") for word in sentence):
            continue
        for clause in clauses_of(sentence):
            content = {word.root: word.written for word in clause if _is_content(word)}
            to_be = [root for root in content if is_said(root, doubted) and not is_said(root, sure)]
            if len(to_be) >= TOLD and _tells_deed(clause, sure):
                yield f"The source does not say that “{content[to_be[0]]}” has happened."
                return
    if any(word.lower in _POSSIBLE or word.root in _OPEN for word in there):
        return
    for clause in clauses_of(here):
        known = [root for root in _behind_possible(clause) if is_said(root, sure) and not is_said(root, doubted)]
        if len(known) >= TOLD:
            yield "It tells as possible what the source tells as a fact."
            return


def _is_content(word: Word) -> bool:
    plain = word.lower not in background().function_words and word.root[:1].isalpha()
    return plain and word.written[:1].islower() and word.lower not in table.DAYS and word.lower not in table.NUMBERS


def _parted(words: Sequence[Word]) -> tuple[set[str], set[str]]:
    """Content words in doubt, and those told as sure."""
    doubted: set[str] = set()
    sure: set[str] = set()
    left = 0
    for at, word in enumerate(words):
        if word.full_stop or (word.parted and word.lower not in ("and", "or")) or _opens_clause(words, at):
            left = 0
        if _is_content(word):
            (doubted if left > 0 else sure).add(word.root)
        if _is_mark(words, at):
            left = SCOPE
        left -= 1
    return doubted, sure


def _opens_clause(words: Sequence[Word], at: int) -> bool:
    """Whether another clause begins; behind "proposed that" the same goes on."""
    if words[at].lower == "that" and at and words[at - 1].root in _marks():
        return False
    return words[at].lower in table.CLAUSES - {"that"} or (words[at].lower == "that" and at > 0)


def _is_mark(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    before = words[at - 1].lower if at else ""
    if word.lower in ("set", "about") and before in table.BE and words[at + 1 : at + 2]:
        return words[at + 1].lower == "to"
    if word.lower == "to":
        return before in table.BE or root_of(before) in _RESOLVED
    return word.root in _marks()


def _tells_deed(clause: Sequence[Word], sure: set[str]) -> bool:
    """Whether a clause has a past verb that the source does not tell as done, and nothing that leaves it open."""
    closing = table.NEGATIONS | table.ENDING | table.NEGATIVE
    for at, word in enumerate(clause):
        if word.root in _wider() or word.lower in closing or word.root in closing or _is_mark(clause, at):
            return False
    return any(
        is_participle(word)
        and word.written[:1].islower()
        and not (at and clause[at - 1].lower in ("is", "are"))  # "is priced at" tells of no deed
        and word.lower not in table.SPEECH
        and not is_said(word.root, sure)
        for at, word in enumerate(clause)
    )


def _behind_possible(clause: Sequence[Word]) -> list[str]:
    at = next((place for place, word in enumerate(clause) if word.lower in _POSSIBLE), None)
    return [] if at is None else [word.root for word in clause[at + 1 : at + 1 + SCOPE] if _is_content(word)]
