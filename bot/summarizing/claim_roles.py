"""Who did what, and which number belongs to what: names and numbers of a claim compared by the company that they keep.

English. For each name and number of a text its surroundings are noted: words near it, the verb that it does or suffers,
the name or number beside it. Where two of them keep each other's company in the claim rather than their own, they were
exchanged: "Tokyo seeks licences" of a source in which Seoul does, 78,000 tonnes for Iceland that are Norway's.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_tokens import Word, number_in
from bot.summarizing.lexicon import background
from bot.summarizing.places import country_at

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


class Item(NamedTuple):
    """A name or a number: `key` tells whether two are the same, `start` to `end` are its words. `kind`: "#" a number,
    "a" an actor without a name, "n" a name.
    """

    key: str
    start: int
    end: int
    kind: str

    @property
    def number(self) -> bool:
        """Whether it is one."""
        return self.kind == "#"


def exchanged(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Pairs of names or of numbers that stand in each other's places in the claim `here`."""
    short = _acronyms(here) | _acronyms(there)
    mine, theirs = companies(here, short), companies(there, short)
    kinds = {item.key: item.kind for item in items_in(here, short)}
    together = _together(here, short) | _together(there, short)
    for one, other in combinations([key for key in mine if key in theirs], 2):
        if kinds[one] != kinds[other] or frozenset((one, other)) in together:
            continue
        if any(
            _fits_better(
                _fit(first, theirs[other]) + _fit(second, theirs[one]),
                _fit(first, theirs[one]) + _fit(second, theirs[other]),
            )
            for first in mine[one]
            for second in mine[other]
        ):
            yield f"“{_shown(one, here, short)}” and “{_shown(other, here, short)}” stand in each other's places."
            return
    yield from _turned(mine, theirs)


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


def _joined(words: Sequence[Word]) -> set[tuple[str, str]]:
    """Pairs of deeds of one sentence that an "and" joins, the earlier one first."""
    verbs = verbs_in(words)
    found: set[tuple[str, str]] = set()
    for one, other in combinations(verbs, 2):
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


def is_sentence(words: Sequence[Word]) -> bool:
    """Whether anything in it may be a verb; a row of nouns claims nothing that could be checked."""
    telling = (
        table.BE | table.HELPERS | table.MODALS | table.SPEECH | table.SAYING | table.UNCERTAIN | table.PLAIN_VERBS
    )
    telling -= {"to", "not", "they", "he", "she", "it", "we", "who", "which"}
    for at, word in enumerate(words):
        if word.lower in telling or (is_participle(word) and word.written[:1].islower()):
            return True
        before = words[at - 1] if at else None
        if before is None or not word.written[:1].islower() or before.lower in background().function_words:
            continue
        if word.lower.endswith("s") and number_in(before.written) is None and at + 1 < len(words):
            return True
    return False


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


def _fit(mine: Company, theirs: Sequence[Company]) -> float:
    """How well an occurrence agrees with the best of some others."""
    return max(
        (sum(min(weight, other.get(feature, 0.0)) for feature, weight in mine.items()) for other in theirs),
        default=0.0,
    )


def _acronyms(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.lower for word in words if 2 <= len(word.lower) <= 6 and word.written.isupper())


def _together(words: Sequence[Word], short: frozenset[str]) -> set[frozenset[str]]:
    """Pairs that a text names as one: "Britain, France and Germany"."""
    items = items_in(words, short)
    found: set[frozenset[str]] = set()
    run = items[:1]
    for before, item in pairwise(items):
        between = [word.lower for word in words[before.end : item.start]]
        joined = not item.number and all(word in ("and", "of", "the", "or", "nor") for word in between)
        listed = bool(between) or words[item.start].parted
        run = [*run, item] if joined and listed and not words[item.start].full_stop else [item]
        found |= {frozenset((item.key, other.key)) for other in run[:-1]}
    return found


def _shown(key: str, words: Sequence[Word], short: frozenset[str]) -> str:
    item = next(one for one in items_in(words, short) if one.key == key)
    return " ".join(word.written for word in words[item.start : item.end])


# --- names and numbers ----------------------------------------------------------------------------------------------


def items_in(words: Sequence[Word], short: frozenset[str] = frozenset()) -> list[Item]:
    """Names (a country by its code, a person by the family name), actors such as "army", and numbers, in order.

    `short` are acronyms of either text: "European Union" is "eu" where one of them says so.
    """
    lowers = [word.lower for word in words]
    found: list[Item] = []
    at = 0
    while at < len(words):
        item = _item_at(words, lowers, at, short)
        if item is not None:
            found.append(item)
        at = item.end if item is not None else at + 1
    return found


def _item_at(words: Sequence[Word], lowers: Sequence[str], at: int, short: frozenset[str]) -> Item | None:
    word = words[at]
    if word.written[:1].isupper() and (country := country_at(lowers, at, capitals=True)):
        code, length = country
        if length == 1 or words[at + length - 1].written[:1].isupper():
            return Item(code, at, at + length, "n")
    value = number_in(word.written)
    if value is not None:
        return Item(f"{value:g}", at, at + 1, "#")
    if word.lower in table.ACTORS:
        return Item(word.root, at, at + 1, "a")
    if not _is_name(word, at):
        return None
    end = at + 1
    while end < len(words) and _is_name(words[end], end) and not words[end].parted and end - at < 4:
        if country_at(lowers, end, capitals=True):
            break
        end += 1
    letters = "".join(word.lower[0] for word in words[at:end])
    return Item(letters if letters in short else words[end - 1].lower, at, end, "n")


def _is_name(word: Word, at: int) -> bool:
    if not word.written[:1].isupper() or word.lower in table.DAYS or word.lower in table.NOT_NAMES:
        return False
    return not (word.lower in background().function_words or (at == 0 and word.lower in table.OPENERS))


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


class Verb(NamedTuple):
    """A verb at `at`, in the clause from `start` to `end`. `converse`: its roles are those of the root turned round.
    `bare`: an infinitive or a participle behind another verb, whose subject stands elsewhere.
    """

    at: int
    start: int
    end: int
    root: str
    passive: bool
    converse: bool
    bare: bool


def verbs_in(words: Sequence[Word]) -> list[Verb]:
    """The verbs of a text with their clauses; words near each other stand in for grammar."""
    places = [at for at in range(len(words)) if is_verb(words, at)]
    found = []
    for number, at in enumerate(places):
        start = _clause_start(words, at)
        if number and places[number - 1] >= start:
            start = max(start, _subject_start(words, places[number - 1], at))
        end = _clause_end(words, at, places[number + 1] if number + 1 < len(places) else len(words))
        helped = any(word.lower in table.BE for word in words[max(start, at - 3) : at])
        by = at + 1 < len(words) and words[at + 1].lower == "by"
        passive = is_participle(words[at]) and (helped or by)
        root = table.CONVERSE.get(words[at].root)
        follows = number > 0 and places[number - 1] >= _clause_start(words, at) and start == places[number - 1] + 1
        bare = words[at - 1].lower == "to" or (follows and words[at - 1].lower not in table.HELPERS)
        found.append(Verb(at, start, end, root or words[at].root, passive, root is not None, bare))
    return found


def is_participle(word: Word) -> bool:
    """A form that is used with "was" and "has"."""
    return word.lower.endswith("ed") or word.lower in table.IRREGULAR


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether the word is likely a finite verb or a participle in a verb's place."""
    word = words[at]
    if not word.written[:1].islower() or not word.root.isalpha() or word.lower in background().function_words:
        return False
    before = words[at - 1] if at else None
    if before is None or before.lower in table.DETERMINERS:
        return False
    if is_participle(word):
        return True
    if before.lower in table.HELPERS:
        return True
    if before.written[:1].isupper() and word.lower in table.MODALS | table.SPEECH:
        return True
    return word.lower.endswith("s") and before.written[:1].isupper() and not before.written.lower().endswith("s")


def _clause_start(words: Sequence[Word], at: int) -> int:
    place = at
    while place > 0 and at - place < 2 * REACH:
        if words[place].full_stop or words[place - 1].lower in table.CLAUSES:
            break
        if words[place].parted and not _listed(words, place):
            break
        place -= 1
    if place and words[place - 1].lower in table.RELATIVES:  # "Hungary, which sheltered": the name before acts
        place -= 1
        while place > 0 and not words[place - 1].written[:1].isupper() and at - place < REACH:
            place -= 1
        while place > 0 and words[place - 1].written[:1].isupper():
            place -= 1
    return place


def _subject_start(words: Sequence[Word], last: int, at: int) -> int:
    """Where the subject of a second verb begins: behind an "and", else behind the verb before."""
    for place in range(at - 1, last, -1):
        if words[place].lower in ("and", "but", "or") and not _listed(words, place + 1):
            return place + 1
    return last + 1


def _clause_end(words: Sequence[Word], at: int, following: int) -> int:
    place = at + 1
    while place < len(words) and place - at < 2 * REACH:
        if words[place].full_stop or words[place].lower in table.CLAUSES or place == following:
            break
        if words[place].parted and not _listed(words, place):
            break
        place += 1
    return place


def _listed(words: Sequence[Word], place: int) -> bool:
    """Whether a comma before `place` only parts names of a list."""
    if place >= len(words) or place < 1:
        return False
    before, after = words[place - 1], words[place]
    return before.written[:1].isupper() and (after.written[:1].isupper() or after.lower == "and")
