"""Who did what to whom: PLOVER root types with mode, tense, negation and parties.

English is read by a small linear model (`events_model`), nine other languages by lists of words. The main event comes
from the title and the first sentences weighed together; its evidence is the sentence that states it.
"""

import re

from bot.model import PLOVER_TYPES, Actor, Article, Decision, Event, EventType, Span
from bot.text import first_sentences
from bot.understanding.events_cues import Telling
from bot.understanding.events_evidence import evidence, tellings, told, trigger_of
from bot.understanding.events_foreign import VERB_LAST, negated_in, own_clause, tense_in
from bot.understanding.events_main import Passage, best, gate_features, passage, weigh, why_event, why_type
from bot.understanding.events_model import gate_score
from bot.understanding.events_modes import mode_of
from bot.understanding.events_roles import roles
from bot.understanding.events_time import denied, tense_of
from bot.understanding.events_triggers import other, placed
from bot.understanding.relevance_features import context

_HEAD = 4_000
"""Code points of the text that are read: news tells its event first, and time stays bounded."""

_TITLE = 400
_SENTENCES = 8
"""Sentences in which the evidence is looked for."""

_FURTHER = 2
"""Events besides the main one: what the first sentences tell clearly, and of another type."""

_CLEAR = 0.0
"""Score from which a further event counts: the model would say yes to its type alone."""

_OTHER_LANGUAGES = frozenset({"ja", "zh", "ko", "fr", "es", "pt", "de", "ru", "ar"})
_NO_WORD = re.compile(r"[\W_]+")


def find_events(article: Article, actors: tuple[Actor, ...]) -> tuple[tuple[Event, ...], tuple[Decision, ...]]:
    """The main event first, then at most two further ones; none for analysis, polls, or news of another kind.

    An event's `evidence` is the sentence of the text that states it, None only when no sentence does.
    """
    spans = first_sentences(article.text, article.language, most=_SENTENCES, reach=_HEAD)
    if article.language in _OTHER_LANGUAGES:
        return _by_lists(article, spans, actors)
    return _by_model(article, spans, actors)


# --- English ------------------------------------------------------------------------------------------------------


def _by_model(
    article: Article, spans: tuple[Span, ...], actors: tuple[Actor, ...]
) -> tuple[tuple[Event, ...], tuple[Decision, ...]]:
    alone = not article.title or _repeats(article)
    title = passage(article.title[:_TITLE], alone=alone)
    body = [passage(article.text[span.start : span.end], alone=alone) for span in spans]
    worded = bool(title.triggers) or any(part.triggers for part in body[:3])
    bare = alone or not body
    looked_at = gate_features(title, body, len(actors), context(article, actors))
    gate = gate_score(looked_at)
    if not worded and not bare:
        return (), (_said("dropped", "no event: neither title nor first sentences have a word for one"),)
    if gate <= 0 and not (bare and (actors or worded)):
        reason = f"no event: title and lead score {gate:+.2f}, an event needs more than 0: {why_event(looked_at)}"
        return (), (_said("dropped", reason),)
    kind = best(weigh(title, body))
    main, why = _event(article, kind, title, body, spans, actors)
    further = _further(article, kind, body, spans, actors)
    return (main, *further), (
        _said("kept", f"an event is told: title and lead score {gate:+.2f}: {why_event(looked_at)}"),
        _said("kept", f"{kind}: {why}; what decided: {why_type(kind, title, body, alone=alone)}", main.evidence),
    )


def _said(outcome: str, reason: str, span: Span | None = None) -> Decision:
    spans = (span,) if span else ()
    if outcome == "kept":
        return Decision(stage="understanding", outcome="kept", reason=reason, spans=spans)
    return Decision(stage="understanding", outcome="dropped", reason=reason, spans=spans)


def _repeats(article: Article) -> bool:
    """Whether the title is only the text's own beginning, as for text that came without a headline."""
    title = _NO_WORD.sub(" ", article.title[:_TITLE]).strip().casefold()
    return title in _NO_WORD.sub(" ", article.text[: 2 * _TITLE]).casefold()


def _event(
    article: Article,
    kind: EventType,
    title: Passage,
    body: list[Passage],
    spans: tuple[Span, ...],
    actors: tuple[Actor, ...],
) -> tuple[Event, str]:
    at = evidence(kind, title, body)
    said = tellings(kind, title, body, at)
    if at is None:
        codes = [actor.code for actor in actors]
        event = Event(
            type=kind,
            mode=mode_of(kind, title.text, said[0][1].end if said else 0),
            tense=tense_of(said, kind),
            negated=denied(said, kind),
            source=tuple(codes[:1]),
            target=tuple(codes[1:2]),
        )
        return event, "the title alone says it"
    event = _told(article, kind, said, spans[at], actors)
    if trigger := trigger_of(kind, body[at]):
        _, start, end = placed(body[at].text, trigger)
        return event, f"{body[at].text[start:end]!r} in sentence {at + 1}"
    return event, f"sentence {at + 1}"


def _told(
    article: Article, kind: EventType, said: tuple[tuple[str, Telling], ...], span: Span, actors: tuple[Actor, ...]
) -> Event:
    """The event as the last of `said` tells it, the sentence at `span`; before it may stand the title."""
    part = said[-1][1]
    place = (span.start + part.start, span.start + part.end) if part.end else None
    parties = roles(kind, article.text, span, place, actors)
    mode = mode_of(kind, part.text, part.end)
    if (
        kind == "CONSULT"
        and mode is None
        and _at_home(article.text, span, place, parties.source + parties.target, actors)
    ):
        mode = "visit"
    return Event(
        type=kind,
        mode=mode,
        tense=tense_of(said, kind),
        negated=denied(said, kind),
        source=parties.source,
        target=parties.target,
        evidence=span,
    )


def _at_home(
    text: str, span: Span, place: tuple[int, int] | None, parties: tuple[str, ...], actors: tuple[Actor, ...]
) -> bool:
    """Talks in the capital of one of the parties are a visit of the other's."""
    if place is None or len(parties) < 2:
        return False
    return any(
        place[1] <= mention.start < span.end and text[max(0, mention.start - 3) : mention.start].lower() == "in "
        for actor in actors
        if actor.code in parties
        for mention in actor.spans
    )


def _further(
    article: Article, main: EventType, body: list[Passage], spans: tuple[Span, ...], actors: tuple[Actor, ...]
) -> list[Event]:
    """What else the first sentences tell clearly: another type, a listed word, and an actor."""
    found: list[Event] = []
    seen = {main}
    for part, span in list(zip(body, spans, strict=True))[:5]:
        named = any(span.start <= mention.start < span.end for actor in actors for mention in actor.spans)
        if not part.triggers or not named:
            continue
        kind = best(part.scores)
        if kind in seen or part.scores[PLOVER_TYPES.index(kind)] <= _CLEAR or not trigger_of(kind, part):
            continue
        seen.add(kind)
        found.append(_told(article, kind, (("S", told(kind, part)),), span, actors))
    return found[:_FURTHER]


# --- other languages ----------------------------------------------------------------------------------------------


def _by_lists(
    article: Article, spans: tuple[Span, ...], actors: tuple[Actor, ...]
) -> tuple[tuple[Event, ...], tuple[Decision, ...]]:
    """The title's trigger (its last one where verbs come last), else the lead's."""
    if not actors:
        return (), (_said("dropped", "no event: no actor is named"),)
    language = article.language
    parts = [other(article.text[span.start : span.end], language) for span in spans]
    titled = other(article.title[:_TITLE], language)
    chosen = next((found for found in (titled, *parts[:3]) if found), None)
    if chosen is None:
        return (), (_said("dropped", "no event: neither title nor first sentences have a word for one"),)
    kind = (chosen[-1] if language in VERB_LAST else chosen[0]).type
    at = next((i for i, found in enumerate(parts) if any(t.type == kind for t in found)), None)
    if at is None:
        codes = [actor.code for actor in actors]
        event = Event(
            type=kind,
            tense=tense_in(article.title[:_TITLE], language),
            source=tuple(codes[:1]),
            target=tuple(codes[1:2]),
        )
        return (event,), (_said("kept", f"{kind}: the title alone says it"),)
    span = spans[at]
    text = article.text[span.start : span.end]
    ours = [t for t in parts[at] if t.type == kind]
    trigger = ours[-1] if language in VERB_LAST else ours[0]
    parties = roles(kind, article.text, span, (span.start + trigger.start, span.start + trigger.end), actors)
    tense = tense_in(own_clause(text, trigger.start, trigger.end, language), language)
    if tense == "past" and titled:
        tense = "future" if tense_in(article.title[:_TITLE], language) == "future" else "past"
    event = Event(
        type=kind,
        tense=tense,
        negated=negated_in(text, trigger.start, trigger.end, language),
        source=parties.source,
        target=parties.target,
        evidence=span,
    )
    return (event,), (_said("kept", f"{kind}: {text[trigger.start : trigger.end]!r} in sentence {at + 1}", span),)
