"""The tables behind the check of translations: numbers, units, negation and titles in ten languages. Written for it."""

# ruff: noqa: E501, SIM905 - tables of words read best by line

import re

WIDE_SCALES = {
    "十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
    "백": 1e2, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12,
}  # fmt: skip
SCALE_VALUES = {
    "thousand": 1e3,
    "thousands2": 2e3,
    "million": 1e6,
    "millions2": 2e6,
    "billion": 1e9,
    "trillion": 1e12,
    "hundred": 1e2,
}
"""By the names of the groups below; `2`: the Arabic dual."""


def _scales(**words: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{words.get(name) or '(?!)'})" for name in SCALE_VALUES)
    return re.compile(rf"[\s-]{{0,2}}(?:{groups})(?!\w)", re.IGNORECASE)


SCALES = {
    "en": _scales(hundred="hundred", thousand="thousand|k", million="million|mn|m", billion="billion|bn", trillion="trillion|tn"),
    "fr": _scales(hundred="cents?", thousand="mille", million="millions?", billion="milliards?", trillion="billions?"),
    "de": _scales(hundred="hundert", thousand="tausend", million="Millionen|Million|Mio\\.?", billion="Milliarden|Milliarde|Mrd\\.?", trillion="Billionen|Billion"),
    "es": _scales(thousand="mil", million="millones|millón", trillion="billones|billón"),
    "pt": _scales(thousand="mil", million="milhões|milhão", billion="bilhões|bilhão|mil milhões", trillion="trilhões|trilhão|biliões|bilião"),
    "ru": _scales(thousand="тысяч[аиу]?|тыс\\.?", million="миллион(?:а|ов)?|млн\\.?", billion="миллиард(?:а|ов)?|млрд\\.?", trillion="триллион(?:а|ов)?|трлн\\.?"),
    "ar": _scales(thousand="ألفا?|آلاف|الف", thousands2="ألفا?ن|ألفين|ألفي", million="مليونا?|ملايين", millions2="مليونان|مليونين|مليوني", billion="مليارا?|مليارات", trillion="تريليونا?|تريليونات"),
}  # fmt: skip
BARE_SCALES = {
    "en": re.compile(r"(?<=\ba )million\b|(?<=\ba )billion\b"),
    "fr": re.compile(r"(?<=\bun )million\b|(?<=\bun )milliard\b"),
    "de": re.compile(r"(?<=\beine )(?:Million|Milliarde)\b"),
    "es": re.compile(r"(?<=\bun )millón\b"),
    "pt": re.compile(r"(?<=\bum )(?:milhão|bilhão)\b"),
    "ru": re.compile(r"(?<![\d\s] )\b(?:миллион|миллиард)\b"),
    "ar": re.compile(r"(?<!\w)(?:مليونان|مليونين|مليوني|ألفان|ألفين|ألفي|مليون|مليار)(?!\w)"),
}
"""A million, a milliard: said without a number."""

_TENS = (20, 30, 40, 50, 60, 70, 80, 90)
_SMALL: dict[str, str] = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "fr": "- deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "- dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "pt": "- dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze",
    "de": "- zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn",
}
_ROUND: dict[str, str] = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
}
_MORE: dict[str, dict[str, float]] = {
    "en": {"both": 2, "dozen": 12, "twice": 2},
    "fr": {"douzaine": 12, "dizaine": 10},
    "es": {"docena": 12, "ambos": 2, "ambas": 2},
    "pt": {"duas": 2, "dúzia": 12, "ambos": 2, "ambas": 2},
    "de": {"beide": 2, "beiden": 2, "beider": 2, "dutzend": 12},
    "ru": {
        "два": 2, "две": 2, "двух": 2, "двумя": 2, "оба": 2, "обе": 2, "обеих": 2, "три": 3, "трех": 3, "трёх": 3,
        "тремя": 3, "четыре": 4, "четырех": 4, "четырёх": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7,
        "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "двенадцать": 12,
        "пятнадцать": 15, "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40,
        "пятьдесят": 50, "сто": 100,
    },
    "ar": {
        "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7,
        "ثمانية": 8, "ثماني": 8, "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30,
        "ثلاثون": 30, "أربعين": 40, "أربعون": 40, "خمسين": 50, "خمسون": 50, "مئة": 100, "مائة": 100, "مئتي": 200,
    },
}  # fmt: skip
_KOREAN = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "양": 2}


def _number_words() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for language in ("en", "fr", "es", "pt", "de", "ru", "ar"):
        small = {w: float(n) for n, w in enumerate(_SMALL.get(language, "").split(), 1) if w != "-"}
        tens = dict(zip(_ROUND.get(language, "").split(), map(float, _TENS), strict=False))
        found[language] = small | tens | _MORE.get(language, {})
        for ten, more in tens.items():
            joined = {f"{ten}-{w}": more + n for w, n in small.items() if n < 10} if language in {"en", "fr"} else {}
            found[language] |= joined
    found["ko"] = {"보름": 15.0, "열흘": 10.0, "닷새": 5.0, "나흘": 4.0, "사흘": 3.0, "이틀": 2.0} | {
        word: float(value) for word, value in _KOREAN.items()
    }
    return found


_VALUES = _number_words()
_KOREAN_COUNTED = r"(?=\s?(?:명|개|나라|국|차례|곳|번|배|달|시간|가지|정상|장관|척|대|발|건|살))"
NUMBER_WORDS = {
    language: re.compile(
        rf"(?<![\w-])(?:{'|'.join(sorted(words, key=len, reverse=True))})"
        + (rf"(?:(?<=[보열닷나사이][름흘새틀])|{_KOREAN_COUNTED})" if language == "ko" else r"(?![\w-])"),
        re.IGNORECASE,
    )
    for language, words in _VALUES.items()
}


def number_word(written: str, language: str) -> float:
    """The value of a word that `NUMBER_WORDS` found."""
    return _VALUES[language][written.lower()]


def _fractions(**words: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    values = {"two_thirds": 2 / 3, "third": 1 / 3, "three_quarters": 0.75, "quarter": 0.25, "half": 0.5}
    return tuple(
        (re.compile(rf"(?<!\w)(?:{words[name]})(?!\w)", re.IGNORECASE), values[name])
        for name in values
        if name in words
    )


FRACTIONS = {
    "en": _fractions(
        two_thirds="two[ -]thirds",
        third="(?:a|one)[ -]third",
        three_quarters="three[ -]quarters",
        quarter="(?:a|one)[ -]quarter",
        half="half",
    ),
    "fr": _fractions(
        two_thirds="deux tiers",
        third="un tiers|le tiers",
        three_quarters="trois quarts",
        quarter="un quart|le quart",
        half="moitié",
    ),
    "es": _fractions(
        two_thirds="dos tercios|dos terceras partes",
        third="un tercio|tercera parte",
        three_quarters="tres cuartos|tres cuartas partes",
        quarter="un cuarto|cuarta parte",
        half="mitad",
    ),
    "pt": _fractions(
        two_thirds="dois terços", third="um terço", three_quarters="três quartos", quarter="um quarto", half="metade"
    ),
    "de": _fractions(
        two_thirds="zwei Drittel",
        third="ein(?:em)? Drittel",
        three_quarters="drei Viertel",
        quarter="ein(?:em)? Viertel",
        half="Hälfte|halb\\w*",
    ),
    "ru": _fractions(
        two_thirds="две трети|двух третей",
        third="треть",
        three_quarters="три четверти",
        quarter="четверть",
        half="половин\\w+",
    ),
    "ar": _fractions(two_thirds="ثلثي|ثلثا|ثلثين", third="ثلث", half="نصف", quarter="ربع"),
    "ja": ((re.compile("半数|半分|半額"), 0.5),),
    "zh": ((re.compile("一半|半数"), 0.5),),
    "ko": ((re.compile("절반"), 0.5),),
}

SIGNS = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₩": "won",
    "₽": "rouble",
    "usd": "dollar",
    "eur": "euro",
    "百分之": "percent",
}
SIGN_BEFORE = re.compile(r"([$€£¥₩₽]|usd|eur|百分之)\s?$", re.IGNORECASE)
_OF = r"\s{0,2}(?:de |d['’]|of |-)?(?:US[- ]|u\.s\. |américains? |estadounidenses? )?"


def _unit(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_OF}(?:{words})", re.IGNORECASE)


UNITS = {
    "percent": _unit(
        r"%|٪|per ?cent|pct|pour ?cents?|por ?cento|por ?ciento|prozent|процент|パーセント|퍼센트|في المئة|في المائة|بالمئة|بالمائة|个百分点|ポイント"
    ),
    "dollar": _unit(r"dollar|dólar|долл|американских долл|دولار|ドル|米ドル|달러|美元|usd|\$"),
    "euro": _unit(r"euro|евро|يورو|ユーロ|유로|欧元|歐元|eur\b|€"),
    "yen": _unit(r"yens?\b|ienes?\b|йен|иен|ين(?!\w)|円|엔|日元|日圆"),
    "yuan": _unit(r"yuan|юан|يوان|元(?!首)|人民币|人民元|위안|renminbi|rmb"),
    "pound": _unit(
        r"pounds? sterling|pounds?\b|livres? sterling|libras? esterlinas|pfund|фунт|جنيه|ポンド|파운드|英镑|£"
    ),
    "rouble": _unit(r"rou?bl|rubel|rublos?\b|рубл|روبل|ルーブル|루블|卢布"),
    "won": _unit(r"won\b|вон\b|ウォン|원(?=[^가-힣]|[을의이에은과로으규]|$)|韩元|وون"),
    "rupee": _unit(r"rupee|roupie|rupia|rupie|рупи|روبية|ルピー|루피|卢比"),
    "hour": _unit(r"hours?\b|heures?\b|horas?\b|stunden?\b|час(?!т)|ساع|時間|小时|小時|시간"),
    "day": _unit(r"days?\b|jours?\b|d[ií]as?\b|tage?n?\b|дня|дней|день|сут|يوم|أيام|日間|日间|일간|일 |天(?!然)"),
    "week": _unit(
        r"weeks?\b|semaines?\b|semanas?\b|wochen?\b|недел|أسبوع|أسابيع|週間|周(?!年|边)|주(?!민|요|장|년|한|재|도)"
    ),
    "month": _unit(r"months?\b|mois\b|mes(?:es)?\b|monate?n?\b|месяц|شهر|أشهر|[かカヶケ]月|个月|個月|개월"),
    "year": _unit(
        r"years?\b|ans?\b|années?\b|años?\b|anos?\b|jahre?n?\b|год|лет\b|سنة|سنوات|عام|أعوام|年間|年(?!代|度)|년간?"
    ),
    "km": _unit(r"km\b|kilom|quilóm|kilóm|километр|км\b|كيلومتر|キロメートル|キロ(?!グラム)|公里|킬로미터|千米"),
    "mile": _unit(r"miles?\b|milles?\b|millas?\b|milhas?\b|meilen?\b|мил[ьи]|ميل|マイル|英里|마일|海里"),
    "tonne": _unit(r"tons?\b|tonnes?\b|toneladas?\b|tonnen?\b|тонн|طن|トン|吨|噸|톤"),
    "barrel": _unit(r"barrels?\b|barils?\b|barril|barris|fass\b|баррел|برميل|バレル|桶|배럴"),
}
COUNTER = re.compile(
    r"\s?(?:人|名|个|個|カ国|か国|ヶ国|国(?!会|連|際|务|家)|日間|か月|カ月|ヶ月|年|円|元|回|件|項|项|度(?!と)|隻|艘|枚|位|方|架|辆|席|条(?!件)|次|天|岁|歳|基|台|社|州|省|市|県)"
)
NO_NUMBER = re.compile(
    r"一方|一部|一般|一致|一定|一层|一起|一切|一个中国|一貫|一時|一律|万一|十分|百姓|千葉|三菱|一带一路|一帯一路|一国两制|一番|一環|唯一|统一|進一|进一步|第一时间|一直|一旦|一行"
)

NOT: dict[str, re.Pattern[str]] = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        "en": r"\b(?:not(?! only)|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b",
        "fr": r"\b(?:ne|aucune?|jamais|sans|ni|rien)\b|\bn['’](?=\w)|\bpas\b",
        "es": r"\b(?:no(?! sólo| solo)|nunca|jamás|ninguna?|ningún|sin|ni|nadie|tampoco)\b",
        "pt": r"\b(?:não(?! só| apenas)|nunca|jamais|nenhuma?|sem|nem|ninguém|tampouco)\b",
        "de": r"\b(?:nicht(?! nur)|kein\w*|nie|niemals|ohne|weder|niemand|nichts)\b",
        "ru": r"(?<!\w)(?:не(?! только)|нет|ни|никогда|без|никто|ничего|нельзя)(?!\w)",
        "ar": r"(?<!\w)[وف]?(?:لم|لن|لا|ليس|ليست|دون|بدون|عدم)(?!\w)",
        "zh": r"不(?!断|斷|仅|僅|但|久|同|少|过|過|止)|没|沒|未(?!来|來)|无(?![锡息人线偿核数限疑论条])|無|勿",
        "ja": r"ない|なかった|ません|(?:[あかさたなわがざばえけせてねめれげぜべい])ず(?=[、。に]|$)|せず|ぬ(?=[。、])|未(?!来|明|満)|不(?!動産)|無(?!償|事|人機)",
        "ko": r"않|못하|못한|못했|없(?!애)|아니(?!라)|말라|불가",
    }.items()
}  # fmt: skip
NOT_REALLY: dict[str, re.Pattern[str]] = {
    "ja": re.compile(
        r"なければならな[いか]っ?た?|なくてはならない|ざるを得ない|かねない|に違いない|だけでなく|のみならず|少なくとも|間もなく|まもなく|ではないか|しかない"
    ),
    "ko": re.compile(r"뿐만? 아니라|적지 않|지 않으면 안|에 불과|수밖에 없"),
    "zh": re.compile(r"不得不|不可不|无不|無不"),
    "fr": re.compile(r"\bsans (?:intérêts?|précédent|équipage)\b|\bne\b(?=(?:\W+\w+){1,3}\W+que\b)"),
    "es": re.compile(r"\bsin (?:inter[eé]s|intereses|precedentes|tripulación)\b", re.IGNORECASE),
    "pt": re.compile(r"\bsem (?:juros|precedentes|tripulação)\b", re.IGNORECASE),
    "de": re.compile(r"\bohne (?:zinsen|beispiel)\b", re.IGNORECASE),
    "en": re.compile(r"\bwithout interest\b|\bno (?:later|less|fewer|more) than\b|\bno longer\b(?!)"),
}
"""What looks like a denial and is none: obligations, "not only", "no fewer than"."""
DENYING: dict[str, re.Pattern[str]] = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        "en": r"\b(?:refus|reject|den(?:y|ie|ial)|fail|lack|unable|impossib|declin|oppos|against\b|un(?!der|it|ion|til|iv|i)\w{4}|in(?:valid|complet|suffic)|dis(?:agre|miss|approv|put)|prevent|ban(?:s|ned)?\b|halt|stop|cancel|withdr|rul(?:e|ed|es|ing) out|yet to|absen|refrain|avoid|less\b|contest|free\b|waiv)",
        "fr": r"\b(?:refus|rejet|démen|ni(?:er|é|e)|échou|manqu|incapab|impossib|oppos|contre|interdi|empêch|annul|désac|exclu|suspen|défaut|absen|contest)",
        "es": r"\b(?:rechaz|neg[aóo]|nieg|fall|fracas|falta|incapa|imposib|opon|opus|contra|prohíb|prohib|impid|imped|cancel|descart|suspend|desm[ie]nt|ausen)",
        "pt": r"\b(?:recus|rejeit|neg[aoo]|desment|falh|fracass|falta|incapa|impossí|op[õôo]|contra|proib|imped|cancel|descart|suspend|ausên)",
        "de": r"(?:\blehn|ablehn|abgelehn|weiger|bestreit|bestritt|dementi|scheiter|fehl|mangel|unmöglich|\bgegen|verbot|verbiet|verhinder|absag|abgesag|ausschl|ausgeschl|\bun(?!ter|gar|ion|iv|d\b|s)\w{4}|zurückw|zurückgew)",
        "ru": r"(?<!\w)(?:отказ|отверг|отклон|отриц|опроверг|провал|отсутств|невозмож|против|запре|отмен|исключ|(?-i:не)(?!дел|мец|мц|фт|скол|котор|об|мн|пал|за|пос)\w{3})",
        "ar": r"رفض|يرفض|ترفض|نفى|ينفي|نفت|تنفي|فشل|تعذر|ضد|معارض|يعارض|منع|حظر|إلغاء|ألغ|استبعد|امتن|وقف",
        "zh": r"拒|否|反对|反對|失败|失敗|缺|禁|取消|排除|驳|难以|停",
        "ja": r"拒|否|反対|失敗|欠|禁|中止|取り消|退け|断|見送|困難|除外|撤|停止",
        "ko": r"거부|거절|부인|반대|실패|부족|금지|취소|배제|중단|미[달흡]",
    }.items()
}  # fmt: skip
"""Verbs that deny: one language says "refused", another "did not agree"."""

PLANNED: dict[str, re.Pattern[str]] = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        "en": r"\b(?:will|would|plan\w*|intend\w*|aim\w*|may|might|could|should|(?:is|are|was|were) (?:due |set |ready |about |going )?to|expect\w*|propos\w*|want\w*|seek\w*|consider\w*|hop\w+|decid\w+|agreed to|likely|possibl\w+|poss\w*|ready|due|intent\w*|prepar\w+|pledg\w+|promis\w+|by 20\d\d)\b|['’]ll\b",
        "fr": r"\b(?:prévo\w+|prévu\w*|envisag\w+|compte\w*|va|vont|pourr\w+|souhait\w+|veu\w+|veulent|enten\w+|devr\w+|doi\w+|projet\w*|peut|peuvent|possib\w+|\w+(?:era|eront|ira|iront|erait|eraient))\b",
        "es": r"\b(?:plane\w+|prev[eéi]\w*|piensa\w*|podr\w+|va a|van a|iba a|quier\w+|pretend\w+|proyect\w+|puede\w*|posib\w+|debe\w*|\w+(?:ará|erá|irá|arán|erán|irán|aría|ería|iría|arían|erían|irían|drá|drán|dría))\b",
        "pt": r"\b(?:planej\w+|planei\w+|prev[êi]\w*|pretend\w+|vai|vão|pode\w*|quer\w*|possí\w+|deve\w*|\w+(?:ará|erá|irá|arão|erão|irão|aria|eria|iria))\b",
        "de": r"\b(?:plan\w*|will|wollen|wolle|soll\w*|könn\w+|kann|möcht\w+|beabsicht\w+|erwäg\w+|werd\w+|wird|würd\w+|bereit|vorhab\w*|vorgesehen|darf|dürf\w+|muss|müss\w+|bis 20\d\d)\b",
        "ru": r"(?<!\w)(?:планир\w+|намер\w+|собира\w+|буд[еу]\w*|мо[гж]\w+|рассматрив\w+|ожида\w+|хо[тч]\w+|готов\w*|долж\w+|получ[иа]т|возможн\w+|предстоит)(?!\w)",
        "ar": r"سوف|(?<!\w)[وف]?س[يتن]\w+|عتزم|خطط|قد [يت]|من المقرر|[ين]نوي|تنوي|يمكن|محتمل|تريد|يريد|استعداد",
        "zh": r"计划|計劃|拟|擬|将(?!军|士)|將(?!軍)|打算|可能|考虑|考慮|有望|预计|預計|准备|要",
        "ja": r"方針|予定|計画|見通し|検討|意向|可能性|かもしれ|目指|めざ|つもり|考え|よう(?:と|に)|する(?:。|$|と)|る。",
        "ko": r"계획|예정|방침|검토|가능성|겠|기로|수 있|전망|려고|것이|할 ",
    }.items()
}  # fmt: skip
"""What marks a plan, a possibility, a duty. Wide, for the translation may use any of them."""
PLAN: dict[str, re.Pattern[str]] = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        "en": r"\b(?:will|plans? to|planned to|intends? to|(?-i:may)|might|could|(?:is|are) (?:due |set |expected )?to|considering)\b",
        "fr": r"\b(?:prévoit|prévoient|envisage\w*|compte|pourrai\w+|va|vont)\b",
        "es": r"\b(?:planea\w*|prevé\w*|podría\w*|pretende\w*|va a|van a)\b",
        "pt": r"\b(?:planeja\w*|planeia\w*|prevê\w*|poderia\w*|pretende\w*|vai|vão)\b",
        "de": r"\b(?:plant|planen|könnte\w*|beabsicht\w+|erwäg\w+|will|wollen)\b",
        "ru": r"(?<!\w)(?:планиру\w+|намерен\w*|собира[ею]\w+|будет|будут|рассматрива[ею]\w+|может|могут)(?!\w)",
        "ar": r"سوف|تعتزم|يعتزم|تخطط|يخطط|من المقرر|قد [يت]",
        "zh": r"计划|計劃|拟|打算|考虑|預計|预计|可能",
        "ja": r"方針|予定だ|予定で|計画だ|計画し|見通し|検討|意向|可能性|かもしれ",
        "ko": r"계획|예정|방침|검토|가능성",
    }.items()
}  # fmt: skip
"""What marks a plan beyond doubt: its translation has to have some mark of `PLANNED`."""

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "ru": "январ[яеь] феврал[яеь] марта? апрел[яеь] ма[яйе] июн[яеь] июл[яеь] августа? сентябр[яеь] октябр[яеь] ноябр[яеь] декабр[яеь]",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
MONTHS = {
    language: tuple(re.compile(rf"(?<!\w){name}(?!\w)", re.IGNORECASE) for name in names.split())
    for language, names in _MONTHS.items()
}
"""For what the rules of dates leave: "June next year" is 来年6月."""
PASSIVE = {
    language: re.compile(pattern or "(?!)", re.IGNORECASE)
    for language, pattern in {
        "en": r"\b(?:was|were|been|being|is|are|be) \w+(?:ed|en|wn|t|ck|ld) by\b",
        "fr": r"\b(?:été|est|sont|était|étaient) \w+é[es]{0,2} par\b",
        "es": r"\b(?:fue|fueron|sido|es|son) \w+[ao]s? por\b",
        "pt": r"\b(?:foi|foram|sido|é|são) \w+[ao]s? (?:por|pel[ao]s?)\b",
        "de": r"\b(?:wurden?|worden|wird|werden)\b",
        "ru": r"(?<!\w)(?:был[аои]?)\s\w+[нт][аоы]?(?!\w)",
        "ja": r"[らかさたなまわ]れ[たてる]",
        "ko": r"당[했하]|받았",
        "zh": r"被|遭",
        "ar": "",
    }.items()
}
"""A deed told from the side of whom it is done to."""
YEARS_END = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        "en": r"\b(?:end|close) of (?:the|this) year|year[- ]end|year['’]s end|\bthis year",
        "fr": r"fin de l['’]année|fin d['’]année|cette année",
        "es": r"(?:fin|final|finales|fines) de(?:l)? año|este año",
        "pt": r"(?:fim|final) do ano|este ano|deste ano",
        "de": r"jahresende|ende des jahres|dieses jahr",
        "ru": r"кон(?:ца|це|ец|цу) (?:этого )?года|этого года|в этом году",
        "ar": r"نهاية (?:هذا )?(?:العام|السنة)|هذا العام|العام الجاري",
        "zh": r"年底|年内|年末|今年",
        "ja": r"年内|年末|年度内|今年",
        "ko": r"연내|연말|올해",
    }.items()
}
"""The end of this year, which one language says as "within the year"."""
FOREIGN_MONEY = re.compile(
    r"\b(?:US|U\.S\.)(?=[- ]?(?:dollars?\b|\$))|美(?=元)|米(?=ドル)|американск\w+ (?=долл)|(?<=dollars )américains|(?<=dólares )estadounidenses",
    re.IGNORECASE,
)
"""A country that is only the name of its money."""

REGIONS = tuple(
    tuple(line.split())
    for line in """
mediterr средизем المتوسط 地中海 지중해 méditerr mittelmeer
atlanti атланти أطلسي 大西洋 대서양
pacifi тих الهادئ 太平洋 태평양 pazifi
baltic балти البلطيق バルト 波罗的海 발트 báltic ostsee
black чёрн черн الأسود 黒海 黑海 흑해 negro noire schwarz
red красн الأحمر 紅海 红海 홍해 rojo rouge rotes roten vermelho
caspian касп قزوين カスピ 里海 카스피 kaspi
arctic аркти القطب 北極 北极 북극 arktis ártic
caribbean кариб الكاريبي カリブ 加勒比 카리브 caraïb caribe karib
balkan балкан البلقان バルカン 巴尔干 발칸 balcan balcãs
mekong меконг ميكونغ メコン 湄公 메콩
danube дуна الدانوب ドナウ 多瑙 다뉴브 donau danub
nile нил النيل ナイル 尼罗 나일 nil
himalaya гимала هيمالايا ヒマラヤ 喜马拉雅 히말라야
sahara сахар الصحراء サハラ 撒哈拉 사하라
sahel сахел الساحل サヘル 萨赫勒 사헬
""".strip().splitlines()
)
"""Parts of the world that no dictionary of actors has: how the English name begins, and what others call it."""

CAPITALISED: dict[str, frozenset[str]] = {
    "fr": frozenset("état états ministre président conseil union nations parlement sénat premier affaires étrangères défense assemblée sécurité europe occident ouest est nord sud finances intérieur justice commerce économie énergie environnement santé travail éducation agriculture transports armées migration migrations immigration cour constitutionnelle suprême état-major armée marine police banque centrale chambre maison blanche haut commissaire secrétaire général mer golfe détroit canal lac baie île îles".split()),
    "es": frozenset("estado estados ministro ministra presidente consejo unión naciones parlamento senado gobierno exteriores defensa asamblea seguridad europa cancillería occidente casa blanca hacienda interior justicia comercio economía energía salud trabajo educación agricultura transporte migración corte tribunal constitucional supremo suprema mayor conjunto ejército armada policía banco central cámara secretario general mar golfo estrecho canal lago bahía isla islas este oeste norte sur viceministro".split()),
    "pt": frozenset("estado estados ministro ministra presidente conselho união nações parlamento senado governo exteriores defesa assembleia segurança europa itamaraty casa branca relações negócios estrangeiros finanças fazenda interior justiça comércio economia energia saúde trabalho educação agricultura transportes migração migrações tribunal constitucional supremo suprema maior exército marinha polícia banco central câmara secretário geral mar golfo estreito canal lago baía ilha ilhas leste oeste norte sul".split()),
    "ru": frozenset("мид совет союз совбез европа евросоюз госдума кремль белый белого белом дом дома доме юго-восточной юго-восточная северной южной восточной западной центральной ближнем ближнего ближний восток востоке востока африке африки азии азия европе европы европу америки америке совета союза безопасности генеральной ассамблеи ассамблея конституционный верховный суд штаб штаба банк минобороны минфин море моря морем залив залива пролив пролива".split()),
    "en": frozenset("european western eastern northern southern arab asian african latin middle east west north south asia africa europe parliament senate congress cabinet house assembly court supreme constitutional security defence defense affairs trade finance health interior union nations peninsula sea strait gulf desert lake bay ocean mount mountains canal delta coast valley basin river province city island islands party embassy consulate mr ms gdp ai lng ceo olympics olympic christmas ramadan ministry department agency bank central reserve force forces navy army air guard self vice deputy joint chiefs staff spokesman spokeswoman envoy special representative high commissioner secretary-general federal national royal state foreign prime deputy-minister vice-minister election commission committee council".split()),
}  # fmt: skip
"""Words with capitals that are no names of their own: offices, bodies, parts of the world."""
