"""Whether the clause around a date tells what was or what will be: the nearest verb decides."""

import re

from bot.understanding.dates_calendar import Direction

_REACH = 160
"""Code points looked at on either side: the verb of a date stands within about a line and a half."""

_FUTURE = (
    r"will|won['’]t|shall|['’]ll|going to|(?:is|are|was|were|be) (?:set|due|expected|scheduled|planned|likely|slated|"
    r"poised|about|to)(?: to)?|plans?|intends?|upcoming|scheduled|planned|slated|due|set (?:to|for)|ahead of|"
    r"hopes? to|vows? to|"
    r"(?<!according )(?<!due )to (?!the\b|a\b|an\b|its\b|his\b|her\b|their\b|be\b|reporters\b)[a-z]{2,}|"
    r"can|could|may|might|must|should|would|begins|starts|opens|takes place|meets|visits|travels|arrives|expires?|"
    r"lapses?|runs? out|ends|resumes?|convenes?|chairs|hosts|receives|concludes|addresses|returns|pencilled in|"
    r"takes (?:effect|office|over|up)|goes|flies|leaves|departs|heads|gathers?|votes|reconvenes?|kicks off|lands|comes|"
    r"sits down|reopens?|meet|open|begin|start|return|depart|convene|vote|go|fly|leave"
)
_PAST = (
    r"said|told|was|were|had|did|has|have|been|met|held|went|came|took|made|began|left|gave|spoke|saw|won|lost|fell|"
    r"rose|struck|hit|shot|sent|brought|sought|put|set off|paid|wrote|flew|drove|broke|led|kept|found|became|got|says|"
    r"[a-z]{2,}(?:ated|ised|ized|[^aeiou]ed|[iu]ed|ned|red|led|ked|ted|ded|sed|ged|ced|ved|med|ped|ried)"
)
_CUE = re.compile(rf"(?<![\w'’])(?:(?P<future>(?:{_FUTURE})(?!\w))|(?P<past>(?:{_PAST})(?!\w)))")
_STOP = re.compile(r"[.!?;]\s|\n")
_COMMA_BEFORE = re.compile(r"(?:^|[,;:.—–-])\s*(?:[Oo]n|[Ii]n|[Bb]y|[Ff]rom|[Ll]ate|[Ee]arly)?\s*$")

_OTHER_FUTURE = re.compile(
    r"予定|見通し|見込み|開かれる|方針|へ$|[^いた]る。|将(?!军)|拟|计划|预计|即将|將|計劃|예정|계획|"
    r"것으로 (?:보인다|예상)|"
    r"\b(?:sera|seront|aura|auront|doit|doivent|devrait|devraient|va|vont|prévue?s?|\w+ront|\w+ra)\b|"
    r"\b(?:será|serán|se reunirá|visitará|viajará|va a|van a|prevé|previsto|prevista|\w+rá|\w+rán)\b|"
    r"\b(?:wird|werden|soll|sollen|will|geplant|kommende[nrm]?|nächste[nrm]?|"
    r"(?:trifft|treffen) sich|trifft|reist|reisen|beginnt|beginnen|empfängt|tagt|tagen|besucht|findet|finden)\b|"
    r"\b(?:vai|vão|deve|devem|\w+rão)\b|"
    r"(?:состоится|состоятся|будет|будут|планирует|намерен|пройдет|пройдёт|прибудет|прибудут|посетят|посетит|встретятся|"
    r"встретится|проведет|проведёт|проведут|пройдут|приедет|приедут|начн[её]тся|начнутся|подпишет|подпишут|обсудит|обсудят)|"
    r"(?:سوف|من المقرر|من المتوقع|سي\w+|ست\w+)"
)


def direction(text: str, start: int, end: int, language: str) -> Direction:
    """What the clause around text[start:end] tells; "unknown" where no verb is found."""
    before = _after_last_stop(text[max(0, start - _REACH) : start])
    after = text[end : end + _REACH]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    if language not in {"en", "und", ""}:
        return _other(before, after)
    # "On Friday, ministers will ..." and "..., on Friday he said": the verb follows
    opens = _COMMA_BEFORE.search(before) is not None
    cue = _CUE.search(after) or _last_cue(before) if opens else _last_cue(before) or _CUE.search(after)
    if cue is None:
        return "unknown"
    return "future" if cue.lastgroup == "future" else "past"


def _last_cue(before: str) -> re.Match[str] | None:
    last = None
    for last in _CUE.finditer(before):  # noqa: B007 - what is left of the loop is its last
        pass
    return last


def _other(before: str, after: str) -> Direction:
    return "future" if _OTHER_FUTURE.search(before + " " + after) else "past"


def _after_last_stop(before: str) -> str:
    last = 0
    for match in _STOP.finditer(before):
        if not re.search(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Sen|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec)$", before[: match.start()]):
            last = match.end()
    return before[last:]
