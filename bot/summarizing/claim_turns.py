"""Turned round, in English: opposite words about the same thing, what came first, how much at least or at most."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import items_in
from bot.summarizing.claim_negation import FAR_BEHIND, denied_behind, is_sign, right_under, under
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.families import families, mates_of, opposites_of
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import said_too

NEAR = 5
"""Words to either side of an opposite that tell what it is said of."""
FAR = 3
"""Words within which a name makes a word like "exports" a matter of roles: A exports to B, B imports from A."""
CLAUSE = 25
"""Words to either side of a "before" that it may put in order."""
MOST_ORDERS = 12
"""Words "before" and "after" of a source that are looked at: more are no news, and would take long."""
SURELY = 2
"""Words that must stand near two words of one family, of which one is denied, for it to be the same deed."""
ORDERED = 2
"""Words that must stand on the wrong sides of a "before" for it to be believed."""
_CONVERSE = frozenset({"buy", "purchas", "sel", "sal", "export", "import", "lend", "borrow"})
_UNTURNED = frozenset({"detainee", "detainees", "leadership", "uprising", "hardly", "closely"})
"""Words that share a root with an opposite and are none."""


# --- opposite words -----------------------------------------------------------------------------------------------


def direction(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Opposite words about the same thing: a word of the claim that the source nowhere says, but says the opposite.

    Words that both have are taken out first, then those of one family, each with its own: what the claim says over and
    above these may not be the opposite of what it leaves out.
    """
    left, open_places = _unshared(here, _weighty(here), there, _weighty(there))
    for at in left:
        near = _near(here, at)
        family = mates_of(here[at].root) | {here[at].root}
        alike = [p for p in open_places if there[p].root in family and said_too(near, _near(there, p))]
        if alike:
            held = [place for place in alike if _denied(there, place) == _denied(here, at)]
            if held:
                open_places.remove(max(held, key=lambda place: said_too(near, _near(there, place))))
            elif any(
                said_too(near, _near(there, place)) >= SURELY and _surely_differ(here, at, there, place)
                for place in alike
            ):
                yield f"Of “{here[at].written}” one says that it is so, the other that it is not."
                return
            continue  # said too, but denied there: which of the two it speaks of is not told
        if any(_is_turned_opposite(here, at, there, place) for place in open_places):
            continue
        for place in open_places:
            opposite = _is_opposite(here, at, there, place) and not _is_converse(here, at, there, place)
            if opposite and said_too(near, _near(there, place)):
                yield f"It says “{here[at].written}”, the opposite of the source."
                return


def _unshared(
    here: Sequence[Word], mine: Sequence[int], there: Sequence[Word], theirs: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Places of both texts that are left when each word has been set against the same one of the other."""
    left, open_places = [], list(theirs)
    for at in mine:
        same = [place for place in open_places if there[place].root == here[at].root]
        if same:
            near = _near(here, at)
            open_places.remove(max(same, key=lambda place: said_too(near, _near(there, place))))
        else:
            left.append(at)
    return left, open_places


def _weighty(words: Sequence[Word]) -> list[int]:
    """Places of the words that belong to a family."""
    return [
        at
        for at, word in enumerate(words)
        if word.lower not in _UNTURNED and (word.root in families().mates) and (at == 0 or word.written[:1].islower())
    ]


def _is_opposite(here: Sequence[Word], at: int, there: Sequence[Word], place: int) -> bool:
    """Whether two words say the opposite, with what denies them."""
    return there[place].root in opposites_of(here[at].root) and _denied(here, at) == _denied(there, place)


def _is_turned_opposite(here: Sequence[Word], at: int, there: Sequence[Word], place: int) -> bool:
    """Whether the source denies the opposite, which says the same: "oppose its reopening", "want it kept shut"."""
    return there[place].root in opposites_of(here[at].root) and _denied(here, at) != _denied(there, place)


def _denied(words: Sequence[Word], at: int) -> bool:
    """Whether a "not", or a verb such as "dropped", turns the word round."""
    return (
        right_under(words, at, table.ENDING)
        or right_under(words, at, table.OPPOSING)
        or under(words, at, table.NEGATIONS)
        or denied_behind(words, at, FAR_BEHIND)
    )


def _surely_differ(here: Sequence[Word], at: int, there: Sequence[Word], place: int) -> bool:
    """Whether a word that has an opposite is denied on one side, and nothing near may deny it on the other."""
    (words, denied), (others, free) = sorted(((here, at), (there, place)), key=lambda side: not _denied(*side))
    sure = right_under(words, denied, table.NEGATIONS | table.ENDING) or denied_behind(words, denied)
    near = others[max(0, free - 2 * NEAR) : free + 2 * NEAR]
    soft = any(is_sign(word, _DENYING) or (word.lower == "still") for word in near)
    return sure and not soft and bool(opposites_of(here[at].root))


_DENYING = table.NEGATIONS | table.NEGATIVE | table.ENDING | table.OPPOSING


def _is_converse(here: Sequence[Word], at: int, there: Sequence[Word], place: int) -> bool:
    """Buying and selling: opposite words, but with the roles of two names turned round they say the same."""
    if here[at].root not in _CONVERSE:
        return False
    return len({*_names_near(here, at), *_names_near(there, place)}) > 1


def _names_near(words: Sequence[Word], at: int) -> set[str]:
    return {item.key for item in items_in(words) if item.kind == "n" and at - FAR <= item.start <= at + FAR}


def _near(words: Sequence[Word], at: int) -> set[str]:
    """Content words to either side, in the same sentence."""
    found: set[str] = set()
    for step in (-1, 1):
        count, place = 0, at + step
        while 0 <= place < len(words) and count < NEAR and not words[max(place, place - step)].full_stop:
            if words[place].lower not in background().function_words:
                found.add(words[place].root)
                count += 1
            place += step
    return found


# --- before and after ---------------------------------------------------------------------------------------------


class _Order(NamedTuple):
    earlier: frozenset[str]
    later: frozenset[str]


def order(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """What came first: "before the cut" made of "after the cut"; where the sides change places too, it is the same."""
    known = list(islice(_orders(there), MOST_ORDERS))
    for mine in _orders(here):
        straight = [said_too(mine.earlier, its.earlier) + said_too(mine.later, its.later) for its in known]
        crossed = [said_too(mine.earlier, its.later) + said_too(mine.later, its.earlier) for its in known]
        if known and max(crossed) >= ORDERED and max(crossed) > max(straight):
            yield "What came before and what after are turned round."
            return


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
    if _YEAR.fullmatch(words[at].written):  # "under the 2022 contract"
        return ""
    for bound, phrases in (("high", _HIGH), ("low", _LOW)):
        for phrase in phrases:
            tail = before[-len(phrase) :]
            almost = before[-len(phrase) - 1 : -1]
            if tuple(tail) == phrase or (tuple(almost) == phrase and before[-1] in ("about", "some", "a", "the")):
                turned = phrase[-1] == "than" and before[-len(phrase) - 1 : -len(phrase)] in (["no"], ["not"])
                return {"high": "low", "low": "high"}[bound] if turned else bound
    return ""


_YEAR = re.compile(r"(?:19|20)\d\d")


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
        return (before not in ("at", "the") or after == "of") and not after.endswith("ly") and after != "recent"
    return word in ("half", "majority", "mostly") and after not in ("a", "an", "hour")


def _lists(words: Sequence[Word]) -> bool:
    """Whether the source counts: a number may be all there is."""
    return any(number_in(word.written) == 100 for word in words)
