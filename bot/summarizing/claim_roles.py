"""Who did what, and which number belongs to what: names and numbers of a claim compared by the company that they keep.

English. For each name and number of a text its surroundings are noted: words near it, the verb that it does or suffers,
the name or number beside it. Where two of them keep each other's company in the claim rather than their own, they were
exchanged: "Tokyo seeks licences" of a source in which Seoul does, 78,000 tonnes for Iceland that are Norway's.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from bot.summarizing import claim_words as table
from bot.summarizing.claim_belongings import kept_things
from bot.summarizing.claim_items import Item, acronyms, items_in, together
from bot.summarizing.claim_pairs import pairing, pairings
from bot.summarizing.claim_tokens import Word
from bot.summarizing.claim_verbs import verbs_in
from bot.summarizing.lexicon import background

Company = Mapping[str, float]
"""Features of an item and how strongly each belongs to it."""

REACH = 7
"""Words to either side that are looked at; beyond these other things are spoken of."""
ACROSS = 0.35
"""What a word counts behind a comma or the beginning of another clause."""
BEHIND = 0.5
"""What the words before a number count: those behind it say of what it is one."""
ROLE, ANY_ROLE = 1.2, 0.5
"""What it counts to do or suffer the same verb; and to do or suffer anything at all."""
MARGIN, RATIO = 0.35, 1.6
"""By how much the exchanged reading must fit better before it is believed."""
LEAST_FIT = 0.8
"""Of the exchanged reading: less company than this is chance."""


def exchanged(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Pairs of names or of numbers that stand in each other's places in the claim `here`."""
    short = acronyms(here) | acronyms(there)
    mine, theirs = companies(here, short), companies(there, short)
    kinds = {item.key: item.kind for item in items_in(here, short)}
    listed = together(here, short) | together(there, short)
    numbered, known = pairings(here), pairings(there)
    settled = kept_things(here, there, short)
    for one, other in combinations([key for key in mine if key in theirs], 2):
        if (
            kinds[one] != kinds[other]
            or one.isupper() != other.isupper()
            or frozenset((one, other)) in listed
            or {one, other} & settled
        ):
            continue
        kept = pairing(numbered, known, one, other) if kinds[one] == "#" else None
        crossed = kept is None and any(
            _fits_better(
                _fit(first, theirs[other]) + _fit(second, theirs[one]),
                _fit(first, theirs[one]) + _fit(second, theirs[other]),
            )
            for first in mine[one]
            for second in mine[other]
        )
        if crossed or kept is False:
            yield f"“{_shown(one, here, short)}” and “{_shown(other, here, short)}” stand in each other's places."
            return
    yield from _turned(mine, theirs)
    yield from _other_doer(here, there, short)


def moved(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Numbers that the claim gives to another deed of the source: "agreed on a hotline 15 days in advance" of a source
    that agreed on a hotline and announces exercises 15 days in advance.
    """
    mine, theirs = _governed(here), _governed(there)
    joined = _joined(there)
    said = {word.root for word in here}
    for key, verbs in mine.items():
        own = theirs.get(key, set())
        elsewhere = own and all((one, other) in joined for one in verbs for other in own)
        if elsewhere and not own & said:
            yield f"What “{_shown(key, here, frozenset())}” counts is another deed in the source."
            return


NEAR_DEEDS = 30
"""Words between two deeds of one sentence at most."""


def _joined(words: Sequence[Word]) -> set[tuple[str, str]]:
    """Pairs of deeds of one sentence that an "and" joins, the earlier one first."""
    verbs = verbs_in(words)
    found: set[tuple[str, str]] = set()
    for one, other in combinations(verbs, 2):
        if other.at - one.at > NEAR_DEEDS:
            continue
        between = words[one.at + 1 : other.at]
        parted = any(word.full_stop or word.lower in table.CLAUSES for word in (*between, words[other.at]))
        if not parted and any(word.lower == "and" for word in between):
            found.add((one.root, other.root))
    return found


def _governed(words: Sequence[Word]) -> dict[str, set[str]]:
    """For each number the verb nearest before it in its sentence."""
    verbs = verbs_in(words)
    found: dict[str, set[str]] = {}
    for item in items_in(words):
        before = [verb for verb in verbs if verb.at < item.start]
        if not item.number or not before:
            continue
        if any(word.full_stop for word in words[before[-1].at + 1 : item.start + 1]):
            continue
        found.setdefault(item.key, set()).add(before[-1].root)
    return found


def _fits_better(crossed: float, straight: float) -> bool:
    return crossed >= LEAST_FIT and crossed > RATIO * straight and crossed > straight + MARGIN


def _turned(mine: Mapping[str, Sequence[Company]], theirs: Mapping[str, Sequence[Company]]) -> Iterator[str]:
    """A name that does in the claim what it suffers in the source, or the other way round."""
    for key in mine:
        said = [role for company in theirs.get(key, ()) for role, weight in company.items() if weight >= ROLE]
        for company in mine[key]:
            for role, weight in company.items():
                verb = role.partition(" ")[2]
                turned = f"suffers {verb}" if role.startswith("does ") else f"does {verb}"
                if weight >= ROLE and verb and turned in said and role not in said:
                    yield "Who does it and who suffers it are turned round."
                    return


def _other_doer(here: Sequence[Word], there: Sequence[Word], short: frozenset[str]) -> Iterator[str]:
    """A deed that the source gives to another name of both: "which Kosovo wants" of "Serbia wants".

    Only where the name stands right before the verb in both, and the source has the verb nowhere else.
    """
    doers, known = _right_before(here, short), _right_before(there, short)
    present = {item.key for item in items_in(there, short)}
    for root, names in doers.items():
        its = known.get(root, set())
        if its and None not in its and not names & its and names <= present:
            yield "The source names another who does it."
            return


def _right_before(words: Sequence[Word], short: frozenset[str]) -> dict[str, set[str | None]]:
    """For each verb by root the names right before it, across "has" and "would"; None where none stands there."""
    ends = {
        item.end: item.key
        for item in items_in(words, short)
        if item.kind == "n" and not _belongs(words, item) and _takes_part(words, item)
    }
    found: dict[str, set[str | None]] = {}
    for at, word in enumerate(words):
        if (
            not word.written[:1].islower()
            or word.root in table.MUTUAL
            or word.lower in background().function_words
            or not word.root.isalpha()
        ):
            continue
        place = at
        while place > 0 and words[place - 1].lower in _AUXILIARY and not words[place].parted:
            place -= 1
        found.setdefault(word.root, set()).add(ends.get(place) if not words[place].parted else None)
    return found


_AUXILIARY = frozenset("has have had will would may might could can must should also now still again".split())  # noqa: SIM905


def _fit(mine: Company, theirs: Sequence[Company]) -> float:
    """How well an occurrence agrees with the best of some others."""
    return max(
        (sum(min(weight, other.get(feature, 0.0)) for feature, weight in mine.items()) for other in theirs),
        default=0.0,
    )


def _shown(key: str, words: Sequence[Word], short: frozenset[str]) -> str:
    item = next(one for one in items_in(words, short) if one.key == key)
    return " ".join(word.written for word in words[item.start : item.end])


# --- the company of each --------------------------------------------------------------------------------------------


def companies(words: Sequence[Word], short: frozenset[str]) -> dict[str, list[Company]]:
    """For each item by its key the company of each of its occurrences."""
    items = items_in(words, short)
    at_place = {place: item for item in items for place in range(item.start, item.end)}
    found: dict[str, list[Company]] = {}
    roles = _roles(words, items)
    for item in items:
        company = dict(roles.get(item.start, {}))
        for feature, weight in _around(words, item, at_place):
            company[feature] = max(company.get(feature, 0.0), weight)
        found.setdefault(item.key, []).append(company)
    return found


def _around(words: Sequence[Word], item: Item, at_place: Mapping[int, Item]) -> Iterator[tuple[str, float]]:
    for step, start in ((-1, item.start - 1), (1, item.end)):
        weight, far = 1.0, 0
        plain = BEHIND if item.number and step < 0 else 1.0
        for place in range(start, start + step * REACH, step):
            if not 0 <= place < len(words):
                break
            edge = words[place + 1] if step < 0 else words[place]
            if edge.full_stop:
                break
            if edge.parted or words[place].lower in table.CLAUSES:
                weight *= ACROSS
            other = at_place.get(place)
            if other is not None:
                if other.number != item.number:
                    yield f"={other.key}", weight / (1 + far)
                far += 1
            elif words[place].root.isalpha() and words[place].lower not in background().function_words:
                yield words[place].root, plain * weight / (1 + far)
                far += 1


def _roles(words: Sequence[Word], items: Sequence[Item]) -> dict[int, dict[str, float]]:
    """By the place of an item: "does x" and "suffers x" for the verbs around it."""
    found: dict[int, dict[str, float]] = {}
    for verb in verbs_in(words):
        if verb.root in table.MUTUAL:
            continue
        before = [item for item in items if verb.start <= item.start < verb.at and _takes_part(words, item)]
        behind = [item for item in items if verb.at < item.start < verb.end and _takes_part(words, item)]
        before = [] if verb.bare and not verb.passive else before
        does, suffers = (before, behind)
        if verb.passive:
            by = next((place for place in range(verb.at + 1, verb.end) if words[place].lower == "by"), None)
            does = [item for item in behind if by is not None and item.start > by]
            suffers = before
        if verb.converse:
            does, suffers = suffers, does
        for role, many in (("does", does), ("suffers", suffers)):
            for rank, item in enumerate(many if role == "suffers" and not verb.passive else many[::-1]):
                features = found.setdefault(item.start, {})
                weight = 1.0 if rank == 0 and not _belongs(words, item) else 0.5
                for feature, strength in ((f"{role} {verb.root}", ROLE), (role, ANY_ROLE)):
                    features[feature] = max(features.get(feature, 0.0), strength * weight)
    return found


def _takes_part(words: Sequence[Word], item: Item) -> bool:
    """Whether a name may do or suffer: not where it only says where or about what, as in "at Busia"."""
    place = item.start - 1
    while place >= 0 and words[place].lower in table.DETERMINERS:
        place -= 1
    return not item.number and not (place >= 0 and words[place].lower in table.ASIDE)


def _belongs(words: Sequence[Word], item: Item) -> bool:
    """Whether a name only says whose or from where a thing is: "observers from Chile", "Kenya's ports"."""
    before = words[item.start - 1].lower if item.start else ""
    return before in ("of", "from") or words[item.end - 1].written.lower().endswith(("'s", "s'"))
