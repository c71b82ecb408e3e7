"""Who did what to whom: PLOVER root types by a small lexicon. A thin version: the first sentence with a cue decides."""

import re

from bot.model import Actor, Article, Decision, Event, EventType, Span, Tense

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
_HEAD = 400
"""Code points of the text in which the main event must stand: news tells it first."""


def find_events(article: Article, actors: tuple[Actor, ...]) -> tuple[tuple[Event, ...], tuple[Decision, ...]]:
    """The main event, or none when no actor is named or no cue stands in title or first sentences."""
    if not actors:
        return (), ()
    for passage, in_text in ((article.title, False), (article.text[:_HEAD], True)):
        hits = [(m.start(), kind, m) for kind, cue in _PATTERNS if (m := cue.search(passage))]
        if hits:
            _, kind, match = min(hits, key=lambda hit: hit[0])
            return (_event(kind, match, passage, actors, in_text),), ()
    return (), ()


def _event(kind: EventType, match: re.Match[str], passage: str, actors: tuple[Actor, ...], in_text: bool) -> Event:
    tense: Tense = "future" if _FUTURE.search(passage[max(0, match.start() - 20) : match.start()]) else "past"
    codes = tuple(actor.code for actor in actors[:2])
    evidence = Span(start=match.start(), end=match.end()) if in_text else None
    return Event(type=kind, tense=tense, source=codes[:1], target=codes[1:], evidence=evidence)
