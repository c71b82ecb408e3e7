"""Who did it to whom, in English: names and things on the two sides of a verb, givers and getters, from and to."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.summarizing import claim_words as table
from bot.summarizing.claim_items import Item, acronyms, items_in
from bot.summarizing.claim_tokens import Word, same_name
from bot.summarizing.claim_verbs import content_of, content_places, is_deed, names_somebody, verbs_in
from bot.summarizing.families import mates_of

SIDE = 8
"""Words to either side of a verb in which stands who does it and who suffers it."""


def turned(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """What stands on the other side of a verb than in the source, as sentences."""
    for check in (_roles, _sides_changed, _other_subject, _transfers, _ways):
        yield from check(here, there)


def _roles(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Who did it to whom, turned round: the names before and after a verb that both texts share."""
    mine, theirs = content_places(here), content_places(there)
    for root, places in mine.items():
        for at in (at for at in places if is_deed(here, at)):
            subject, target = _around(here, at)
            if not subject or not target or subject == target:
                continue
            pairs = [_around(there, place) for place in _alike_places(root, theirs) if is_deed(there, place)]
            turned = any(_alike(subject, t) and _alike(target, s) for s, t in pairs)
            if turned and not any(_alike(subject, s) and _alike(target, t) for s, t in pairs):
                yield f"Who and whom of “{here[at].written}” are turned round."
                return


def _alike_places(root: str, places: Mapping[str, Sequence[int]]) -> list[int]:
    """Where a word or one of its family stands."""
    return [at for one in (root, *mates_of(root)) for at in places.get(one, ())]


def _sides_changed(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Things and people around a verb of both texts that stand on each other's sides of it."""
    mine, theirs = content_places(here), content_places(there)
    for root, places in mine.items():
        known = [_about(there, at) for at in _alike_places(root, theirs) if is_deed(there, at)]
        for left, right in (_about(here, at) for at in places if is_deed(here, at)):
            crossed = any(left & after and right & before for before, after in known)
            if crossed and not any(left & before or right & after for before, after in known):
                yield "Who does it and who suffers it are turned round."
                return


def _about(words: Sequence[Word], at: int) -> tuple[set[str], set[str]]:
    """Content words before and after a verb, up to a mark or another clause; of a passive the other way round."""
    start = next(
        (p for p in range(at, max(0, at - SIDE), -1) if words[p].parted or words[p - 1].lower in table.CLAUSES),
        max(0, at - SIDE),
    )
    end = next(
        (p for p in range(at + 1, min(len(words), at + SIDE)) if words[p].parted or words[p].lower in table.CLAUSES),
        min(len(words), at + SIDE),
    )
    before, after = content_of(words[start:at]), content_of(words[at + 1 : end])
    passive = any(w.lower in table.BE for w in words[max(0, at - 2) : at])
    passive = passive or (at + 1 < len(words) and words[at + 1].lower == "by")  # "had assets frozen by"
    if not passive:
        return before, after
    by = next((p for p in range(at + 1, end) if words[p].lower == "by"), None)
    return (content_of(words[by:end]), before) if by is not None else (set(), before)


def _other_subject(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """A deed on the same thing that the source gives to another name: "Japan proposed December" told of China."""
    short = acronyms(here) | acronyms(there)
    known = list(_deeds(there, short))
    present = {item.key for item in items_in(there, short)}
    for deed in _deeds(here, short):
        same = [one for one in known if deed.verbs & one.verbs and deed.things & one.things]
        if (
            same
            and deed.doers
            and deed.doers <= present
            and all(one.doers and not one.doers & deed.doers for one in same)
        ):
            yield "The source names another who does it."
            return


class _Deed(NamedTuple):
    """The roots that its verb may be told by, the names of who does it, the content words of what is done."""

    verbs: frozenset[str]
    doers: frozenset[str]
    things: frozenset[str]


def _deeds(words: Sequence[Word], short: frozenset[str]) -> Iterator[_Deed]:
    items = [item for item in items_in(words, short) if item.kind != "#"]
    for verb in verbs_in(words):
        if verb.root in table.MUTUAL or verb.converse or verb.bare:
            continue
        before = [item for item in items if verb.start <= item.start < verb.at and not _is_aside(words, item)]
        behind = [item for item in items if verb.at < item.start < verb.end]
        by = next((place for place in range(verb.at + 1, verb.end) if words[place].lower == "by"), None)
        if verb.passive:
            doers = [item for item in behind if by is not None and item.start > by]
            things = content_of(words[verb.start : verb.at])
        else:
            doers, things = before, content_of(words[verb.at + 1 : verb.end])
        names = frozenset(item.key for item in doers)
        yield _Deed(mates_of(verb.root) | {verb.root}, names, frozenset(things - {item.key for item in items}))


def _is_aside(words: Sequence[Word], item: Item) -> bool:
    """Whether a name before a verb only says where, when or of whom."""
    if words[item.end - 1].written.lower().endswith(("'s", "s'")):
        return True
    place = item.start - 1
    while place >= 0 and words[place].lower in table.DETERMINERS:
        place -= 1
    return place >= 0 and words[place].lower in table.ASIDE | {"of", "from", "to"}


def _transfers(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """Who gives and who gets, in whatever words: "gets a loan from Vietnam" made of "will lend Vietnam"."""
    mine, theirs = set(_given(here)), set(_given(there))
    if any((getter, giver) in theirs and (giver, getter) not in theirs for giver, getter in mine):
        yield "Who gives and who gets are turned round."


def _given(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Giver and getter, by key, of each verb of giving and getting that has both beside it."""
    items = [item for item in items_in(words, acronyms(words)) if item.kind == "n"]
    for at, word in enumerate(words):
        gives, gets = word.root in table.GIVING, word.root in table.GETTING
        if not (gives or gets) or not is_deed(words, at) or words[at - 1].lower in table.BE:
            continue
        clause = range(max(0, at - SIDE), min(len(words), at + 2 * SIDE))
        before = [item for item in items if item.start in clause and item.end <= at]
        behind = [item for item in items if item.start in clause and item.start > at]
        if gets:
            behind = [item for item in behind if words[item.start - 1].lower == "from"]
        if before and behind:
            first, second = before[-1].key, behind[0].key
            yield (first, second) if gives else (second, first)


def _ways(here: Sequence[Word], there: Sequence[Word]) -> Iterator[str]:
    """From where to where: "exports to Japan" made of "exports from Japan"."""
    mine, theirs = _ends(here), _ends(there)
    for way, name in mine:
        other = "from" if way == "to" else "to"
        known = {one for one, where in theirs if _alike(name, where)}
        if other in known and way not in known:
            yield f"The source says “{other} {name.title()}”."
            return


def _ends(words: Sequence[Word]) -> set[tuple[str, str]]:
    return {
        (one.lower, two.lower) for one, two in pairwise(words) if one.lower in ("to", "from") and names_somebody(two)
    }


def _alike(one: str, other: str) -> bool:
    return bool(other) and same_name(one, {other})


def _around(words: Sequence[Word], at: int) -> tuple[str, str]:
    """The nearest name before and after a verb; of a passive with "by", the other way round."""
    before = next((w.lower for w in reversed(words[max(0, at - 6) : at]) if names_somebody(w)), "")
    behind = words[at + 1 : at + 8]
    after = next((w.lower for w in behind if names_somebody(w)), "")
    passive = any(w.lower in table.BE for w in words[max(0, at - 2) : at]) and any(w.lower == "by" for w in behind[:4])
    return (after, before) if passive else (before, after)
