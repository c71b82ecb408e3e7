"""What in an English sentence tells when its event falls and whether it happened: words by family and by place.

A family is one way of saying it ("might", "is due to", "has yet to"); its place is where it stands seen from the word
that tells the event: just before it, before it in its clause, after it, elsewhere in the main clause, below it. What the
families weigh is learned (`bot.evaluation.train_tense`); nothing here decides.
"""
# ruff: noqa: E501 - tables of patterns read best by line

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.model import EventType
from bot.text.quick import small

READ = 500
"""Code points of a sentence that are read: four lines of print, so that time stays bounded."""

_NEAR = 28
"""Code points before the event's word in which its own auxiliaries stand: four short words."""

_REPORT = r"said|says|say|told|tells|announced|announces|added|adds|insisted|confirmed|hinted|predicted|warned|warns|promised|vowed|pledged|believes?|thinks?|according to"
_DAYS = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_ADVERBS = r"(?:(?:\w+ly|still|now|again|also|not|never|once more|since \w+|for now|then|all|both|already|currently|reportedly)\s+){0,3}"

_TENSE: Mapping[str, str] = {
    "could": r"\b(?:could|might|can)\b|\b(?-i:may)\b",
    "would": r"\bwould(?!-be)\b|['’]d\b",
    "said would": rf"\b(?:{_REPORT})\b[^.;]{{0,90}}?\bwould\b(?! have)",
    "would have": r"\b(?:would|could|might|should) have\b",
    "if": r"\b(?:if|unless|provided(?: that)?|in case|in the event|as long as|suppos(?:e|ing)|were it|whether)\b",
    "inverted": r"^\W*(?:should|had|were)\s+(?:the\s+)?[a-z]|,\s(?:should|had|were)\s(?:it|he|she|they|the)\b|\bshould\s[A-Z]\w+\s[a-z]+(?<!ed)\b",
    "weigh": r"\b(?:consider|mull|weigh|ponder|contemplat|explor|debat|float|moot|eye|toy|stud)(?:s|e|es|ed|ing|y|ies|ied|ying)?\b(?!\s+(?:by|for)\b)",
    "open to": r"\b(?:open to|in favou?r of|tempted|free to|able to|inclined|prepared to|willing|ready)\b",
    "idea": r"\b(?:ideas?|possibilit(?:y|ies)|prospects?|chances?|risks?|fears?|threat of|options?|proposals?|scenarios?|potential(?:ly)?|plan being|speculation|hypothetical|worst case|likelihood)\b",
    "perhaps": r"\b(?:perhaps|maybe|possibl[ey]|conceivabl[ey]|imaginable|thinkable|one day|in theory|cannot be (?:ruled out|excluded)|not rule out|anybody's guess|yet to be decided)\b",
    "should": r"\b(?:should|must|ought to|need(?:s|ed)? to|has to|have to|time for)\b",
    "proposed": r"\b(?:propos(?:e|es|ed|ing) (?:that|to|a|an)|suggest(?:s|ed|ing)? (?:that|a)|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?|order(?:s|ed|ing)?|tell(?:s|ing)?|told)\b",
    "will": r"\b(?:will|shall|won['’]t)\b|['’]ll\b",
    "will have": r"\b(?:will|shall) (?:soon |then )?have\b",
    "to be": r"\bto be\s+\w+(?:ed|en|wn|ld|nt|de|ck|et|ut)\b",
    "is to": r"\b(?:is|are|was|were)\s+(?:\w+\s+)?to\b(?! blame)",
    "due": r"\b(?:set|due|expected|expects?|scheduled|slated|poised|likely|about|bound|destined|billed|tipped|planned|gear(?:s|ed|ing) up|on course|on track)\s+(?:in|on|at|to|for|next|this|early|later?)\b",
    "plan": r"\b(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|hope[sd]?|hoping|prepar(?:e|es|ed|ing|ations?)|aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|wants?|wanted|mean(?:s|t) to|look(?:s|ing)? to|intention|resolve[sd]?)\b",
    "promise": r"\b(?:agree[sd]?|vow(?:s|ed)?|pledge[sd]?|promise[sd]?|decide[sd]?|offer(?:s|ed)?|undertak\w+|undertook|threaten(?:s|ed)?|refuse[sd]?|ready)\s+(?:\w+\s+){0,2}to\b",
    "coming": rf"\b(?:come {_DAYS}|pencilled in|upcoming|forthcoming|planned|proposed|ahead of|on the eve of|in the run-up|looming|next|future|soon|later (?:this|in|on)|tomorrow|in the coming|by the end of|at the end of|by (?:spring|summer|autumn|winter)|this (?:spring|summer|autumn|winter)|early (?:next|in)|as of|from (?:next|\d{{1,2}} \w+|january|february|march|april|may|june|july|august|september|october|november|december))\b",
    "past time": r"\b(?:yesterday|ago|last (?:week|month|year|night|\w+day)|earlier|overnight|already|recently|previously|since|late on)\b|\bin (?:19|20)\d\d\b",
    "on day": rf"\b(?:on {_DAYS}|on \d{{1,2}} {_MONTHS}|on {_MONTHS}\.? \d|in {_MONTHS})\b",
    "progressive": rf"\b(?:is|are|['’]re|['’]s|am)\s+{_ADVERBS}(?:being\s+\w+|(?!according|including|during|following|going|coming|morning|evening|nothing|something|king|bring)[a-z]{{2,}}ing)\b",
    "was doing": rf"\b(?:was|were)\s+{_ADVERBS}(?!during|following)[a-z]{{2,}}ing\b",
    "been doing": rf"\b(?:has|have)\s+{_ADVERBS}been\s+{_ADVERBS}[a-z]{{2,}}ing\b",
    "going to": r"\b(?:is|are)\s+(?:not\s+)?going\s+to\b",
    "go on": r"\b(?:continu(?:e|es|ing)|keeps?|keeping|go(?:es)? on|drag(?:s|ged)? on|rag(?:e|es|ing)|persists?|still|remains?|stays?|stuck|locked in|hold(?:s|ing)? out|press(?:es|ing)? on|wears? on|no let-up)\b",
    "continued": r"\b(?:continued|kept|went on|dragged on|raged|persisted|remained|stayed)\b",
    "under way": r"\b(?:under ?way|ongoing|on-going|in progress|in session|in full swing|in the midst|in the middle|at a standstill|currently|at present|at the moment|on their way|on its way|in the (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|day (?:two|three|four|\d+) of|now in (?:its|their|the))\b",
    "nth": r"\b(?:for (?:a|the) (?:\w+th|second|third|first|fourth|fifth) (?:straight |consecutive |successive |running )?(?:day|night|week|month|year)|entered (?:its|their|a|the) \w+ (?:day|week|month|year)|enters (?:(?:its|their|a|the) )?\w+ (?:day|week|month|year)|(?:day|night|week|month|year)s? running)\b",
    "perfect": rf"\b(?:has|have|had|['’]ve)\s+{_ADVERBS}(?!been\s+\w+ing)(?:been\s+)?(?:\w+ed|\w+en|met|held|made|left|quit|struck|shot|sent|put|cut|set|let|won|lost|said|told|paid|laid|kept|gone|done|drawn|sunk|begun|sworn|torn|won|shut)\b",
    "passive past": r"\b(?:was|were|been)\s+(?:\w+ly\s+)?(?:\w+ed|\w+en|met|held|made|left|struck|shot|sent|put|cut|set|let|lost|told|paid|laid|kept|hit)\b",
    "past": r"\b(?!need|speed|indeed|exceed|proceed|feed|breed|united|armed|said)(?<!be )(?<!been )(?<!to )[a-z]{2,}ed\b|\b(?:met|held|made|left|quit|struck|shot|sent|put|cut|won|lost|paid|laid|kept|went|gave|took|drew|broke|fell|fought|flew|came|began|withdrew|sank|blew|spoke|told|said|brought|threw|found|hit|fired|signed|wound|walked|did)\b",
    "present s": r"^\W*(?:[\w’'-]+\s+){1,5}?(?!(?:is|has|was|talks|forces|troops|ties|ministers|envoys|leaders|states|nations)\b)[a-z]{2,}s\s",
    "infinitive": r"\bto\s+(?:\w+ly\s+|not\s+)?[a-z]+\b",
}

_DENIAL: Mapping[str, str] = {
    "not": r"\b(?:not|never|cannot)\b|n['’]t\b",
    "no longer": r"\b(?:no longer|not any more|nor|neither)\b",
    "no": r"\bno\s+(?!doubt|less|longer|sooner|fewer|matter|wonder|secret)\w+",
    "nobody": r"\b(?:nobody|no one|none|not (?:one|a single|a|even one)|nothing|nowhere|not any|hardly|barely|at no (?:point|time|stage)|few if any)\b",
    "without": r"\bwithout\b(?! (?:precedent|warning|borders|a doubt|delay))",
    "fail": r"\b(?:fail(?:s|ed|ing|ure)?|unable|unwilling|stop(?:s|ped|ping)? short|refrain(?:s|ed|ing)?|abstain(?:s|ed|ing)?|neglect(?:s|ed)?|omit(?:s|ted)?|could not|couldn['’]t|never did|miss(?:es|ed)|decline[sd]?|avoid(?:s|ed|ing)?|for want of|for lack of|lack(?:s|ed)?|in vain|skip(?:s|ped)?|thought better of)\b",
    "yet to": r"\b(?:ha(?:s|ve|d)\s+yet\s+to|is yet to|are yet to|still (?:has|have) not|so far)\b",
    "refuse": r"\b(?:refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|den(?:y|ies|ied|ial)|dismiss(?:es|ed)?|turn(?:s|ed)? down|rebuff(?:s|ed)?|spurn(?:s|ed)?|veto(?:es|ed)?)\b",
    "rule out": r"\b(?:rul(?:e|es|ed|ing) out|no (?:plans?|intention|question|prospect)|out of the question)\b",
    "off": r"\b(?:cancel(?:s|l?ed|l?ing|lation)?|call(?:s|ed|ing)? off|scrap(?:s|ped|ping)?|postpon(?:e|es|ed|ing|ement)|put off|shelv(?:e|es|ed)|abandon(?:s|ed)?|drop(?:s|ped)|avert(?:s|ed)?|prevent(?:s|ed)?|thwart(?:s|ed)?|foil(?:s|ed)?|block(?:s|ed)?|fell through|falls? through|did not take place|didn['’]t take place|never (?:happened|took place|materiali[sz]ed|came)|collaps(?:e|es|ed)|came to nothing|unsigned|undone|unratified)\b",
    "false": r"\b(?:contrary to|untrue|not true|false|no evidence|fabricat\w+|baseless|a lie|far from|rather than|instead of|all but|almost|nearly|anything but|would[- ]be)\b",
    "object": r"\b(?:gave|held|made|signed|initialled|said|reached|found|produced|brought|saw|struck|has|have|let|offered|set|kept|took|had|exchanged|sent)\s+(?:no|nothing|nobody|none|neither)\b",
    "affirming": r"\b(?:(?:hardly|barely|scarcely)\b[^.;]{2,60}\bwhen|kn[eo]ws? nothing|not (?:only|just|merely|even|for the first time|hesitate|least)|no (?:sooner|doubt|less)|nothing (?:but|could stop|can stop|will stop|would stop|stops|stopped)|nobody but|none other|not until|whether or not|no time|never (?:tires?|ceases?|stops?|stopped|before)|(?:not|never) forget|does not (?:tire|stop)|can['’]?t be accused|cannot be accused|cannot but|not (?:to )?fail|other than)\b",
    "speech": r"\b(?:accus(?:e|es|ed|ing)|warn(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? on|demand(?:s|ed|ing)?|beg(?:s|ged)?|told|tells?|blam(?:e|es|ed|ing)|criticis\w+|condemn(?:s|ed)?|regret(?:s|ted)?|threaten(?:s|ed)?|vow(?:s|ed)?|complain(?:s|ed)?|asked?|asks|plead(?:s|ed)?|appeal(?:s|ed)?|deplor(?:e|es|ed)|charged?)\b",
    "that": r"\bthat\b",
    "not to": r"\bnot to\b",
    "contrast": r",\s+not\s+(?!yet|so)",
    "quoted said": rf"\b(?:{_REPORT})\b",
}


_CASED = frozenset({"could", "inverted"})
"""Families to which capitals matter: the month of May, a name behind "should"."""


class _Family(NamedTuple):
    """A family's name, its words, and whether they are looked for in the text as it is written or in small letters."""

    name: str
    pattern: re.Pattern[str]
    cased: bool


def _compiled(table: Mapping[str, str]) -> tuple[_Family, ...]:
    """In small letters where it can be: a pattern that ignores case takes more than twice as long."""
    cased = [(name, name in _CASED) for name in table]
    return tuple(_Family(name, re.compile(table[name], re.IGNORECASE if as_is else 0), as_is) for name, as_is in cased)


_TENSE_READY, _DENIAL_READY = _compiled(_TENSE), _compiled(_DENIAL)


_NOT_FINITE = frozenset(
    (
        "said would",
        "would have",
        "if",
        "inverted",
        "open to",
        "idea",
        "perhaps",
        "will have",
        "to be",
        "coming",
        "past time",
        "on day",
        "under way",
        "nth",
        "present s",
        "infinitive",
    )
)
_FINITE = frozenset(_TENSE) - _NOT_FINITE
"""Families that hold a finite verb: the first of them in the main clause is its predicate."""

_ASIDE = re.compile(
    r",\s(?:which|who|whose|where|whom|both|one of|the|a|an|himself|herself|itself|long|once|now|already)\b"
    r"[^,;.]{2,100},(?!\s(?:and|but)\b)"
)
"""What stands between two commas and could be left out: "Kuwait, which will chair the council, condemned"."""

_OBJECT = re.compile(r"\b[A-Za-z][a-z’'-]{2,}(?<![su'i’])s\s+(?!of|from|in|and|on|at|for|to\b)")
"""A word in -s with another after it: a verb and its object ("adds 30 tankers to"), where none is known as a verb."""

_QUOTED = re.compile(r"[\"“][^\"”]{0,300}[\"”]")
_LEADING = re.compile(
    r"^\W*(?:even\s+)?(?:as|while|when|after|before|since|amid|although|though|despite|hours after|days after|having)"
    r"\b[^,]{3,140},",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r",?\s\b(?:as|while|after|before|when|because|although|though|who|which|whose|where|despite|amid|since)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:.!?]\s|,\s(?!(?:however|too|also|if|should|were|had)\b)|\s[–—-]\s|"
    r"\b(?:after|before|while|who|which|because|despite|although|but|amid|following|as)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…”\"»]\W*$")
_SPEECH_ACTS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})
"""Types that words alone bring about: what their words are about may lie ahead while they are said already."""

_FUNCTION = frozenset(
    [
        "to",
        "will",
        "would",
        "be",
        "been",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "the",
        "a",
        "an",
        "of",
        "in",
        "for",
        "on",
        "not",
        "could",
        "may",
        "might",
        "against",
        "by",
        "its",
        "their",
        "no",
        "and",
    ]
)
"""Words before the event's word that are cues by themselves."""

_START = 4
"""Code points into the main clause within which a word opens it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence or title, and the place of the word that tells the event in it; (0, 0) where no list has it."""

    text: str
    start: int = 0
    end: int = 0


class _Found(NamedTuple):
    """A match: where it begins, its family, and its place seen from the event's word."""

    at: int
    family: str
    place: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """A sentence cut up. `main` are the offsets of its main clause, `clause` those of the event word's own clause."""

    text: str
    main: tuple[int, int]
    clause: tuple[int, int]
    start: int
    end: int

    @property
    def worded(self) -> bool:
        """Whether a word tells the event."""
        return self.end > self.start

    def place(self, at: int, stop: int) -> str:
        """Where a match stands, seen from the event's word."""
        if self.worded and at < self.end and stop > self.start:
            return "in"
        if self.worded and self.clause[0] <= at and stop <= self.start:
            return "near" if self.start - stop < _NEAR else "before"
        if self.worded and self.end <= at < self.clause[1]:
            return "after"
        if 0 <= at - self.main[0] < _START:
            return "start"
        return "main" if self.in_main(at) else "else"

    def in_main(self, at: int) -> bool:
        """Whether an offset lies in the main clause."""
        return self.main[0] <= at < self.main[1]


def tense_cues(said: Iterable[tuple[str, Telling]], kind: EventType) -> frozenset[str]:
    """What speaks for a tense; `said` are title ("T") and sentence ("S"), as far as there are any."""
    return frozenset(_cues(said, kind, _TENSE_READY, _forms))


def denial_cues(said: Iterable[tuple[str, Telling]], kind: EventType) -> frozenset[str]:
    """What speaks for and against "did not, does not or will not happen"."""
    return frozenset(_cues(said, kind, _DENIAL_READY, _acts))


def _cues(
    said: Iterable[tuple[str, Telling]],
    kind: EventType,
    table: tuple[_Family, ...],
    more: Callable[[_Parts, EventType, list[_Found]], Iterator[str]],
) -> Iterator[str]:
    parts = [(where, _cut(telling)) for where, telling in said]
    yield "bare" if len(parts) == 1 else "titled"
    for where, part in parts:
        low = small(part.text)
        found = [
            _Found(match.start(), family, part.place(match.start(), match.end()))
            for family, pattern, cased in table
            for match in pattern.finditer(part.text if cased else low)
        ]
        for one in found:
            yield f"{where}:{one.family}"
            yield f"{where}:{one.family}@{one.place}"
        yield from (f"{where}:{cue}" for cue in more(part, kind, found))


@lru_cache(maxsize=4)
def _cut(telling: Telling) -> _Parts:
    """Cut up once for tense and denial, which ask one after the other."""
    start, end = min(telling.start, READ), min(telling.end, READ)
    text = _QUOTED.sub(lambda match: " " * len(match[0]), telling.text[:READ])
    if end and not text[start:end].strip():
        text = telling.text[:READ]  # the event is told inside a quotation
    text = _ASIDE.sub(lambda match: match[0] if match.start() <= start < match.end() else _blank(match[0]), text)
    lead = _LEADING.match(text)
    begin = lead.end() if lead else 0
    hanging = _HANGING.search(text, begin + 1)
    return _Parts(text, (begin, hanging.start() if hanging else len(text)), _clause(text, start, end), start, end)


def _blank(aside: str) -> str:
    return "," + " " * (len(aside) - 2) + ","


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first = 0
    for match in _CLAUSE.finditer(text, 0, start):
        first = match.end()
    stop = _CLAUSE.search(text, end)
    return first, stop.start() if stop else len(text)


def _forms(part: _Parts, kind: EventType, found: list[_Found]) -> Iterator[str]:
    """The predicate of the main clause, the form of the event's word, and what stands right before it."""
    line = "sentence" if _ENDS.search(part.text) else "line"
    act = "speech" if kind in _SPEECH_ACTS else "talks" if kind == "CONSULT" else "deed"
    yield line
    yield act
    verbs = [one for one in found if one.family in _FINITE and part.in_main(one.at)]
    first = min((one.at for one in verbs), default=len(part.text))
    yield from (f"first {one.family}" for one in verbs if one.at == first)
    to = min((one.at for one in found if one.family == "infinitive"), default=len(part.text))
    if to < first:
        yield "to first"
        yield f"to first {line}"
        if not _OBJECT.search(part.text, 0, to):
            yield f"to next {line}"
    if not part.worded:
        yield "no word"
        return
    yield "in main" if part.in_main(part.start) else "in below"
    form = _form(part.text[part.start : part.end])
    families = {one.family for one in found}
    yield from (f"form {form}{with_}" for with_ in ("", f" {line}", f" {act}"))
    yield from (f"form {form} {name}" for name in ("coming", "on day", "past time", "infinitive") if name in families)
    before = part.text[part.clause[0] : part.start].lower().split()
    yield f"after {before[-1] if before and before[-1] in _FUNCTION else 'word' if before else 'start'}"
    if before and before[-1] == "to":
        yield f"to {form} {line} {'noun' if len(before) < 2 or not before[-2].endswith('ed') else 'ed'}"


def _form(words: str) -> str:
    first = next(iter(words.lower().split()), "")
    return next((ending for ending in ("ing", "ed", "s") if first.endswith(ending)), "base")


def _acts(part: _Parts, kind: EventType, found: list[_Found]) -> Iterator[str]:
    """The type, for a refusal is an event and no denial; and which family comes first."""
    yield "speech act" if kind in _SPEECH_ACTS else "deed"
    yield kind
    first = min((one.at for one in found), default=-1)
    yield from (f"first {one.family}" for one in found if one.at == first)
    if not part.worded:
        yield "no word"
