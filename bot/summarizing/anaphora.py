"""Pronouns inside an English sentence that point out of it: "Berlin wants more of it", "… is over, he said".

Lexical: no parser. A pronoun is held by the sentence when something before it could be meant: for "he" and "she" a
person, for "it" and "they" any noun that names or articles mark. Two rules of grammar do most of the work: an object
("has postponed it") never means the subject of its own clause, and the speaker in "…, he said" was named before the
sentence. When in doubt the sentence counts as held: a good point that is lost costs more than a vague one.
"""

import re
from itertools import accumulate
from typing import NamedTuple

from bot.summarizing.elsewhere import points_out
from bot.text.quick import Quick, small

PRONOUNS = frozenset("he she him her his hers they them their theirs it its".split())  # noqa: SIM905
_SUBJECT = frozenset({"he", "she", "they"})
_OBJECT = frozenset({"him", "them"})
_OWNED = frozenset({"his", "its", "their"})
_PERSON = frozenset({"he", "she", "him", "his", "her", "hers"})
_MANY = frozenset({"they", "them", "their", "theirs"})
SAYING = (
    "said|says|told|tells|added|adds|noted|notes|warned|warns|stressed|declared|announced|argued|argues|wrote|writes|"
    "insisted|explained|claimed|tweeted|acknowledged|testified|recalled|continued|concluded|replied|joked|remarked|"
    "predicted|suggested"
)
_TAIL = re.compile(
    rf"[,?!][\"”’']?\s+(?:(?P<who>he|she|they)\s+(?:{SAYING})|(?P<it>it)\s+(?:said|says|added|noted|warned|announced)"
    r"|(?:said|added)\s+(?P<after>he|she))\b"
)
_SAYS = re.compile(rf"\b(?:{SAYING})\b")
_TOKEN = Quick(r"([^\W_]+(?:[’'-][^\W_]+)*|[,;:()\"“”—–-])")
_DETERMINERS = frozenset(
    """a an the this that these those each every some any no all both many several most few two three four five six
    seven eight nine ten dozens hundreds thousands millions more another other his her its their our my your
    whose""".split()  # noqa: SIM905
)
EMPTY = frozenset(
    """a an the this that these those he she it they we i you his her its their our my your in on at by for from with
    under over after before since until during despite although though while when whenever once if unless because as
    and but or nor so yet to of about against among amid between into through last next first second third monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december not no there here what who which where why how only even just then now today yesterday
    tomorrow also still instead however meanwhile later earlier both either neither all some most many few much
    more one two three four five six seven eight nine ten is are was were do does did has have had will would could
    should can never perhaps maybe according like unlike without within nearly almost about around
    yes according asked given""".split()  # noqa: SIM905
)
_TIME = frozenset(
    """spring summer autumn fall winter year years month months week weeks day days morning afternoon evening night
    time times moment minute minutes hour hours decade decades century while""".split()  # noqa: SIM905
)
_BOUNDARY = frozenset(
    """that which who whom whose and but or nor if when whenever while because although though as after before until
    since unless whether where once so than what how why including saying""".split()  # noqa: SIM905
)
_CUTS = _BOUNDARY | frozenset(',;:()"“”—–')
"""What begins another clause."""
_NO_NOUNS = EMPTY | _TIME
_BOUND_AFTER = frozenset({"with", "behind", "around", "before", "between", "among", "within", "upon", "ahead"})
_PREPOSITIONS = frozenset(
    """of in on at for from by about against into through over under to toward towards with without near outside
    inside beyond across""".split()  # noqa: SIM905
)
_AUXILIARY = frozenset(
    """is was has had will would could can may might must should does did isn’t wasn’t isn't wasn't won't won’t
    doesn't doesn’t didn't didn’t hasn't hasn’t cannot can't can’t be been also never still now said says fell rose
    took made came went became held won lost gave saw found began left sent met got put cut hit ran kept knew thought
    stood lay led let set means seems appears looks takes comes goes wants needs""".split()  # noqa: SIM905
)
_PLEONASTIC = re.compile(
    r"\bit(?:[’']s|\s+(?:is|was|has been|had been|will be|would be|may be|might be|could be|remains|remained|became|"
    r"becomes|seems|seemed|appears|appeared|looks|looked))"
    r"(?:\s+(?:not|still|too|very|more|also|now|never|yet|far|so|as|\w+ly))*\s+"
    r"(?:clear|unclear|likely|unlikely|possible|impossible|important|necessary|known|unknown|expected|believed|thought|"
    r"reported|said|hoped|feared|understood|estimated|difficult|hard|easy|easier|harder|early|late|time|rare|common|"
    r"essential|vital|crucial|critical|wrong|right|true|obvious|evident|illegal|legal|unusual|common|certain|uncertain|"
    r"agreed|announced|decided|a (?:crime|mistake|pity|shame|matter|question)|the (?:first|second|third|last) time|"
    r"up)\b"
    r"|\bit(?:[’']s| is| was) (?:no|little|small) (?:surprise|secret|wonder|coincidence|accident|exaggeration)\b"
    r"|\bit(?:[’']s| has| had|[’']d) been\b.{0,40}\bsince\b|\bit (?:wasn[’']t|was not|won[’']t be) long\b"
    r"|\bit all (?:began|started)\b|^\W*it(?:[’']s| is| was) "
    r"(?!(?:an?|his|her|its|their|one of|part of)\b)[^,.;]{3,60} (?:that|who|when)\b"
    r"|\bit (?:does|did|doesn[’']t|didn[’']t|does not|did not) take\b"
    r"|\bit\s+(?:takes|took|rains|rained|snowed|turns out|turned out|will take|would take|follows|happens)\b"
    r"|\b(?:make|makes|made|making|find|finds|found|consider|considers|considered|believe|believed|think|thought|"
    r"thinks|call|called|take|takes|took|deem|deemed)\s+it\b"
)
"""For a text in small letters: without regard to case it takes twice as long."""
_IT = re.compile(r"\b[Ii]t\b")
_SUBORDINATE = frozenset(
    """when while after before although though as if because since in on at by for with under despite from during
    amid following unlike like besides once until having speaking asked given citing calling saying among
    against""".split()  # noqa: SIM905
)
_PLURAL = frozenset(
    """people men women children police troops both many some few most others all team family couple company government
    group staff crew everyone anyone someone person parents media data army parliament majority
    side""".split()  # noqa: SIM905
)
_PEOPLE = frozenset(
    """man woman boy girl father mother son daughter brother sister wife husband minister president premier chancellor
    king queen prince princess leader chief head official officer spokesman spokeswoman spokesperson envoy ambassador
    diplomat senator lawmaker governor mayor secretary general commander soldier judge lawyer prosecutor pope bishop
    doctor teacher student player coach driver pilot witness suspect victim attacker gunman author editor
    director manager chairman chair chairwoman candidate politician activist journalist reporter expert analyst
    economist professor scientist resident citizen person someone anyone everyone nobody one friend colleague
    rival predecessor successor adviser advisor aide negotiator mediator delegate member founder owner actor actress
    singer artist writer teenager child baby patient prisoner detainee refugee migrant captain sergeant colonel
    major admiral marshal veteran former republican democrat billionaire defendant farmer worker
    who""".split()  # noqa: SIM905
)

_DOER = re.compile(r"(?:er|or|ist|ian|ant|eer|man|woman|ased)s?$")


_OWN = re.compile(
    '["“„«‘「] ?(?:i|we|my|our|you|your|nous|notre|nos|on|nosotros|wir|unser\\w*|ich|мы|я|наш\\w*|우리)\\b',
    re.IGNORECASE,
)
_COUNTED_ONLY = re.compile(
    r"\W{0,2}(?:all|both|none|neither|most|some|many|several|few|a few|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|others|a second|a third|the first|the second|the third|the last|the rest) (?:were|was|are|is|have|has|"
    r"had|will|would|said|says|told|died|went|came|could|can|did|do|does|remain|remained|took|left|fell|\w+ed)\b",
    re.IGNORECASE,
)
"""A number with nothing that it counts: "Two were in hospital"."""


_BEFORE_NOW = re.compile(
    r"\W{0,2}(?:(?:since|until|till|by|before|from) then\b|(?:after|before|until) (?:that|this)(?:,| (?!\w*(?:day|week|"
    r"month|year|morning|afternoon|evening|summer|winter|spring|season)\b))|(?:at|by|around) (?:that|the same) "
    r"(?:time|point|moment|stage)\b|(?:that|the same) (?:day|night|week|month|year|evening|morning|afternoon)\b|"
    r"(?:in|to|for|by) (?:order to do|do|doing) (?:this|that|so)\b|(?:now|today|then|even) "
    r"(?:this|these|those|he|she|they|his|her|their|its)\b)",
    re.IGNORECASE,
)
"""A time or a deed that the text before tells: "Since then", "By doing so", "Now those bones"."""


class Reference(NamedTuple):
    """A pronoun that the sentence does not explain. `speaker`: it is the "he" of "…, he said"."""

    start: int
    end: int
    speaker: bool


class _Seen(NamedTuple):
    """What might be meant so far: nouns in all, those before the clause, people, whoever "the …" is, whether many."""

    nouns: int = 0
    earlier: int = 0
    people: int = 0
    anybody: int = 0
    many: bool = False


def unexplained(text: str) -> Reference | None:
    """The first pronoun behind the opening of `text` that nothing in it explains, or None."""
    tail = _TAIL.search(text)
    if tail is not None:
        name = next(key for key, value in tail.groupdict().items() if value)
        if _SAYS.search(text, 0, tail.start()) is None:
            return Reference(*tail.span(name), speaker=True)
    pieces = _TOKEN.on(text).split(text)  # what stands between tokens, and the tokens
    words = pieces[1::2]
    lows = list(map(str.lower, words))
    places = [at for at, low in enumerate(lows) if low in PRONOUNS]
    if not places:
        return None
    spared = [match.span() for match in _PLEONASTIC.finditer(small(text))] if _IT.search(text) else []
    starts = list(accumulate(map(len, pieces)))[::2]
    seen = _Seen()
    for at, word in enumerate(words[: places[-1] + 1]):
        if lows[at] in PRONOUNS and not any(first <= starts[at] < last for first, last in spared):
            if not _held(lows, at, seen) and not _named_later(words, lows, at):
                return Reference(starts[at], starts[at] + len(word), speaker=False)
            continue
        seen = _after(seen, word, lows, at, words[at - 1] if at else "")
    return None


def opens_with_pronoun(text: str) -> bool:
    """Whether the first word is one of `PRONOUNS`, so that `unexplained` has judged the opening."""
    first = _TOKEN.on(text).search(text.lstrip('"“‘'))
    return first is not None and first.group().lower() in PRONOUNS


def speaks_of_itself(text: str) -> bool:
    """A quotation that opens with "We" or "My": its speaker, who is named, explains it."""
    return _OWN.match(text) is not None


def points_back(text: str, language: str) -> bool:
    """Whether a text opens with a number of nothing or a time told before; not English: says by a pronoun, or by none,
    who speaks.
    """
    if language == "en":
        return (_COUNTED_ONLY.match(text) or _BEFORE_NOW.match(text)) is not None
    return points_out(text, language)


def _after(seen: _Seen, word: str, lows: list[str], at: int, before: str) -> _Seen:
    """What is known behind the `word` at `at`; `before` is the one before it."""
    low = lows[at]
    if low in _CUTS or (low == "to" and seen.nouns > 1):
        return _Seen(seen.nouns, seen.nouns, seen.people, seen.anybody, seen.many or low == "and")
    if low in _NO_NOUNS:
        return seen
    low_before = lows[at - 1] if at else ""
    capital, plural = word[0].isupper() or word[0].isdigit(), _is_plural(low)
    is_noun = capital or plural or low_before in _DETERMINERS or low in _PEOPLE
    if not is_noun:
        return seen
    inside_name = capital and before[:1].isupper() and low_before not in EMPTY
    person = low in _PEOPLE or bool(_DOER.search(low)) or (capital and not word.isupper() and not word[0].isdigit())
    return _Seen(
        nouns=seen.nouns + (not inside_name),
        earlier=seen.earlier,
        people=seen.people + person,
        anybody=seen.anybody + (person or (low_before in ("the", "a", "an") and not plural)),
        many=seen.many or plural or word[0].isdigit(),
    )


def _is_plural(low: str) -> bool:
    return low in _PLURAL or (len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s")))


def _held(lows: list[str], at: int, seen: _Seen) -> bool:
    """Whether something before the pronoun can be meant by it."""
    low = lows[at]
    before = lows[at - 1] if at else ""
    after = lows[at + 1] if at + 1 < len(lows) else ""
    if low in _PERSON and not (seen.people if low in _SUBJECT else seen.anybody):
        return False
    if low in _MANY and not seen.many and seen.nouns < 2:
        return False
    if (
        _is_subject(low, before, after)
        or low in _OWNED
        or (low == "her" and after[:1].isalpha() and after not in EMPTY)
    ):
        return seen.nouns > 0
    if before in _BOUND_AFTER:
        return seen.nouns > 0
    return seen.earlier > 0 or seen.nouns > (1 if low in _PERSON else 2)


def _is_subject(low: str, before: str, after: str) -> bool:
    if low in _SUBJECT:
        return True
    if low != "it" or before in _PREPOSITIONS:
        return False
    return (
        after in _AUXILIARY or after.endswith("ed") or (after[-2:-1] not in ("s", "u", "i", "") and after.endswith("s"))
    )


def _named_later(words: list[str], lows: list[str], at: int) -> bool:
    """An opening clause ("In his speech, Putin said") whose pronoun means what follows the comma."""
    if lows[0] not in _SUBORDINATE and not lows[0].endswith("ing"):
        return False
    comma = next((place for place, word in enumerate(words) if word == ","), None)
    if comma is None or comma < at or comma + 1 >= len(words):
        return False
    first = words[comma + 1]
    return (first[0].isupper() and first.lower() not in PRONOUNS) or first.lower() in _DETERMINERS
