"""A sentence made to stand alone, by deleting and by nothing else (a name for a pronoun: `bot.summarizing.names`).

What goes: the dateline, connectives that point back ("But", "Also,", ", however,"), words in parentheses. What stays,
always: who said it. Order: hidden characters, dateline, connectives, parentheses, connectives inside, spaces. In
scripts without spaces a deletion ends at punctuation only, so that words never grow together. Not a grammar: it deletes
nothing else within a clause, and of a quotation nothing but parentheses. The words by language are in
`data/openings.json`.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

Dangling = Literal["none", "pronoun", "deictic", "possessive"]

_HIDDEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
_CAPITAL = r"[^\W\d_a-z][\w.'’-]*"
_DASH = r"(?:—|–|―|--|-|:|=|＝)"
_AGENCY = r"\((?:the )?[A-Z][\w.]*(?: [A-Z][\w.]+){0,2}\)"
_DATELINES = (
    # A place, perhaps a day, an agency in parentheses, a dash: "Washington (Jiji Press)—", "Berlin (dpa) -",
    # "Lima, 9 oct (EFE).-".
    rf"(?:{_CAPITAL}(?:[ ,./]{{1,2}}[\w.'’-]+){{0,7}},?\s*)?[(（][^()（）]{{2,40}}[)）]\.?\s*{_DASH}{{1,2}}\s*",
    # An agency in parentheses set against the first word, as CNN does.
    r"\((?:[A-Z]{2,6}|[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})\)\s*(?=[\"“‘A-Z])",
    # A place before it: "Lagos, Nigeria (CNN)Thousands". Prose sets no bracket so, so that no dash is asked for.
    rf"(?!The ){_CAPITAL}(?:,? (?:(?:of|de|la|el|al) )?{_CAPITAL}){{0,4}}\s+{_AGENCY}(?=[\"“‘A-Z])",
    # A place in capitals, perhaps more words, a dash: "MACON, Ga. - ", "CIUDAD DE MÉXICO, 5 de octubre - ".
    r"(?=[^\W\d_]{2})[A-ZÀ-ÞĀ-ŽА-Я][A-ZÀ-ÞĀ-ŽА-Я.'’ -]{2,30}(?:,? [\w./]{1,12}){0,5}\s+(?:—|–|--|-)\s+",
    # East Asian: a bracket, an agency's line, or a place and an equals sign.
    r"【[^】]{2,40}】\s*",
    r"[（(][^（）()]{2,30}(?:電|社|讯|訊|日|뉴스|통신)[)）]\s*(?:[^\s=]{1,12} ?(?:기자|특파원) ?= ?)?",
    r"[^\s、。]{2,12}[＝=]\s*",
    r"[\u4e00-\u9fff]{2,5}[社网網][^\s，。]{1,14}日[电電]\s*|(?:新华社|新華社|中新社|路透社)[^\s，。]{1,14}[电電]\s*",
)
_DATELINE = re.compile("|".join(_DATELINES))
_NO_SMALL = r"[^\W\d_a-zß-ÿа-яё]"
_LOOSE_NAME = rf"{_NO_SMALL}[\w'’\u064b-\u0652-]*"
_LOOSE_DATELINE = re.compile(
    # "Brüssel – Die", "Seúl, 12 nov.- Corea", "الدوحة - وقّعت": no apposition goes on with a capital, nor with a day.
    rf"{_LOOSE_NAME}(?: {_LOOSE_NAME}| (?:de|del|da|do|am|an der|la)){{0,3}}"
    r"(?:, \d{1,2}\.? (?:de |d[e'’])?[^\W\d_]{3,10}\.?)? ?(?:(?<= )[—–-]|\.[—–-]|—) "
    rf"(?=[\"“«„¿¡]?{_NO_SMALL})"
)
"""Only what opens an article of another language than English, whose wire forms are known better."""
_DATELINE_SIGN = re.compile("[—–―=＝)）】电電:：-]")
_ROUND = re.compile(r"\s*\([^()]{0,200}\)|\s*\[[^\[\]]{0,200}\]")
_WIDE_ROUND = re.compile(r"（[^（）]{0,100}）(?=[、。，．,.])")
_BEFORE_STOP = re.compile(r" +([,.;:!?])")
_BEFORE_COMMA = re.compile(r" +([,.])")
_SPACED_MARK = re.compile(r"\w [;:!?]")
"""As French sets them; no deletion left this space."""
_SPACED_MARKS = (" ;", " :", " !", " ?")
_SPACED_STOPS = (" ,", " .")
_BETWEEN_COMMAS = re.compile(
    r",\s*(?:however|meanwhile|moreover|furthermore|nevertheless|nonetheless|therefore|in turn|"
    r"as a result|consequently|accordingly|likewise|similarly|too|for example|for instance|"
    r"for (?:his|her|its|their) part|toutefois|cependant|néanmoins|par ailleurs|en outre|de son côté|pour sa part|"
    r"sin embargo|además|por su parte|asimismo|no obstante|однако|впрочем|в свою очередь|между тем)\s*,(?= )"
)
_TOO = re.compile(r", too(?=(?:, (?:who|which|and|but|as|when|where|while)\b|\.$))")
"""Where the comma behind it is wanted, or nothing follows: "impressed Evans, too, who"."""
_ADDING = re.compile(
    r"(?<!\bbut)(?<!\bnot) also (?=\w)|(?<=\w) (?:toutefois|cependant|également|néanmoins|jedoch|allerdings|zudem|"
    r"außerdem|hingegen) (?=\w)|(?<!\bа) также (?=\w)"
)
"""Words that tie a sentence to the one before and to nothing in it; what they tie to is not shown."""
_ADDED = (
    " also ", " toutefois ", " cependant ", " également ", " néanmoins ", " jedoch ", " allerdings ", " zudem ",
    " außerdem ", " hingegen ", " также ",
)  # fmt: skip
_QUOTED = re.compile('["“”„«»「」]')
_LETTER = re.compile(r"\w")
_QUOTES = '["“‘«„「『]?'
_NOW = (
    r"(?:week|weekend|month|year|morning|afternoon|evening|time|spring|summer|autumn|fall|winter|season|semaine|année|"
    r"mois|matin|soir|été|hiver|automne|printemps|week-end|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"woche|jahr|monat|wochenende|sommer|herbst|frühjahr|\w{3,}tag|año|mes|semana|lunes|martes|miércoles|jueves|viernes|"
    r"sábado|domingo|verano|invierno|otoño|primavera|العام|الأسبوع|الشهر|السنة|неделя|осень|зима|весна)\b"
)
_NOBODY = r"(?:y a|y aura|y avait|n['’]y a|faut|faudra|faudrait|fallait|a fallu|s['’]agit d|est (?:possible|prévu) )"
"""French "il" that means nobody: "Il a fallu réparer 87 pylônes"."""
_BEGINNING = 90
"""Characters of a sentence in which a dateline may end."""


class _Openings(NamedTuple):
    connective: re.Pattern[str]
    pronoun: re.Pattern[str]
    deictic: re.Pattern[str]
    possessive: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compressed:
    """What is left of a sentence; `dangling` says whether its first word points outside it."""

    text: str
    dangling: Dangling = "none"


def compress(sentence: str, *, loose_dateline: bool = False) -> Compressed:
    """`sentence` without what does not stand alone; its words are a subsequence of the sentence's. Never empty.

    `loose_dateline`: it opens an article, so that "Brüssel – Die" is one too.
    """
    text = " ".join((sentence if sentence.isascii() else _HIDDEN.sub("", sentence)).split())
    text = _or_keep(without_dateline(text), text)
    if loose_dateline and (match := _LOOSE_DATELINE.match(text, 0, _BEGINNING)):
        text = _or_keep(text[match.end() :], text)
    connective = _openings().connective
    for _ in range(2):  # "But also, ..." has two
        match = connective.match(_lower(text))
        if match is None:
            break
        text = _or_keep(text[match.end() :], text)
    if "(" in text or "[" in text or "（" in text:
        text = _or_keep(_WIDE_ROUND.sub("", _ROUND.sub(" ", text)), text)
    text = _tidy(_unconnected(text), sentence)
    return Compressed(text=text, dangling=dangling(text))


def dangling(text: str) -> Dangling:
    """What kind of word `text` opens with, of those that need the sentence before."""
    openings, low = _openings(), _lower(text)
    if openings.pronoun.match(low):
        return "pronoun"
    if openings.deictic.match(low):
        return "deictic"
    return "possessive" if openings.possessive.match(low) else "none"


def _lower(text: str) -> str:
    """The beginning of `text` in lower case, letter for letter: to match without regard to case takes far longer."""
    head = text[:_BEGINNING]
    low = head.lower()
    return low if len(low) == len(head) else head


def _unconnected(text: str) -> str:
    """Without connectives inside, where no quotation could lose a word."""
    commas, adding = text.count(",") > 1 or ", too" in text, any(map(text.__contains__, _ADDED))
    if not (commas or adding) or _QUOTED.search(text) or "not only" in text:
        return text
    if commas:
        text = _BETWEEN_COMMAS.sub("", _TOO.sub("", text) if ", too" in text else text)
    return _ADDING.sub(" ", text) if adding else text


@cache
def _openings() -> _Openings:
    """The patterns, built once, for text in lower case. All languages together: a text may quote another, and few of
    the words collide.
    """
    source = resources.files("bot.summarizing").joinpath("data/openings.json").read_text("utf-8")
    words: dict[str, dict[str, list[str]]] = json.loads(source)

    def all_of(*keys: str) -> str:
        found = {re.escape(one) for key in keys for one in _flat(words[key].values())}
        return "|".join(sorted(found, key=lambda one: (-len(one), one)))

    connective = (
        rf"(?:{all_of('connectives_before_comma')})(?:,|、|，|،)\s*"
        rf"|(?:{all_of('connectives')})\s+(?!far\b|long\b|to\b|many\b|much\b|be\b|more\b|few\b)"
    )
    return _Openings(
        connective=re.compile(connective),
        pronoun=re.compile(rf"{_QUOTES}(?:(?:{all_of('pronouns')})\b(?! {_NOBODY})|{all_of('pronoun_starts')})"),
        deictic=re.compile(rf"{_QUOTES}(?:(?:{all_of('deictics')})\b(?! {_NOW})|{all_of('deictic_starts')})"),
        possessive=re.compile(rf"{_QUOTES}(?:{all_of('possessives')})\b"),
    )


def _flat(lists: Iterable[list[str]]) -> Iterable[str]:
    return (one for some in lists for one in some)


def without_dateline(text: str) -> str:
    """`text` without the place, day and agency that it opens with."""
    if _DATELINE_SIGN.search(text, 0, _BEGINNING) is None:
        return text
    match = _DATELINE.match(text, 0, _BEGINNING)
    return text[match.end() :] if match else text


def _or_keep(shorter: str, text: str) -> str:
    """A deletion that leaves fewer than three word characters was none."""
    return shorter if shorter is text or len(_LETTER.findall(shorter[:40])) >= 3 else text


def _tidy(text: str, sentence: str) -> str:
    """`text` without the spaces that deletions left in the `sentence`, and with a capital."""
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    if any(map(text.__contains__, _SPACED_MARKS)):
        text = (_BEFORE_COMMA if _SPACED_MARK.search(sentence) else _BEFORE_STOP).sub(r"\1", text)
    elif any(map(text.__contains__, _SPACED_STOPS)):
        text = _BEFORE_COMMA.sub(r"\1", text)
    for at, letter in enumerate(text[:3]):
        if letter.isalpha():
            upper = letter.upper()
            return text[:at] + upper + text[at + 1 :] if letter.islower() and len(upper) == 1 else text
    return text
