"""Speech after a dash, as Spanish, Portuguese, French and Russian print dialogue: "—No firmaremos —dijo el ministro—."

Only a paragraph that begins with a dash and says who spoke, with a verb of saying: a list of points has dashes too, and
is nobody's words.
"""

import re
from collections.abc import Iterator

from bot.model import Quote, Span

_MOST = 100
"""Quotations of one text: an interview has fewer turns."""
_STOP = r"(?=\s(?:en|a|al|ante|durante|tras|después|este|esta|em|na|no|ao|à|aos|após|nesta|neste|lors|devant|dans|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|на|в|во|после)\b|[—–,.;:!?\n]|$)"  # noqa: E501
"""Where the speaker ends: at a mark, or where the text goes on to say when and where."""
_ES = (
    r"(?:dijo|afirmó|declaró|aseguró|respondió|añadió|agregó|explicó|preguntó|señaló|advirtió|sostuvo|insistió|replicó|"
    r"contestó|subrayó|admitió|reconoció|anunció|indicó|manifestó|apuntó|recordó)"
)
_PT = (
    r"(?:disse|afirmou|declarou|respondeu|acrescentou|explicou|perguntou|garantiu|advertiu|insistiu|replicou|admitiu|"
    r"anunciou|ressaltou|sublinhou|destacou|reconheceu|lembrou|completou|assegurou)"
)
_FR = (
    r"(?:(?:a|ont)\s(?:déclaré|dit|affirmé|répondu|ajouté|indiqué|souligné|assuré|expliqué|lancé|averti|demandé|insisté)|"
    r"répond|lance|affirme|assure|explique|ajoute|déclare|insiste)"
)
_RU = (
    r"(?:сказал|сказала|заявил|заявила|ответил|ответила|отметил|отметила|подчеркнул|подчеркнула|добавил|добавила|пояснил|"
    r"пояснила|сообщил|сообщила|спросил|спросила)"
)


def _parted(verbs: str, before: str) -> re.Pattern[str]:
    """Speech, a dash, who said it, and often another dash before more speech."""
    said = rf"{verbs}\s(?P<who>[^—–,.;:!?\n]{{2,80}}?){_STOP}[^—–\n]{{0,200}}?"
    more = r"(?:[—–]\s?[.,;:]?\s?(?P<two>[^—–\n]{2,600}))?"
    return re.compile(rf"^[ \t]*[—–][ \t]?(?P<one>[^—–\n]{{2,600}}?{before})\s?[—–]\s?{said}{more}$", re.MULTILINE)


_DIALOGUE = {
    "es": _parted(_ES, ""),
    "pt": _parted(_PT, ""),
    "ru": _parted(_RU, r"[,!?…]"),
    "fr": re.compile(
        rf"^[ \t]*[—–][ \t]?(?P<one>[^—–\n]{{2,600}}?)[,!?…]\s{_FR}\s(?P<who>[^—–,.;:!?\n]{{2,80}}?){_STOP}",
        re.MULTILINE,
    ),
}


def dash_quotes(text: str, language: str) -> Iterator[Quote]:
    """The speech of dialogue in `text`, in order, with its speaker as written; without dashes and commas around it."""
    pattern = _DIALOGUE.get(language)
    if pattern is None:
        return
    for number, match in enumerate(pattern.finditer(text)):
        if number >= _MOST:
            return
        for name in ("one", "two") if "two" in pattern.groupindex else ("one",):
            if match[name] is not None and (span := _bare(text, *match.span(name))) is not None:
                yield Quote(span=span, speaker=match["who"].strip())


def _bare(text: str, start: int, end: int) -> Span | None:
    """Without space, and the comma that parts speech from who said it; None when no word is left."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip(" ,\t\r"))
    return Span(start=first, end=last) if re.search(r"\w", text[first:last]) else None
