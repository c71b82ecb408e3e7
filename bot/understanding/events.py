"""Who did what to whom: PLOVER root types by a small lexicon. A thin version: the first sentence with a cue decides."""

import re

from bot.model import Actor, Article, Decision, Event, EventType, Span, Tense
from bot.text import sentences

_CUES: tuple[tuple[EventType, str], ...] = (
    (
        "ASSAULT",
        r"kill(?:s|ed|ing)?|bomb(?:s|ed|ing|ings)?|attack(?:s|ed)|shell(?:s|ed|ing)|air ?strikes?|shoots? down",
    ),
    ("SANCTION", r"sanction(?:s|ed)?|tariffs?|expel(?:s|led)?|embargo|boycotts?|suspend(?:s|ed)?|severs?|recalls?"),
    ("COERCE", r"arrest(?:s|ed)?|detain(?:s|ed)?|seiz(?:e|es|ed)|blockades?|jail(?:s|ed)?|hack(?:s|ed)?"),
    ("MOBILIZE", r"deploy(?:s|ed|ment)?|mobili[sz]e[sd]?|troops"),
    ("PROTEST", r"protest(?:s|ed|ers)?|demonstrat(?:e|ed|ors|ions?)|rally"),
    ("RETREAT", r"withdraw(?:s|n|al)?|withdrew|cease-?fire|truce|resign(?:s|ed)?|releas(?:e|es|ed)|disarm"),
    ("REJECT", r"reject(?:s|ed)?|refus(?:e|es|ed)|veto(?:es|ed)?|den(?:y|ies|ied)|rul(?:e|es|ed) out"),
    ("THREATEN", r"threat(?:en|ens|ened|s)?|warn(?:s|ed|ing)?|vow(?:s|ed)?"),
    (
        "ACCUSE",
        r"accus(?:e|es|ed)|condemn(?:s|ed)?|critici[sz]e[sd]?|blam(?:e|es|ed)|slam(?:s|med)?|denounc(?:e|es|ed)",
    ),
    ("REQUEST", r"urg(?:e|es|ed)|call(?:s|ed)? (?:on|for)|demand(?:s|ed)?|appeal(?:s|ed)?|seeks?|asks?|asked"),
    ("AGREE", r"agree(?:s|d|ment|ments)?|deals?|sign(?:s|ed)?|pacts?|treat(?:y|ies)|accords?|pledg(?:e|es|ed)"),
    ("AID", r"aid|donat(?:e|es|ed|ion)|relief|loans?|grants?"),
    ("SUPPORT", r"prais(?:e|es|ed)|endors(?:e|es|ed)|recogni[sz]e[sd]?|welcom(?:e|es|ed)|back(?:s|ed)|congratulat\w+"),
    ("COOPERATE", r"joint (?:drills?|exercises?)|cooperat(?:e|es|ed|ion)|partnership"),
    ("CONCEDE", r"lift(?:s|ed)?|eas(?:e|es|ed)|conced(?:e|es|ed)|yield(?:s|ed)?|compromis(?:e|es|ed)"),
    (
        "CONSULT",
        r"talks?|meet(?:s|ing|ings)?|met|visit(?:s|ed|ing)?|summit|negotiat\w+|discuss(?:es|ed)?|host(?:s|ed)?",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{cue})\b", re.IGNORECASE)) for kind, cue in _CUES)
_FUTURE = re.compile(r"\b(?:will|to|plans?|set to|due to|expected to|next)\b", re.IGNORECASE)
_HEAD = 2_000
"""Code points of the text in which the main event is looked for: news tells it first, and time stays bounded."""


def find_events(article: Article, actors: tuple[Actor, ...]) -> tuple[tuple[Event, ...], tuple[Decision, ...]]:
    """The main event, or none when no actor is named or no cue stands in title or first sentences.

    The title decides the type where it has a cue; the evidence is then the first sentence with a cue of that type.
    """
    if not actors:
        return (), ()
    head = article.text[:_HEAD]
    spans = sentences(head, article.language)
    titled = _first_cue(article.title)
    kinds = [titled[0]] if titled else []
    kinds += [cue[0] for span in spans if (cue := _first_cue(head[span.start : span.end]))]
    if not kinds:
        return (), ()
    kind = kinds[0]
    for span in spans:
        passage = head[span.start : span.end]
        match = dict(_PATTERNS)[kind].search(passage)
        if match:
            return (_event(kind, match, passage, actors, span),), ()
    assert titled is not None  # noqa: S101 - the kind came from the title when no sentence has it
    return (_event(kind, titled[1], article.title, actors, None),), ()


def _first_cue(passage: str) -> tuple[EventType, re.Match[str]] | None:
    hits = [(match.start(), kind, match) for kind, cue in _PATTERNS if (match := cue.search(passage))]
    if not hits:
        return None
    _, kind, match = min(hits, key=lambda hit: hit[0])
    return kind, match


def _event(
    kind: EventType, match: re.Match[str], passage: str, actors: tuple[Actor, ...], evidence: Span | None
) -> Event:
    tense: Tense = "future" if _FUTURE.search(passage[max(0, match.start() - 20) : match.start()]) else "past"
    codes = [actor.code for actor in actors]
    if evidence is not None:
        here = {
            actor.code: min((s.start for s in actor.spans if evidence.start <= s.start < evidence.end), default=-1)
            for actor in actors
        }
        codes = sorted((code for code in codes if here[code] >= 0), key=lambda code: here[code]) or codes
    return Event(type=kind, tense=tense, source=tuple(codes[:1]), target=tuple(codes[1:2]), evidence=evidence)
