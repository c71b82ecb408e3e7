"""What holds for each part of a claim, not on the whole: a sentence or clause of new words, and who said it. English.

A model that copies a sentence and adds one of its own has most of its words from the source; so each part is looked at
by itself. And what a source gives as somebody's words may not be told as fact.
"""

import re
from collections.abc import Iterator

from bot.summarizing.claim_tokens import Word, words_in
from bot.summarizing.lexicon import background
from bot.summarizing.thesaurus import is_said

LEAST_OF_PART = 0.34
"""Share of a part's content words that the source must have. Swept .2 to .6 over 137 faithful wordings: up to .5 it
refuses none, at .6 five; clauses that SmolLM2 added had 0."""
FEWEST = 3
"""Content words from which a part is looked at: two may both be reworded."""
_PART = re.compile(r"(?<=[.!?])\s+|[;:]\s|\bthat\b|,\s(?:and|but|while|which|who|as)\s")
_SAYING = (
    r"(?:says?|said|saying|told|tells|adds?|added|claim(?:s|ed|ing)?|accus\w+|alleg\w+|argu\w+|announc\w+|report\w*"
    r"|according to|call(?:s|ed|ing)?|describ\w+|warn\w*|insist\w*|den(?:y|ies|ied)|confirm\w*|stat(?:es|ed|ing)"
    r"|declar\w+|maintain\w*|estimat\w+|believ\w+|think\w*|expect\w*|suggest\w*|stress\w*|acknowledg\w+|admit\w*"
    r"|promis\w+|pledg\w+|vow\w*|reject\w*|refus\w+|blam\w+|demand\w*|urg\w+|ask\w*|quot\w+|cit(?:es|ed|ing)|plan\w*"
    r"|offer\w*|agree\w*|want\w*|will|would|in (?:\w+[’']s?|the) (?:words|view|telling|version)"
    r"|by (?:\w+[’']s?|the) (?:account|version|telling))"
)
_SAID = re.compile(rf"\b{_SAYING}\b", re.IGNORECASE)
_ATTRIBUTED = re.compile(
    r"^\W*(?:[A-Z][\w’'.-]+\s){1,3}(?:says|said|claims|claimed|alleges|alleged|argues|argued|insists|insisted)\s"
    r"|^(?:\W|\w){0,80}?\b(?:claims|claimed|alleges|alleged|accuses|accused)\s|\bcalled\W+[\"“]"
)
"""A party's or a person's words, and who disputes them uses such verbs. "The ministry said" at a sentence's end may be
left out: ten of our 137 faithful wordings do."""


def _is_held(word: Word, known: set[str], near: set[str]) -> bool:
    """Whether the source has it; a name is held against it elsewhere, and a capital may stand for its state."""
    return word.written[0].isupper() or word.root[:4] in near or is_said(word.root, known)


def part_problems(claim: str, source: str) -> Iterator[str]:
    """What of `claim` stands in it alone, part by part, as sentences."""
    known = {word.root for word in words_in(source)}
    near = {root[:4] for root in known if len(root) >= 4}
    for part in _PART.split(claim):
        content = [w for w in words_in(part) if w.root[0].isalpha() and w.lower not in background().function_words]
        held = sum(_is_held(word, known, near) for word in content)
        if len(content) >= FEWEST and held < LEAST_OF_PART * len(content):
            yield f"The source says nothing like “{part.strip()[:80]}”."
    sentences = [line for line in source.split("\n") if line.strip()]
    if sentences and all(_ATTRIBUTED.search(line) for line in sentences) and not _SAID.search(claim):
        yield "It tells as fact what the source gives as somebody's words."
