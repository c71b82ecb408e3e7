"""Whom a sentence's "he" or "she" means, where the paragraph leaves one answer."""

import re
from collections.abc import Sequence

from bot.model import Span
from bot.summarizing.units import Unit

_PRONOUN = re.compile(r"^(?:He|She)\b(?!['’])")
_TITLE = r"(?:Mr|Mrs|Ms|Dr|President|Prime Minister|Minister|Foreign Minister|Chancellor|King|Queen|Prince|Princess|Senator|Sen|Rep|Gov|Governor|Secretary|Gen|General|Ambassador|Rear Admiral|Admiral|Colonel|Pope)\.?"
_PART = r"[^\W\d_a-zà-ÿ][\w’'-]*[a-zà-ÿ][\w’'-]*"
_NAME = re.compile(rf"\b(?:{_TITLE} )?({_PART}(?: (?:al|bin|van|von|de|der|el|la|[A-Z]\.))?(?: {_PART}){{1,2}})\b")
_SAID = re.compile(
    r"\b(?:said|told|added|noted|warned|stressed|declared|announced|argued|wrote|called|spoke|insisted|denied|urged|pledged)\b"
)
_NOT_PERSON = re.compile(
    r"\b(?:United|Nations|States|Union|European|Kingdom|Council|Ministry|Minister|President|Prime|Foreign|Secretary|Department|House|"
    r"Court|Commission|Agency|Party|University|Street|Security|North|South|East|West|New|Saint|San|Red|Cross|Group|Bank|Press|News|Times|"
    r"Post|Army|Navy|Force|Police|Office|Center|Centre|Institute|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|"
    r"March|April|May|June|July|August|September|October|November|December|Treaty|Act|Sea|River|Lake|Islands?|City|Hospital|Airport|"
    r"School|Church|College|League|Cup|Club|World|The|A|An|In|On|At|But|And|When|After|Before|While)\b"
)


def speaker_before(text: str, units: Sequence[Unit], place: int, shown: str) -> tuple[str, tuple[Span, ...]]:
    """`shown` with a name for its first "He" or "She", and the name's span; both unchanged where it is not certain.

    Certain is: the sentence before, in the same paragraph, names exactly one person and lets that person speak or act as
    its subject.
    """
    unit = units[place]
    if place == 0 or unit.place == 0 or not _PRONOUN.match(shown):
        return shown, ()
    previous = units[place - 1]
    people = [m for m in _NAME.finditer(previous.text) if not _NOT_PERSON.search(m.group(1))]
    if len({m.group(1) for m in people}) != 1 or not _leads(previous.text, people[0]):
        return shown, ()
    start, end = (previous.start + edge for edge in people[0].span(1))
    return _PRONOUN.sub(lambda _: text[start:end], shown, count=1), (Span(start=start, end=end),)


def _leads(sentence: str, name: re.Match[str]) -> bool:
    """The name opens the sentence, or stands beside a verb of saying."""
    if name.start() <= 1:
        return True
    return bool(_SAID.search(sentence[max(0, name.start() - 14) : name.start()])) or bool(
        _SAID.match(sentence[name.end() :].lstrip(" ,"))
    )
