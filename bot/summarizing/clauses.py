"""What an English sentence may lose: an aside between dashes, and a last clause that says little of its article.

"The ministers -- both lawyers -- signed the treaty, ending a dispute over fish" may lose what stands between the dashes
and what follows the comma: people who sum up an article do. Deletion only, and lexical: no parser. Never left out: who
said it (any word of saying), a condition, a denial, anything in a quotation; nor a clause without which what is left
might be no sentence, or might promise more than was said. When in doubt the clause stays.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.summarizing.lexicon import stems

WEAK = 0.8
"""A clause goes when its words have less than this share of the chance that the words before it have. On 494 articles
not trained on it gives .1 to .15 of ROUGE-2 and as much of ROUGE-1 at two and three points; .6 gave half of that, and
without a limit one point lost .3 of ROUGE-1."""
FEWEST_LEFT = 6
"""Words that must be left: fewer are seldom a sentence."""
FEWEST_GONE = 3
LONGEST_ASIDE = 120
"""Characters between two dashes. As parentheses do, an aside goes whatever it says: on 494 articles not trained on,
that gives .14 of ROUGE-2 within 50 words and .03 at two and three points; only where it says little, half as much. 60
characters give less, 200 the same."""

_RELATIVE = "who|which|whose|whom|where"
_ADVERBIAL = "when|while|although|though|after|before|as|because"
_OPENER = re.compile(
    rf", (?:(?P<relative>{_RELATIVE}|including)|(?P<adverbial>{_ADVERBIAL})(?! (?:well|long|if|far|soon|much|many)\b)"
    r"|(?P<doing>[a-z]{3,}ing)(?= (?:a|an|the|his|her|its|their|it|him|them|they|he|she|that|to|in|on|at|into|out|off|"
    r"up|from|with|for|by|as|more|some|several|many|all|both|one|another|what|how|[A-Z][\w’'-]*)\b))\b"
)
_NO_DOING = frozenset(
    "according pending depending barring excluding assuming regarding concerning during citing quoting being".split()  # noqa: SIM905
)
"""They bind the sentence to a source or a condition, or are no verbs."""
_KEPT_WORDS = re.compile(
    r"\b(?:said|says|say|told|tells|according|reported|reports|announced|claimed|claims|warned|cited|citing|added|"
    r"if|unless|until|except|provided|only|but|not|never|no)\b",
    re.IGNORECASE,
)
"""Attribution, conditions, limits and denials weigh more than their words."""
_NOT_PROSE = re.compile(r"[;:\"“”«»()\[\]—–]|--|''")
_OPEN_END = re.compile(r"\b(?:will|would|could|may|might|should|must|shall|can|not|never|no)\b", re.IGNORECASE)
"""What may still happen, or did not, may hang on the clause behind it: "will leave, when"."""
_FINITE = re.compile(
    r"\b(?:is|was|were|are|has|have|had|will|would|said|says|told|may|could|can|should|must|did|does)\b"
)
_SUBORDINATE = re.compile(
    rf"^\W*(?:{_ADVERBIAL}|if|once|since|until|unless|despite|in|on|at|for|with|from|\w+ing)\b", re.IGNORECASE
)
_GOES_ON = re.compile(r",(?= (?:[A-Z\d]|and\b|including\b|who\b|which\b|where\b))|(?<=\d),(?=\d)")
"""Commas behind which a clause goes on: a name in a list, a clause in the clause."""
_INSERTED = re.compile(r", (?:\w+|(?:the|an?|his|her|its|their) [^,]{1,40})$")
"""What stands between two commas: "were, ironically, discussing", "despite FIFA, the sport's body, expressing"."""
_DASHES = re.compile(r"--|—|–| - ")
_ASIDE = re.compile(rf" (--|—|–) (?P<inside>[^—–]{{3,{LONGEST_ASIDE}}}?) \1(?= )")


class Shortened(NamedTuple):
    """What is left of a sentence, and the share of its words' chances that went (0: nothing was left out)."""

    text: str
    lost: float = 0.0


def shortened(text: str, chances: Mapping[str, float]) -> Shortened:
    """`text` (an English sentence) without what it may lose. `chances`: of its article's words."""
    left = _without_weak_clause(_without_aside(text), chances)
    if left == text:
        return Shortened(text)
    kept, all_of_it = sum(_chances(left, chances)), sum(_chances(text, chances))
    return Shortened(left, 1 - kept / all_of_it if all_of_it else 0.0)


def _without_aside(text: str) -> str:
    """`text` without what stands between its two dashes; of more nobody knows which belong together."""
    dashed = "--" in text or not text.isascii()
    found = _ASIDE.search(text) if dashed and len(_DASHES.findall(text)) == 2 else None
    if found is None or _NOT_PROSE.search(found["inside"]) or _KEPT_WORDS.search(found["inside"]):
        return text
    left = text[: found.start()] + text[found.end() :]
    return left if len(left.split()) >= FEWEST_LEFT else text


def _without_weak_clause(text: str, chances: Mapping[str, float]) -> str:
    """`text` up to the first comma behind which all may go."""
    if not text.endswith(".") or ", " not in text:
        return text
    for found in _OPENER.finditer(text):
        kept, clause = text[: found.start()], text[found.start() + 1 : -1]
        if not _may_go(found, kept, clause):
            continue
        weight, gone = _chances(kept, chances), _chances(clause, chances)
        if gone and weight and sum(gone) / len(gone) < WEAK * sum(weight) / len(weight):
            return f"{kept}."
    return text


def _chances(text: str, chances: Mapping[str, float]) -> list[float]:
    return [chances[word] for word in stems(text) if word in chances]


def _may_go(found: re.Match[str], kept: str, clause: str) -> bool:
    """Whether `kept` is a sentence that says nothing else without `clause`."""
    if len(kept.split()) < FEWEST_LEFT or len(clause.split()) < FEWEST_GONE:
        return False
    if found["doing"] in _NO_DOING or _NOT_PROSE.search(clause) or _KEPT_WORDS.search(clause):
        return False
    if found["adverbial"] and _OPEN_END.search(kept):
        return False
    if len(_DASHES.findall(kept)) % 2 or kept.count('"') % 2 or kept.count("“") != kept.count("”"):
        return False
    if found["doing"] and _INSERTED.search(kept):
        return False
    # A comma in the clause may be its end: "The man, who fled, was caught" must not become "The man".
    inner = clause.count(",")
    return not inner or (
        inner == len(_GOES_ON.findall(clause)) and _FINITE.search(kept) is not None and _SUBORDINATE.match(kept) is None
    )
