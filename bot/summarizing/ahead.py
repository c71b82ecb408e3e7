"""What is still to come, in other languages than English: "tritt in Kraft", "entrará", "с 10 ноября", "来年4月に発効".

What will be, from when and for how long is what readers of an agreement ask for next. The English ranker learned it
from its articles (the feature `future`); here it is words and endings, no grammar.
"""

import re

_AHEAD = {
    "de": r"\b(?:soll|sollen|wird|werden|künftig|dürfen|geplant|vorgesehen|plant|planen|beginnt|beginnen)\b|in Kraft"
    r"|\bab (?:dem )?\d|\bvom \d|\bbis (?:Ende|zum|20)|\b(?:kommende|nächste)[nrsm]?\b",
    "fr": r"\b\w{3,}(?:era|eront|ira|iront|dra|dront|vra|vront|ura|uront)\b|\b(?:sera|seront|doit|doivent|prévoit)\b"
    r"|à partir d|en vigueur|d['’]ici\b|\bprochaine?s?\b",
    "es": r"\b\w{2,}(?:ará|erá|irá|arán|erán|irán|drá|drán|brá|brán)\b|a partir d|en vigor|\bprevé|\bprevist|\bpróxim",
    "pt": r"\b\w{2,}(?:ará|erá|irá|arão|erão|irão|trá)\b|a partir d|em vigor|\bprevê|\bprevist|\bpróxim",
    "ru": r"\b(?:будет|будут|смо[гж]\w+|начн[её]\w+|начнут\w*|вступ(?:ит|ят|ает)\w*|планиру\w+|предусм\w+|составит|"
    r"намечен\w*|получит|получат|появится|откро\w+|построят|будущ\w+|следующ\w+)\b"
    r"|\bдо (?:конца|20\d\d)|\bс \d{1,2} [а-я]",
    "ar": r"(?:^|\s)و?س[يتن]\w{2,}|المقرر|المقبل|القادم|ابتداء|يبدأ|تبدأ|بحلول|المتوقع|يدخل|تدخل|حتى نهاية",
    "ja": "予定|見通し|目指|めざ|発効|始ま|始め|方針|計画|来年|来月|来週|今後",
    "zh": "将|计划|预计|生效|明年|下月|下周|年内|今后|起[，。]|拟",
    "ko": "예정|계획|내년|다음 ?달|다음 ?주|발효|시작|하기로|전망|목표|앞으로",
}
_PATTERNS = {language: re.compile(pattern) for language, pattern in _AHEAD.items()}


def looks_ahead(text: str, language: str) -> bool:
    """Whether `text` tells what is to come; False for a language that is not known here."""
    pattern = _PATTERNS.get(language)
    return pattern is not None and pattern.search(text) is not None
