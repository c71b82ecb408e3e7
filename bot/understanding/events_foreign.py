"""When an event falls and whether it happened at all, in nine languages other than English: lists of words."""
# ruff: noqa: E501 - tables of patterns read best by line

import re

from bot.model import Tense

_OTHER_NOT = {
    "ja": r"^.{0,14}?(?:ない|なかった|せず|しない|見送|中止|否定)",
    "ko": r"^.{0,12}?(?:않|못|없|취소|연기|무산)",
    "zh": r"(?:不|没有|沒有|未|并未|拒绝|拒絕|取消).{0,6}$",
    "fr": r"(?:\b(?:ne|aucune?|sans|jamais|refus\w+ (?:de|d['’]))\b|\bn['’])[^.;,]{0,30}$",
    "es": r"\b(?:no|sin|nunca|ningun[ao]?|ningún|tampoco)\b[^.;,]{0,25}$",
    "pt": r"\b(?:não|sem|nunca|nenhuma?)\b[^.;,]{0,25}$",
    "de": r"\b(?:nicht|keine?[nmrs]?|nie|ohne)\b[^.;,]{0,25}$|^[^.;,]{0,30}\b(?:nicht|abgesagt|ab)\b",
    "ru": r"\b(?:не|нет|без|ни|никогда)\b[^.;,]{0,20}$",
    "ar": r"(?:لم|لن|لا|ليس|دون|عدم)\s[^.؛،]{0,20}$",
}
_OTHER_FUTURE = {
    "ja": r"(?:へ$|へ[、。 　]|予定|見通し|見込み|方針|する。?$|開く|行う)",
    "ko": r"(?:예정|계획|기로|할 것|전망|예고|앞두고)",
    "zh": r"(?:将|將|拟|计划|計劃|预计|即将|准备|下周|下月|明天)",
    "fr": r"\b(?:va|vont|doit|doivent|devrait|prévu\w*|prochain\w*|\w+(?:era|eront|ira|iront|dra|dront|rra|rront))\b",
    "es": r"\b(?:va a|van a|próxim\w+|prev\w+|planea\w*|\w+(?:ará|arán|erá|erán|irá|irán))\b",
    "pt": r"\b(?:vai|vão|deve|devem|próxim\w+|prev\w+|\w+(?:ará|arão|erá|erão|irá|irão))\b",
    "de": r"\b(?:wird|werden|soll|sollen|will|wollen|plan\w+|nächste\w*|kommende\w*)\b",
    "ru": r"\b(?:будет|будут|состо[ия]тся|план\w+|намерен\w*|собира\w+|готов\w+ся|посетит|встретится|проведет|проведёт|подпишут|обсудят)\b",
    "ar": r"(?:سوف|من المقرر|من المتوقع|المقبل|القادم|يعتزم|(?<!\w)س[يتن]\w{2,})",
}
_OTHER_HYPOTHETICAL = {
    "ja": r"(?:可能性|かもしれ|検討|場合)",
    "ko": r"(?:가능성|검토|수도 있|경우)",
    "zh": r"(?:可能|或将|或|考虑|如果)",
    "fr": r"\b(?:pourrai\w+|si |envisag\w+|éventuel\w*)\b",
    "es": r"\b(?:podría\w*|si |considera\w*|posible\w*|eventual\w*)\b",
    "pt": r"(?:^|, )se |\b(?:poderia\w*|pode\b|considera\w*|possíve\w*)\b",
    "de": r"\b(?:könnte\w*|falls|wenn|erwäg\w+|möglich\w*)\b",
    "ru": r"\b(?:может|могут|если|возможн\w+|рассматрива\w+)\b",
    "ar": r"(?:قد |ربما|إذا|يدرس|احتمال)",
}
_OTHER_ONGOING = {
    "ja": r"(?:ている|続け|継続|中$)", "ko": r"(?:고 있|계속|진행 중)", "zh": r"(?:正在|持续|继续|仍在)",
    "fr": r"\b(?:en cours|se poursui\w+|continu\w+)\b", "es": r"\b(?:en curso|contin\w+|sigue\w*|está\w* \w+ndo)\b",
    "pt": r"\b(?:em curso|contin\w+|está\w* (?:a \w+r|\w+ndo))\b", "de": r"\b(?:dauer\w+ an|derzeit|läuft|laufen|weiterhin)\b",
    "ru": r"\b(?:продолжа\w+|идут|идет|идёт|сейчас)\b", "ar": r"(?:يواصل|تواصل|مستمر|جارية|تستمر)",
}  # fmt: skip


_NEXT_CLAUSE = {
    "fr": r"[;,:]\s|\b(?:si|s['’]ils?|qui|que|pour|afin|avant|dont|alors)\b",
    "es": r"[;,:]\s|\b(?:si|que|para|antes|cuando|mientras|cuy[ao]s?)\b",
    "pt": r"[;,:]\s|\b(?:se|que|para|antes|quando|enquanto|cuj[ao]s?)\b",
    "de": r"[;,:]\s|\b(?:um|vor)\b",
    "ru": r"[;,:]\s",
}
"""Where what follows the event's word is no longer of its clause: "signed an accord | that will allow more flights"."""

VERB_LAST = frozenset({"ja", "ko"})
"""Languages that tell the tense behind the event's word; before it stand clauses of their own."""


def own_clause(text: str, start: int, end: int, language: str) -> str:
    """The part of a sentence whose tense is that of the event told by text[start:end]."""
    if language in VERB_LAST:
        return text[start:]
    pattern = _NEXT_CLAUSE.get(language)
    following = re.compile(pattern, re.IGNORECASE).search(text, end) if pattern else None
    return text[: following.start()] if following else text


def tense_in(text: str, language: str) -> Tense:
    """The tense of a sentence or clause in one of the nine other languages, by its words."""
    for tense, table in (("hypothetical", _OTHER_HYPOTHETICAL), ("future", _OTHER_FUTURE), ("ongoing", _OTHER_ONGOING)):
        pattern = table.get(language)
        if pattern and re.search(pattern, text, re.IGNORECASE):
            return tense  # type: ignore[return-value]
    return "past"


def negated_in(text: str, start: int, end: int, language: str) -> bool:
    """Whether the trigger is negated in one of the nine other languages."""
    pattern = _OTHER_NOT.get(language)
    if pattern is None:
        return False
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    return any(
        re.search(part, after if part.startswith("^") else before, re.IGNORECASE) for part in pattern.split("|^", 1)[:1]
    ) or ("|^" in pattern and re.search("^" + pattern.split("|^", 1)[1], after, re.IGNORECASE) is not None)
