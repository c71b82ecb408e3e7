"""Where a text says whose words they are: the places that hold the speaker, in ten languages. Rough, for a comparison.

Only what the usual forms of news show is found ("X said that", "…, said X", "according to X"). Which states stand there
is for the gate to compare: "the Iranian ministry" for "the Omani ministry" changes whose word it is.
"""

# ruff: noqa: E501 - tables of words read best by line

import re
from collections.abc import Iterator

from bot.model import Span

_ENDS = re.compile(r"[,;:.!?。，、；،؛—]")
_SENTENCE = re.compile(r"[.!?。]\s?")
_VERB = re.compile(r"\s(?:hat|haben|habe|ist|sind|sei|war|wurden?|wird|werden|will|soll|sollen|dürfte|kann|könnte)\b")
"""A German clause goes on with its verb: "Nach Angaben aus Brüssel hat …"."""
_LONGEST = 90
"""Code points of a speaker with office and country; a longer stretch is a clause."""

_ACCORDING = {
    "en": r"\baccording to ", "fr": r"\b(?:selon|d['’]après) ", "es": r"\b(?:según|de acuerdo con) ",
    "pt": r"\b(?:segundo|de acordo com) ", "de": r"\b(?:laut|nach angaben (?:aus|von|der|des)|zufolge) ",
    "ru": r"(?<!\w)(?:по данным|по словам|согласно|как сообщил\w*) ", "ar": r"(?:وفقا[ً]? ل|وفقًا ل|بحسب |حسب )", "zh": r"据(?!点|此)",
}  # fmt: skip
"""What stands before the speaker; the speaker ends with the clause."""
_SAYING = {
    "en": r"\b(?:said|says|announced|announces|declared|stated|added|warned|told|confirmed|reported)\b",
    "fr": r"\b(?:a|ont) (?:déclaré|annoncé|indiqué|affirmé|dit|précisé|ajouté|averti|confirmé)\b|\b(?:déclare|annonce|affirme|indique)\b",
    "es": r"\b(?:declaró|anunció|informó|afirmó|dijo|señaló|añadió|advirtió|confirmó|indicó)\b",
    "pt": r"\b(?:declarou|anunciou|informou|afirmou|disse|indicou|acrescentou|advertiu|confirmou)\b",
    "de": r"\b(?:sagte|erklärte|teilte|kündigte|betonte|berichtete|bestätigte|warnte)\b",
    "ru": r"(?<!\w)(?:сообщил|сообщила|сообщило|сообщили|заявил|заявила|заявило|заявили|сказал|сказала|объявил|объявила|объявило)(?!\w)",
}  # fmt: skip
"""Verbs with the speaker before them, or behind where they end a sentence ("…, said X")."""
_WHOLE = {
    "ar": r"(?:قالت?|أعلنت?|صرحت?|أكدت?|أفادت?|ذكرت?) (?P<who>.{2,90}?)(?= (?:أن|إن|بأن)\b|،|$)",
    "zh": r"(?:^|[，。；])(?P<who>[^，。；]{1,45}?)(?:表示|说|称|宣布|指出|强调|透露)",
    "ja": r"^(?P<who>[^。、]{1,45}?)は、?(?=.*(?:述べ|発表|明らかに|表明|語っ|話し))|と(?P<other>[^。、と]{1,30}?)(?:が|は)(?:述べ|発表|明らか|語)|(?P<by>[^。、]{1,30}?)によると",
    "ko": r"^(?P<who>[^.,]{1,45}?)(?:은|는) (?=.*(?:말했|밝혔|전했|발표했))|다고 (?P<other>[^.,]{1,30}?)(?:이|가) (?:밝혔|말했|전했|발표)|(?P<by>[^.,]{1,30}?)에 따르면",
}  # fmt: skip
"""Whole forms of the languages whose verb stands first or last."""


def speakers(text: str, language: str) -> tuple[Span, ...]:
    """The places that hold a speaker; () where none of the usual forms is used."""
    return tuple(dict.fromkeys(_found(text, language)))


def _found(text: str, language: str) -> Iterator[Span]:
    if language in _ACCORDING:
        for match in re.finditer(_ACCORDING[language], text, re.IGNORECASE):
            yield _clause_after(text, match.end())
    if language in _SAYING:
        for match in re.finditer(_SAYING[language], text, re.IGNORECASE):
            yield _beside(text, match)
    if language in _WHOLE:
        matches = list(re.finditer(_WHOLE[language], text))
        spans = {name: match.span(name) for match in matches for name, who in match.groupdict().items() if who}
        topics = [spans[name] for name in ("other", "by") if name in spans] or list(spans.values())
        yield from (Span(start=start, end=end) for start, end in topics)  # who says it, before whom it is about


def _clause_after(text: str, start: int) -> Span:
    match = _ENDS.search(text, start)
    verb = _VERB.search(text, start)
    if verb and (match is None or verb.start() < match.start()):
        match = verb
    return Span(start=start, end=min(match.start() if match else len(text), start + _LONGEST))


def _beside(text: str, verb: re.Match[str]) -> Span:
    """The clause before the verb, with its apposition where a comma parts them; behind it where nothing stands there."""
    first = max((one.end() for one in _SENTENCE.finditer(text, 0, verb.start())), default=0)
    bounds = [one.end() for one in _ENDS.finditer(text, first, verb.start())]
    start = bounds[-1] if bounds else first
    if text[start : verb.start()].strip():
        return Span(start=start, end=verb.start())
    if len(bounds) > 1 and bounds[-1] - first <= _LONGEST and _goes_on(text, verb.end()):
        return Span(start=first, end=verb.start())  # "The minister, N. N., said that …"
    return _clause_after(text, verb.end())


def _goes_on(text: str, at: int) -> bool:
    """Whether what was said comes behind the verb."""
    return len(text) - at > _LONGEST or re.match(r"\s(?:that\b|que\b|qu['’]|dass\b|,)", text[at:]) is not None
