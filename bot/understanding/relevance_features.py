"""What the relevance model looks at: who is named, what kind of words stand in title and lead."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from bot.model import Actor, Article
from bot.understanding.actors_folding import fold
from bot.understanding.actors_scan import languages_of

PASSAGE = 500
"""Code points that are judged at a time, always with the title: labelled headlines have a lead of that size."""

PASSAGES = 2
"""Passages of an article that are judged: the rest is background, and on our stories a third adds nothing."""

_WORD = re.compile(r"[a-z][a-z'-]{2,}")
_LATIN_LETTERS = re.compile(r"[A-Za-z]")


def passages(article: Article) -> range:
    """Where the judged passages of the text begin; a rest shorter than half a passage does not stand alone."""
    return range(0, max(1, min(len(article.text) - PASSAGE // 2, PASSAGE * PASSAGES)), PASSAGE)


def features(article: Article, actors: tuple[Actor, ...], start: int = 0) -> frozenset[str]:
    """What holds for the title and the passage at `start`: actors ("a:"), concepts ("c:", "t:" in the title), words."""
    title, lead = fold(article.title), fold(article.text[start : start + PASSAGE])
    found = _context(title, lead, article.language, actors, start)
    found.update(_word_features(title, "h"), _word_features(lead, "w"))
    return frozenset(found)


def context(article: Article, actors: tuple[Actor, ...]) -> frozenset[str]:
    """The actors and concepts of the title and the first passage, without their words."""
    title, lead = fold(article.title[:PASSAGE]), fold(article.text[:PASSAGE])
    return frozenset(_context(title, lead, article.language, actors, 0))


def _context(title: str, lead: str, language: str, actors: tuple[Actor, ...], start: int) -> set[str]:
    found = set(_actor_features(actors, start, start + PASSAGE))
    in_title, in_lead = _concepts(title, language), _concepts(lead, language)
    found.update(f"t:{name}" for name in in_title)
    found.update(f"c:{name}" for name in in_title | in_lead)
    found.add(f"n:{min(len((in_title | in_lead) - _OTHER_NEWS), 6)}")
    return found


_OTHER_NEWS = frozenset({"MARKET", "SPORT", "CRIME", "DISASTER", "HOME", "LEADER"})
"""Concepts that do not speak for diplomacy."""


def _actor_features(actors: tuple[Actor, ...], start: int, end: int) -> Iterator[str]:
    titled = [a for a in actors if a.mentions > len(a.spans)]
    early = [a for a in actors if a.mentions > len(a.spans) or any(start <= span.start < end for span in a.spans)]
    for where, some in (("title", titled), ("early", early)):
        states = {a.code for a in some if a.kind == "country"}
        yield f"a:{where}:{min(len(some), 4)}"
        yield f"a:{where}:foreign:{min(len(states - {'USA'}), 3)}"
        if "USA" in states:
            yield f"a:{where}:usa+{min(len(states) - 1, 2)}"
        for kind in ("organisation", "group"):
            if any(a.kind == kind for a in some):
                yield f"a:{where}:{kind}"


def _word_features(folded: str, prefix: str) -> Iterator[str]:
    words = _WORD.findall(folded)
    yield from (f"{prefix}:{word}" for word in words)
    if prefix == "h":
        yield from (f"b:{one}_{two}" for one, two in pairwise(words))


def _concepts(folded: str, language: str) -> set[str]:
    automaton, names = _lexicon(languages_of(folded, language))
    found: set[str] = set()
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        name, stem = names[index]
        if name not in found and _whole(folded, start, end, stem):
            found.add(name)
    return found


def _whole(folded: str, start: int, end: int, stem: bool) -> bool:
    if folded[start] >= "\u2e80":
        return True
    arabic = "\u0600" <= folded[start] <= "\u06ff"
    before = start == 0 or not folded[start - 1].isalnum() or (arabic and folded[start - 1] in "والفبك")
    return before and (stem or end == len(folded) or not folded[end].isalnum())


@lru_cache(maxsize=24)
def _lexicon(languages: frozenset[str]) -> tuple[AhoCorasick, tuple[tuple[str, bool], ...]]:
    raw = json.loads((resources.files("bot.understanding") / "data" / "concepts.json").read_text(encoding="utf8"))
    entries: dict[str, tuple[str, bool]] = {}
    for name, by_language in raw.items():
        for language in sorted(languages):
            for form in by_language.get(language, "").split("|"):
                if form:
                    entries.setdefault(fold(form.rstrip("*")), (name, form.endswith("*")))
    return AhoCorasick(list(entries)), tuple(entries.values())
