"""A sentence made to stand alone, by deleting and by nothing else (but see `Replacement`).

What goes: the dateline, connectives that point back ("But", "Also,"), words in parentheses. What stays, always: who
said it. Order: hidden characters, dateline, connectives, parentheses, spaces. In scripts without spaces a deletion ends
at punctuation only, so that words never grow together. Not a grammar: it deletes nothing within a clause.
"""

import re
from dataclasses import dataclass
from typing import Literal

Dangling = Literal["none", "pronoun", "deictic", "possessive"]

_HIDDEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
_DASH = r"(?:—|–|―|--|-|:|=|＝)"
_CAPS = r"[^\W\d_a-z][\w.'’-]*"
# "Washington (Jiji Press)—", "TORKHAM, Pakistan, Oct 5 (Transpolar Press) -", "(CNN)", "Berlin (dpa) -"
_DATELINE = re.compile(
    rf"^(?:{_CAPS}(?:[ ,./]{{1,2}}[\w.'’-]+){{0,7}},?\s*)?[(（][^()（）]{{2,40}}[)）]\s*{_DASH}{{1,2}}\s*"
    r"|^\((?:CNN|AP|AFP|Reuters|UPI|Xinhua|Bloomberg|Rolling Stone|[A-Z]{2,6}|[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})\)\s*(?:--|—|–|-)?\s*(?=[\"“‘A-Z])"
    # "LONDON, England (AP) --" is above; "MACON, Ga. - ", "LUANDA — "
    rf"|^[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.'’ -]{{2,30}}(?:, ?{_CAPS}(?: {_CAPS}){{0,2}}){{0,2}}(?:,? (?:\d{{1,2}} )?{_CAPS} ?\d{{0,2}})?\s+(?:—|–|--|-)\s+"
    # "【ワシントン＝佐藤】", "（北京5日新華社）", "(서울=연합뉴스) 김 기자 ="
    r"|^【[^】]{2,40}】\s*|^[（(][^（）()]{2,30}(?:電|社|讯|訊|日|뉴스|통신)[)）]\s*(?:[^\s=]{1,12} ?(?:기자|특파원) ?= ?)?"
    r"|^[^\s、。]{2,12}(?:共同|時事|新華社|新华社)?(?:電|讯|訊)?[＝=]\s*"
)
_BACK = re.compile(
    r"^(?:(?:but|and|or|yet|so|also|still|then|nor|plus)\b(?:,\s*|\s+)(?!far\b|long\b|to\b|many\b|much\b|be\b)"
    r"|(?:however|meanwhile|moreover|furthermore|additionally|in addition|besides|nevertheless|nonetheless|instead|separately|"
    r"also|still|then|yet|so|indeed|in fact|of course|on the other hand|for (?:his|her|its|their) part|by contrast|in contrast|"
    r"as a result|therefore|thus|consequently|for example|for instance|similarly|likewise|at the same time|in turn|even so|"
    r"that said|after all|in short|finally|earlier|later|what is more|what's more|not surprisingly|to be sure|sure|well|now),\s*"
    r"|(?:mais|or|et|en outre|par ailleurs|cependant|toutefois|néanmoins|de plus|en revanche|pourtant|ainsi|de son côté|"
    r"pour sa part|en effet|enfin)(?:,\s*)|(?:mais|et)\s+"
    r"|(?:pero|y|sin embargo|además|no obstante|por otra parte|por otro lado|asimismo|por su parte|en cambio|mientras tanto|"
    r"así|finalmente|por último)(?:,\s*)|(?:pero|y)\s+"
    r"|(?:aber|und|denn|sondern)\s+"
    r"|(?:но|а|однако|и)\s+|(?:однако|при этом|кроме того|также|тем временем|в свою очередь|между тем|вместе с тем|впрочем|"
    r"таким образом|по его словам),\s*"
    r"|(?:また|しかし|一方|さらに|ただ|ただし|そして|なお|その上|同時に|しかしながら)[、,]\s*"
    r"|(?:但是?|然而|此外|同时|同時|另外|不过|不過|而且|与此同时|與此同時|另一方面)[，、,]\s*"
    r"|(?:그러나|하지만|또한?|한편|그리고|아울러|다만|반면)[,]?\s+"
    r"|(?:لكن|ولكن|غير أن|إلا أن|من جهة أخرى|في المقابل|كذلك|أيضا|ومن جهته|وفي هذا السياق)(?:،\s*|\s+))",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\s*\([^()]{0,200}\)|\s*\[[^\[\]]{0,200}\]")
_WIDE_ROUND = re.compile(r"（[^（）]{0,100}）(?=[、。，．,.])")
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_BEFORE_STOP = re.compile(r" +([,.;:!?])")

_PRONOUN = re.compile(
    r"^[\"“‘]?(?:he|she|they|it|we|i|you|him|her(?=\s+(?:said|says))|il|elle|ils|elles|él|ella|ellos|ellas|er|sie|он|она|они|оно|"
    r"هو|هي|هم)\b|^[「『]?(?:彼女?ら?|同氏|同相|同省)(?:は|が|も|によると)|^[“「]?(?:他们?|她们?|它们?)|^(?:그는|그녀는|그들은|그가)\s",
    re.IGNORECASE,
)
_DEICTIC = re.compile(
    r"^[\"“‘]?(?:this|that|these|those|such|the (?:latter|former|two|pair|three|trio|same|other|others|move|step|decision|statement)\b(?=\s+\w+)|"
    r"both|neither|either|another|others|some of (?:them|these|those)|one of (?:them|these|those)|here|there(?=\s+(?:he|she|they))|"
    r"ce(?:ci|la)?|cette|ces|celui-ci|celle-ci|esto|eso|este|esta|estos|estas|dies(?:e[rsmn]?)?|das|это|этот|эта|эти|هذا|هذه|تلك)\b"
    r"|^[「『]?(?:これ|それ|この|その|あの|同日|同国)|^(?:这|此|该|那)|^(?:이는|이것|이번|이에|이같은)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"^[\"“‘]?(?:his|her|their|its|my|our|your|son|sa|ses|leurs?|su|sus|seine?[rsmn]?|ihre?[rsmn]?|его|её|их)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compressed:
    """What is left of a sentence; `dangling` says whether its first word points outside it."""

    text: str
    dangling: Dangling = "none"


def compress(sentence: str) -> Compressed:
    """`sentence` without what does not stand alone; its words are a subsequence of the sentence's. Never empty."""
    text = _SPACES.sub(" ", _HIDDEN.sub("", sentence)).strip()
    text = _or_keep(_without_dateline(text), text)
    for _ in range(2):  # "But also, ..." has two
        text = _or_keep(_BACK.sub("", text, count=1), text)
    text = _or_keep(_WIDE_ROUND.sub("", _ROUND.sub(" ", text)), text)
    text = _tidy(text)
    return Compressed(text=text, dangling=dangling(text))


def dangling(text: str) -> Dangling:
    """What kind of word `text` opens with, of those that need the sentence before."""
    if _PRONOUN.match(text):
        return "pronoun"
    if _DEICTIC.match(text):
        return "deictic"
    return "possessive" if _POSSESSIVE.match(text) else "none"


def _without_dateline(text: str) -> str:
    return _DATELINE.sub("", text, count=1)


def _or_keep(shorter: str, text: str) -> str:
    """A deletion that leaves fewer than three word characters was none."""
    return shorter if len(re.findall(r"\w", shorter)) >= 3 else text


def _tidy(text: str) -> str:
    text = _BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", text)).strip()
    for at, letter in enumerate(text[:3]):
        if letter.isalpha():
            return (
                text[:at] + letter.upper() + text[at + 1 :] if letter.islower() and len(letter.upper()) == 1 else text
            )
    return text
