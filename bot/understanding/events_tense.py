"""When an event falls and whether it happened at all, from the words around its trigger."""
# ruff: noqa: E501 - tables of patterns read best by line

import re

from bot.model import Tense

_REACH = 90
"""Code points before the trigger in which its auxiliaries stand, about fifteen words."""

_AFTER = 70
_CLAUSE = re.compile(
    r"[;:.!?]\s|,\s(?!(?:however|too|also)\b)|\s[–—-]\s|\b(?:after|before|while|who|which|because|despite|although|but|amid|following)\b",
    re.IGNORECASE,
)
_SAID = r"said|says|told|announced|added|promised|vowed|pledged|insisted|confirmed|hinted|predicted|warned"

_HYPOTHETICAL = re.compile(
    r"\b(?:could|(?-i:may|MAY)|might|if|unless|in the event (?:of|that)|one day|proposed that|whether|perhaps|possibl[ey]|potential(?:ly)?|hypothetical|should|would\s+(?:have|only|like)|"
    r"consider(?:s|ed|ing)?|mull(?:s|ed|ing)?|weigh(?:s|ed|ing)?|ponder(?:s|ed|ing)?|eyes?|floats?|floated|"
    r"prospects? of|chances? of|threat of|risk of|fears? of|idea of|possibility of|option of|scenario|in case of)\b",
    re.IGNORECASE,
)
_IF_AFTER = re.compile(r"^[^.;]{0,60}\b(?:if|unless|should it|were it)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would(?!-be)|['’]d)\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"^\W*(?:were|should|had)\s+(?:the\s+)?[A-Z]|\b(?-i:should)\s+(?:the\s+)?[A-Z]\w+(?:\s\w+)?\s+(?!be\b)[a-z]+|\bshould\s+\w+\s+fall\b|"
    r"^\W*perhaps\b|\bin the event (?:of|that)\b|^\W*(?:any|another)\s[^,;]{3,60}\bwould\b|\b(?:it is|it['’]s|high) time\b[^.;]{0,40}\b\w+ed\b",
    re.IGNORECASE,
)
"""Sentences that tell what is not so: "Were Beijing to invade", "should Serbia recognise", "it is time France apologised"."""

_PASSIVE_PAST = re.compile(r"\b(?:was|were|had been)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_UNDER_WAY = re.compile(
    r"\b(?:is|are|['’]re|has|have)\s+(?:(?:\w+ly|still|now|again|also|since \w+|been|once more|for now)[\s,]+){0,3}(?:being\s+\w+ed|(?!according|including|during|following|going)[a-z]{2,}ing)\b|"
    r"\b(?:remains?|stays?)\s+(?:locked|under|in|at|shut|closed)\b|\b(?:continues?|keeps?)\s+(?:to\s+\w+|\w+ing|on)\b|"
    r"\bin session\b|\bnow in its\b|\bis,? for now,?\b|\b(?:is|are) (?:under way|underway)\b",
    re.IGNORECASE,
)
"""What goes on as the sentence is written, said by its main clause."""

_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_WEEKDAYS = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_DATED = re.compile(
    rf"\b(?:on (?:{_WEEKDAYS}|\d{{1,2}} {_MONTHS}|{_MONTHS} \d{{1,2}})|in {_MONTHS}|as of (?:\d{{1,2}} )?{_MONTHS}|from (?:\d{{1,2}} )?{_MONTHS})\b",
    re.IGNORECASE,
)
"""A day that makes a verb in the present speak of what is to come: "visits Mongolia in July"."""

_DATED_FIRST = re.compile(
    rf"^\W*(?:from|by|starting|as of) (?:next |\d{{1,2}} )?(?:{_MONTHS}|{_WEEKDAYS}|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)

_PRESENT = re.compile(r"^(?:[a-z]+(?<!s)s|resume|begin|start|meet|open|visit)\b")
_PRESENT_BEFORE = re.compile(
    r"\b(?:heads|holds|hosts|starts|begins|opens|takes|sends|flies|travels)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“][^\"”]{0,300}[\"”]")
_LEADING = re.compile(
    r"^\W*(?:even\s+)?(?:as|while|when|after|before|since|amid|although|though|if|hours after|days after)\b[^,]{3,120},",
    re.IGNORECASE,
)
_HANGING = re.compile(r",?\s\b(?:as|while|after|before|when|because|although|who|which|that)\b", re.IGNORECASE)

_FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|(?:is|are|be|was|were)?\s*(?:set|due|expected|scheduled|slated|poised|likely|ready|about|bound)\s+(?:to|for)|"
    r"(?:is|are)\s+to|going\s+to|plan(?:s|ned|ning)?(?:\s+(?:to|for|a|an|on))?|intend(?:s|ed)?\s+to|hope[sd]?\s+to|prepar(?:es?|ing)\s+(?:to|for)|"
    r"agree[sd]?\s+to|vow(?:s|ed)?\s+to|pledge[sd]?\s+to|promise[sd]?\s+to|want(?:s|ed)?\s+to|decide[sd]?\s+to|offer(?:s|ed)?\s+to|"
    r"upcoming|forthcoming|future|ahead\s+of|scheduled|proposed|on\s+the\s+eve\s+of|in\s+the\s+run-up\s+to|looming|eve\s+of)\b"
    r"|['’]ll\b",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:^|[\s])to\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_PAST = re.compile(
    r"\b(?:met|gathered|began|started|continue[sd]?|managed|helped|used|forced|flew|went|came|returned|moved)\b[^,;]{0,30}\bto\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:tomorrow|next (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|later this (?:week|month|year)|"
    r"in the coming (?:days|weeks|months)|(?:is|are) (?:planned|scheduled|expected|due)|will (?:take place|be held|begin|start|open|resume))\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"\b(?:(?:is|are|['’]s|['’]re|has been|have been)\s+(?:\w+ly\s+|still\s+|now\s+|again\s+|also\s+)*(?:\w+ing\s+(?:\w+\s+){0,2})?|"
    r"continue[sd]?(?:\s+to|\s+\w+ing)?\s*|keeps?\s+(?:on\s+)?|still\s+|currently\s+|ongoing\s+|in the midst of\s+|on day \w+ of\s+|"
    r"(?:is|are) in\s+(?:\w+\s+){0,3}|entered (?:its|their|a|the) \w+ (?:day|week|month|year) of\s+)(?:the\s+|a\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
_ONGOING_AFTER = re.compile(
    r"^\s*(?:\w+\s+){0,5}?(?:(?:is|are|remains?) (?:under ?way|ongoing|in progress|continuing|still)|continue[sd]?\b|under ?way|"
    r"entered (?:its|their|a|the) \w+ (?:day|week|month|year)|for (?:a|the) \w+ (?:straight|consecutive) (?:day|week|month))",
    re.IGNORECASE,
)
_BE_BEFORE = re.compile(
    r"\b(?:is|are|['’]s|['’]re|has been|have been|am)\s+(?:\w+ly\s+|still\s+|now\s+|again\s+|also\s+|not\s+){0,2}$",
    re.IGNORECASE,
)

_NOT = re.compile(
    r"(?:\b(?:not|never|no|none|nor|neither|without|cannot|nobody|no one|nothing)\b|n['’]t\b|"
    r"\b(?:fail(?:s|ed|ing|ure)?|refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing)|unable|unwilling|stopped short|ruled out|rules? out|"
    r"den(?:y|ies|ied)|cancel(?:s|led|ed|ling)?|call(?:s|ed)? off|scrap(?:s|ped)?|postpone[sd]?|reject(?:s|ed)?|abandon(?:s|ed)?|avoid(?:s|ed)?|"
    r"halt(?:s|ed)?|block(?:s|ed)?|lack of|absence of|far from)\b)"
    r"(?P<between>(?:\s+['’\w-]+){0,6}\s*)$",
    re.IGNORECASE,
)
_NOT_REALLY = re.compile(
    r"\b(?:not|n['’]t|never)\s+(?:hesitate|stops?|ceases?|tires? of|fails? to)\b|\bn['’]t\s+be\s+accused\b|\blos(?:t|es|ing) no time\b|\bwasted no time\b",
    re.IGNORECASE,
)
"""Negations that affirm."""

_UNDONE = re.compile(
    r"\b(?:has|have|had)\s+yet\s+to\b|\bnot one\b|\bnone of\b|\bnobody\b|\bno one\b|\brefrain(?:s|ed)?\s+from\b|\bstopp?(?:s|ed) short of\b|"
    r"\bhas no plans?\b|\bhave no plans?\b|\bno plans? to\b|\bnothing\b(?! but)|\bin the end did not\b|\bfail(?:s|ed)? to agree\b|\bdid not, as\b|"
    r"\b(?:was|were) not \w+ed\b|\b(?:is|are|was|were) not going to\b|\bno \w+ (?:was|were) (?:held|made|signed|reached|sent|fired|given)\b",
    re.IGNORECASE,
)
"""What the main clause says was not done, wherever its trigger stands."""

_NOT_ONLY = re.compile(r"\b(?:not only|no longer than|no less|not just|nothing but|no doubt)\b", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"^(?:\s+['’\w-]+){0,5}?\s+(?:(?:do|does|did|have|has|had|is|are|was|were|will|would|could)\s+(?:not|never)\b|(?:did|was|were|has|have|will|would|does|is|are|wo)n['’]t\b|"
    r"(?:was|were|has been|have been|is|are|been)\s+(?:cancell?ed|called off|scrapped|postponed|ruled out|rejected|denied|abandoned|averted|blocked)|"
    r"fail(?:ed|s)?\s+to|never\b|fell through|collapsed before)",
    re.IGNORECASE,
)

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
    "fr": r"\b(?:va|vont|doit|doivent|devrait|prévu\w*|prochain\w*|\w+(?:era|eront|ira|iront|dra|dront))\b",
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
    "pt": r"\b(?:poderia\w*|pode\b|se |considera\w*|possíve\w*)\b",
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


def clause_before(text: str, start: int) -> str:
    """The words of the trigger's clause that stand before it."""
    before = text[max(0, start - _REACH) : start]
    cut = 0
    for match in _CLAUSE.finditer(before):
        cut = match.end()
    return before[cut:]


def clause_after(text: str, end: int) -> str:
    """The words of the clause after the trigger."""
    after = text[end : end + _AFTER]
    stop = _CLAUSE.search(after)
    return after[: stop.start()] if stop else after


def tense_of(text: str, start: int, end: int) -> Tense:
    """The tense of the event whose trigger is text[start:end], in English. Headline present is past: it is done."""
    before, after, word = clause_before(text, start), clause_after(text, end), text[start:end]
    if _UNREAL.search(text):
        return "hypothetical"
    if _PASSIVE_PAST.search(before) and not _HYPOTHETICAL.search(before):
        return "past"
    if _HYPOTHETICAL.search(before) or (_IF_AFTER.search(text[end : end + _AFTER]) and _WOULD.search(before)):
        return "hypothetical"
    if _WOULD.search(before):
        said = re.search(rf"\b(?:{_SAID})\b", text[max(0, start - _REACH) : start], re.IGNORECASE)
        return "future" if said else "hypothetical"
    soon = _SOON.search(after) or _SOON.search(text[max(0, start - _REACH) : start])
    progressive = word.lower().split()[0].endswith("ing") and _BE_BEFORE.search(before)
    if _FUTURE.search(before) or (soon and not _is_past(word)):
        return "future"
    if _TO.search(before) and not _TO_PAST.search(before):
        return "future"
    if (
        progressive
        or (_ONGOING.search(before) and not _is_past(word))
        or _ONGOING_AFTER.search(text[end : end + _AFTER])
    ):
        return "future" if soon else "ongoing"
    return _by_main_clause(text, start, end)


def _by_main_clause(text: str, start: int, end: int) -> Tense:
    """Where the words around the trigger are silent: a main verb that is under way, or in the present with a day."""
    main = _main_clause(text)
    present = _PRESENT.search(text[start:end]) or _PRESENT_BEFORE.search(text[max(0, start - 12) : start])
    dated = _DATED.search(text[end : end + _AFTER])
    if _UNDER_WAY.search(main) and not _is_past(text[start:end]):
        return "future" if dated else "ongoing"
    if present and (dated or _DATED_FIRST.search(text)):
        return "future"
    return "past"


def _main_clause(text: str) -> str:
    """The sentence without its quotations, a leading subordinate clause, and what hangs on it behind."""
    plain = _QUOTED.sub(" ", text)
    lead = _LEADING.match(plain)
    plain = plain[lead.end() :] if lead else plain
    hanging = _HANGING.search(plain)
    return plain[: hanging.start()] if hanging else plain


def _is_past(word: str) -> bool:
    first = word.lower().split()[0]
    return first.endswith("ed") or first in {"met", "held", "withdrew", "shot", "fought", "struck", "sent", "said"}


def negated(text: str, start: int, end: int) -> bool:
    """Whether the text says that the event of this trigger did not, does not or will not happen. English."""
    if _NOT_REALLY.search(text):
        return False
    if _UNDONE.search(_main_clause(text)):
        return True
    before = clause_before(text, start)
    match = _NOT.search(before)
    if match and not _NOT_ONLY.search(before):
        return not re.search(r"\b(?:that|to\s+stop|until)\b", match["between"])
    return _NOT_AFTER.search(clause_after(text, end)) is not None


def tense_in(text: str, language: str) -> Tense:
    """The tense of a sentence in one of the nine other languages, by its words."""
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
