"""Turned round, in English: opposite words about the same thing, what came first, how much at least or at most."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import items_in
from bot.summarizing.claim_negation import FAR_BEHIND, denied_behind, right_under, under
from bot.summarizing.claim_opposites import OPPOSITES, Pair
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import kin_of

NEAR = 5
"""Words to either side of an opposite that tell what it is said of."""
FAR = 3
"""Words within which a name makes a word like "exports" a matter of roles: A exports to B, B imports from A."""
CLAUSE = 25
"""Words to either side of a "before" that it may put in order."""
MOST_ORDERS = 12
"""Words "before" and "after" of a source that are looked at: more are no news, and would take long."""
ORDERED = 2
"""Words that must stand on the wrong sides of a "before" for it to be believed."""
_UNTURNED = frozenset({"detainee", "detainees", "leadership", "uprising", "hardly", "closely"})
"""Words that share a root with an opposite and are none."""


# --- opposite words -----------------------------------------------------------------------------------------------


def direction(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Opposite words about the same thing: the place of the source that a claim's word is nearest to says the other."""
    for pair in OPPOSITES:
        mine = _sides(here, pair)
        theirs = _sides(there, pair) if mine else []
        if not theirs:
            continue
        if _is_converse(pair) and any(_named_near(words, at) for words, at in _places(here, mine, there, theirs)):
            continue
        roots = {there[place].root for place, _ in theirs}
        sides = {side for _, side in theirs}
        for at, side in mine:
            if here[at].root in roots:  # the same word: whether it is denied is asked elsewhere
                continue
            near = _near(here, at)
            fits = {0: 0, 1: 0}
            for place, other in theirs:
                fits[other] = max(fits[other], len(near & _near(there, place)))
            if fits[1 - side] > fits[side] + (side in sides):
                yield f"It says “{here[at].written}”, the opposite of the source."
                return


def _places(
    here: Sequence[Word], mine: Sequence[tuple[int, int]], there: Sequence[Word], theirs: Sequence[tuple[int, int]]
) -> Iterator[tuple[Sequence[Word], int]]:
    yield from ((here, at) for at, _ in mine)
    yield from ((there, at) for at, _ in theirs)


def _sides(words: Sequence[Word], pair: Pair) -> list[tuple[int, int]]:
    """Where the words take a side of an opposition, and which; a "not" turns it round."""
    found = []
    for at, word in enumerate(words):
        if word.lower in _UNTURNED:
            continue
        for side in (0, 1):
            if word.lower in pair[side] or word.root in pair[side]:
                denied = (
                    right_under(words, at, table.ENDING)
                    or under(words, at, table.NEGATIONS)
                    or denied_behind(words, at, FAR_BEHIND)
                )
                found.append((at, 1 - side if denied else side))
    return found


def _is_converse(pair: Pair) -> bool:
    """Buying and selling: opposite words, but with the roles turned round they say the same."""
    return bool(pair[0] & {"buy", "export"} and pair[1] & {"sell", "import"})


def _named_near(words: Sequence[Word], at: int) -> bool:
    start = next((place for place in range(at, max(0, at - FAR), -1) if words[place].parted), max(0, at - FAR))
    end = next(
        (place for place in range(at + 1, at + 1 + FAR) if place < len(words) and words[place].parted), at + 1 + FAR
    )
    around = (*words[start:at], *words[at + 1 : end])
    return any(word.written[:1].isupper() and word.lower not in background().function_words for word in around)


def _near(words: Sequence[Word], at: int) -> set[str]:
    around = (*words[max(0, at - NEAR) : at], *words[at + 1 : at + 1 + NEAR])
    return {word.root for word in around if word.lower not in background().function_words}


# --- before and after ---------------------------------------------------------------------------------------------


class _Order(NamedTuple):
    earlier: frozenset[str]
    later: frozenset[str]


def order(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """What came first: "before the cut" made of "after the cut"; where the sides change places too, it is the same."""
    known = list(islice(_orders(there), MOST_ORDERS))
    for mine in _orders(here):
        straight = [_held(mine.earlier, its.earlier) + _held(mine.later, its.later) for its in known]
        crossed = [_held(mine.earlier, its.later) + _held(mine.later, its.earlier) for its in known]
        if known and max(crossed) >= ORDERED and max(crossed) > max(straight):
            yield "What came before and what after are turned round."
            return


def _held(mine: frozenset[str], theirs: frozenset[str]) -> int:
    return sum(word in theirs or not theirs.isdisjoint(kin_of(word)) for word in mine)


def _orders(words: Sequence[Word]) -> Iterator[_Order]:
    for at, word in enumerate(words):
        if word.lower not in ("before", "after"):
            continue
        first, last = max(0, at - CLAUSE), min(len(words), at + CLAUSE)
        start = next((place for place in range(at, first, -1) if words[place].full_stop), first)
        end = next((place for place in range(at + 1, last) if words[place].full_stop), last)
        opens = start >= at - 1
        comma = next((place for place in range(at + 1, end) if words[place].parted), end)
        left, told = words[start:at], words[at + 1 : comma]
        if opens and comma == end:  # no mark tells where what came later begins
            continue
        main = left if len(left) > 1 else words[comma:end]
        earlier, later = (told, main) if word.lower == "after" else (main, told)
        yield _Order(_content(earlier), _content(later))


def _content(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.root for word in words if word.lower not in background().function_words)


# --- at least, at most, all ---------------------------------------------------------------------------------------

_LOW = (("at", "least"), ("more", "than"), ("no", "less", "than"), ("no", "fewer", "than"), ("over",), ("exceeding",),
        ("above",), ("upwards", "of"), ("not", "less", "than"))  # fmt: skip
_HIGH = (("at", "most"), ("less", "than"), ("fewer", "than"), ("up", "to"), ("no", "more", "than"),
         ("as", "much", "as"), ("as", "many", "as"), ("as", "long", "as"), ("under",), ("below",),
         ("not", "more", "than"),
         ("maximum", "of"))  # fmt: skip
_BEFORE = 4
"""Words before a number in which its bound stands: "no more than some 40"."""


def bounds(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A number that is a floor in one text and a ceiling or a plain figure in the other; "up to" may fall away."""
    known = _bounded(there)
    for key, mine in _bounded(here).items():
        theirs = known.get(key)
        if theirs is None or mine & theirs or mine == {""}:
            continue
        if mine in ({"low"}, {"high"}):
            said = "at least" if mine == {"low"} else "at most"
            yield f"It says “{said}” of a number of which the source does not."
            return


def _bounded(words: Sequence[Word]) -> dict[str, set[str]]:
    """For each number its bounds: "low", "high" or "" where it has none."""
    found: dict[str, set[str]] = {}
    for item in items_in(words):
        if item.number:
            found.setdefault(item.key, set()).add(_bound(words, item.start))
    return found


def _bound(words: Sequence[Word], at: int) -> str:
    before = [word.lower for word in words[max(0, at - _BEFORE) : at]]
    if before[-1:] in (["over"], ["under"]) and at + 1 < len(words) and words[at + 1].lower in table.SPANS:
        return ""
    for bound, phrases in (("high", _HIGH), ("low", _LOW)):
        for phrase in phrases:
            tail = before[-len(phrase) :]
            almost = before[-len(phrase) - 1 : -1]
            if tuple(tail) == phrase or (tuple(almost) == phrase and before[-1] in ("about", "some", "a", "the")):
                longer = bound == "low" and before[-len(phrase) - 1 : -len(phrase)] in (["no"], ["not"])
                return "high" if longer and phrase[0] == "more" else bound
    return ""


_SHARES = tuple(
    frozenset(words.split())
    for words in (
        "all every each both entire whole everyone everything everybody any always",
        "no none neither nobody nothing never nor",
        "most majority mainly mostly largely chiefly",
        "half halves halved fifty",
    )
)
_FRACTIONS = frozenset(["third", "quarter", "fifth", "sixth", "seventh", "eighth", "tenth"])


def shares(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """All, none, most or a fraction in the claim, of which the source has no word: "all of the tractors" of forty."""
    lowers = {word.lower for word in there}
    for share in _SHARES[0], _SHARES[2], _SHARES[3]:
        said = next((at for at, word in enumerate(here) if word.lower in share and _is_share(here, at)), None)
        if said is not None and not lowers & (_SHARES[0] | share) and not _lists(there):
            yield f"The source does not say “{here[said].written}”."
            return


def _is_share(words: Sequence[Word], at: int) -> bool:
    """Whether an "all" counts something: "all the ports", not "after all", "any", "at most", "most recent"."""
    before = words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    word = words[at].lower
    if word in ("each", "both", "any", "always", "whole", "entire", "everyone", "everybody", "everything"):
        return False
    if word in ("all", "every"):
        counts = number_in(after) is None and after not in table.SPANS
        return before not in ("after", "at", "above", "of", "in") and counts
    if word == "most":
        return before not in ("at", "the") or after == "of"
    return word in ("half", "majority", "mostly") and after not in ("a", "an", "hour")


def _lists(words: Sequence[Word]) -> bool:
    """Whether the source counts: a number may be all there is."""
    return any(number_in(word.written) == 100 for word in words)
