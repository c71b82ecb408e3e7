"""Who said a quotation, as the text writes it."""
# ruff: noqa: E501 - tables of patterns read best by line

import re
from collections.abc import Mapping

_REACH = 140
"""Code points on either side of a quotation in which its speaker is named."""

_SAY = (
    r"(?:said|says|told|tells|added|adds|stated|declared|insisted|warned|argued|explained|noted|wrote|writes|tweeted|"
    r"posted|announced|replied|responded|remarked|commented|claimed|asked|stressed|emphasi[sz]ed|acknowledged|continued|"
    r"concluded|recalled|admitted|vowed|pledged|promised|called|described|denounced|quipped|urged|complained|conceded|"
    r"observed|suggested|maintained|cautioned|testified|read|denied|confirmed|hailed|praised|condemned|accused|dismissed|assured|reassured|shouted|interjected|corrected|countered|"
    r"retorted|protested|objected|joked|reiterated|affirmed|asserted|shrugged|reminded|thundered|whispered|answered|"
    r"begged|implored|pleaded|appealed|thinks|thought|believes|believed|hopes|muttered|lamented|fumed|snapped|mused|opined|summed up|sums up|"
    r"warns|warned of|vows|insists|argues|explains|notes|asks|claims|admits|denies|calls|branded|brands|labelled|labeled|termed|deemed|likened|"
    r"characteri[sz]ed|mocked|ridiculed|lauded|slammed|blasted|rejected|quoted|signed off|disclosed|revealed|reported|predicted|boasted|cried|exclaimed|remembers|remembered|"
    r"laughed|deplored|regretted|demanded|offered|urges|stresses|reckons|reckoned|contended|volunteered|signalled|signaled|hinted)"
)
# A name: capitalised words with the small words of names and titles between, perhaps with an apposition's head before.
_CAP = r"[A-ZÀ-ÞĀ-Ž][\w.’'-]*"
_ROLE = (
    r"(?:(?:prime |foreign |defence |defense |trade |finance |deputy )?(?:minister|premier|president|spokesman|spokeswoman|spokesperson|envoy|ambassador|diplomat|leader|chancellor|official|negotiator|mediator|chief|secretary|ministry|government|embassy|army|navy|police|parliament|office|agency|"
    r"commission|council|king|queen|emir|sultan|pope|general|admiral|colonel|consul|commissioner|senator|lawmaker|mayor|governor|judge|professor))"
)
_NAME = rf"(?:{_CAP}(?:\s+(?:(?:of|the|de|la|al|bin|von|van|der|for|and|du|del|da|dos)\s+){{0,2}}{_CAP}){{0,7}})"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|it|It)"
_COMMON = (
    r"(?:(?:the|a|an|one|another|his|her|its|their|The|A|An|One|Another|His|Her)\s+(?:[\w’'-]+\s+){0,5}?"
    r"(?:minister|president|spokesman|spokeswoman|spokesperson|official|diplomat|envoy|ambassador|source|statement|"
    r"ministry|government|leader|chancellor|premier|secretary|chief|general|senator|lawmaker|analyst|expert|king|queen|"
    r"pope|group|agency|communique|communiqué|letter|report|document|officer|aide|adviser|advisor|governor|judge|"
    r"commission|council|embassy|department|witness|resident|negotiator|delegate|professor|historian|activist|deputy|"
    r"commander|party|alliance|court|author|survivor|veteran|participant|organi[sz]er|economist|colonel|admiral|consul|mayor|emir|sultan|commissioner|mediator|monk|bishop|cardinal|captain|engineer|farmer|trader|teacher|driver|soldier|refugee|villager|fisherman|doctor|nurse|banker|lawyer)s?)"
)
_WHO = rf"(?<!\w)(?P<who>{_CAP}\s+{_ROLE}(?:\s+{_NAME})?|{_NAME}|{_COMMON}|{_PRONOUN})(?!\w)"
# Straight after the marks any noun may stand: "the commodore testified", "asked the monitor".
_SOMEBODY = r"(?P<who>(?:the|a|an|one|his|her|its|their|our)\s+[\w’'-]+(?:\s+(?!(?:and|but|who|that|in|at|on|to|as|after|before|during|when|while|also|later|then)\b)[\w’'-]+){0,5}?)"
_APPOSITION = r"(?:,\s[^,“”\"«»\n]{2,80},)?"
_TIME = r"(?:\s+(?:on\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today))?"
_ADVERB = r"(?:\s+(?:also|later|then|now|simply|publicly|repeatedly|angrily|further|has|had|once|reportedly))?"

_AFTER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\s*[,.—–-]?\s*{_SAY}\s+{_WHO}",
        rf"^\s*[,.—–-]?\s*(?:the|his|her|its|their|our)\s[^,“”\"«»\n]{{2,60}},\s(?P<who>{_NAME}),{_ADVERB}\s+{_SAY}\b",
        rf"^\s*[,.—–-]?\s*(?:the\s+)?{_WHO}{_APPOSITION}{_ADVERB}\s+{_SAY}\b",
        rf"^\s*[,.—–-]?\s*{_SOMEBODY}{_ADVERB}\s+{_SAY}\b",
        rf"^\s*[,.—–-]?\s*{_SAY}\s+{_SOMEBODY}\s*(?:[,.;]|$|\s(?:in|at|on|to|as|after|before|during|when|while)\b)",
        rf"^\s*:\s+(?P<who>{_CAP}\s+{_ROLE}|{_NAME})",
        rf"^\s*[,.—–-]?\s*according to\s+{_WHO}",
        rf"^\s*,?\s*is (?:how|what)\s+(?:{_WHO}|{_SOMEBODY[:-1].replace('?P<who>', '?P<somebody>')}))\s+[a-z]+",
    )
)
_CLAUSE_END = r"(?=\s*(?:[.;:,—–-]|$|(?:in|on|at|to|during|before|after|while|as|when|with|from)\b))"
_AFTER_SPEECH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\s*,?\s*[a-z]{{3,}}(?:ed|s)\s+(?P<who>(?:the|a|an|his|her|its|their|our)\s+(?:[\w’'-]+\s+){{1,5}}?{_NAME}|{_NAME}|{_COMMON}|one|another|somebody|someone){_CLAUSE_END}",
        rf"^\s*,?\s*(?:the\s+)?{_WHO}{_APPOSITION}{_ADVERB}\s+[a-z]{{3,}}(?:ed|s){_CLAUSE_END}",
    )
)
"""Behind words that end as speech does ("…,” she shrugs") any verb is one of saying."""

_SPEECH_ENDS = ",.!?…"
_BEFORE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[’']s\s[^,“”\"«»\n]{{2,60}},\s(?P<who>{_NAME}),{_ADVERB}\s+{_SAY}\s*[,:]?\s*(?:that\s+)?$",
        rf"^\s*(?:the|a|an|one|his|her|its|their|The|A|An|One|His|Her|Its|Their)\s[^,“”\"«»\n]{{2,60}},\s(?P<who>{_NAME}),{_ADVERB}\s+{_SAY}\s*[,:]?\s*(?:that\s+)?$",
        rf"{_WHO}{_APPOSITION}{_ADVERB}\s+{_SAY}(?:\s+(?:[\w’'-]+\s+){{0,9}}?[\w’'-]+)?{_TIME}\s*[,:]?\s*(?!(?:and|but|while)\s)(?:that\s+)?(?:[\w’'-]+\s+){{0,6}}$",
        rf"{_SAY}\s+{_WHO}\s*[,:]?\s*$",
        rf"[Aa]ccording to\s+{_WHO}\s*,?\s*(?:[\w’'-]+,?\s+){{0,10}}$",
        rf"^\s*For\s+{_WHO}\s*,[^“”\"«»:]{{0,60}}$",
        rf"(?:^|,\s){_WHO}{_APPOSITION}\s+(?:[\w’'-]+\s+){{0,5}}[\w’'-]+:\s*$",
        rf"^\s*{_WHO}{_APPOSITION}\s+(?:promised|pledged|offered|demanded|described|denounced|called|branded|labelled|rejected)\s+(?:[\w’'-]+\s+){{0,5}}$",
        rf"[Ii]n the words of\s+{_WHO}\s*,?\s*$",
        rf"[Ii]n the words of\s+{_SOMEBODY}\s*,\s*$",
        rf"{_WHO}\s*:\s*$",
    )
)
_BEFORE_LONG = (
    re.compile(
        rf"{_WHO}{_APPOSITION}{_ADVERB}\s+(?:spoke|speaks|talked|talks|wrote|dreamt) of\s+(?:[\w’'-]+\s+){{0,4}}$"
    ),
)
"""Before one or two words in marks these hold a term at a distance: he spoke of a "deal"."""

_LONG = 3
"""Words from which such a passage is speech."""

_NOT_NAMES = frozenset(
    ["But", "And", "Said", "The", "A", "An", "In", "On", "At", "As", "If", "It", "That", "This", "He", "She", "They", "We", "I", "But,", "Asked", "So", "Yet", "When", "While", "After", "Before", "Then", "There", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "However", "Instead", "Still", "Later"]
)  # fmt: skip

_OTHER_AFTER = {
    "ja": (r"^\s*(?:など)?と(?:、)?(?P<who>[^\s、。「」（）]{2,24}?)(?:は|が)(?:述べ|語|話|強調|発言|指摘|表明|批判)",
           r"^\s*。?(?P<who>[^\s、。「」（）]{2,24}?)(?:は|が)(?:そう|こう|このように)(?:述べ|語|話|強調|発言)"),
    "zh": (r"^\s*[，,。]?\s*(?P<who>[^\s，。“”、：]{2,14}?)(?:说|表示|指出|强调|称|說|稱|強調|写道)",),
    "ko": (r"^(?:이라)?(?:고|라고|며|라며)\s*(?P<who>[^\s,.“”\"]{1,12}(?:\s[^\s,.“”\"]{2,10}){0,2})(?:은|는|이|가)\s[^.]{0,20}?(?:말|밝|강조|전했)",),
    "fr": (r"^\s*,?\s*(?:a (?:déclaré|affirmé|dit|ajouté|indiqué|souligné|estimé|assuré|expliqué|lancé|averti|jugé|martelé|insisté|prévenu|répondu|regretté|promis|confié|tonné|conclu|rappelé|résumé|plaidé)|déclare|affirme|dit|ajoute|souligne|estime|assure|explique|lance|résume|juge|insiste|prévient|répond|regrette|conclut|rappelle|confie)\s+(?P<who>{name}|(?:un|une|l[ea’'])[ ]?[\w’' -]{{3,40}}?(?:\s{name})?)(?=[,.;]|$|\s(?:à|lors|dans|devant|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)",
           r"^\s*,?\s*(?:selon|d['’]après)\s+(?P<who>{name})"),
    "es": (r"^\s*,?\s*(?:dijo|afirmó|declaró|señaló|aseguró|añadió|indicó|sostuvo|advirtió|expresó|subrayó|manifestó|prometió|respondió|insistió|explicó|reiteró)\s+(?P<who>{name}|(?:el|la) [\w ]{{3,40}}?)(?=[,.;]|$|\s(?:a|en|durante|ante|tras)\b)",
           r"^\s*,?\s*según\s+(?P<who>{name})"),
    "pt": (r"^\s*,?\s*(?:disse|afirmou|declarou|acrescentou|destacou|ressaltou|escreveu|alertou|respondeu|prometeu|garantiu|insistiu|explicou)\s+(?P<who>{name}|(?:o|a) [\w ]{{3,40}}?)(?=[,.;]|$|\s(?:a|em|durante|na|no)\b)",
           r"^\s*,?\s*segundo\s+(?P<who>{name})"),
    "de": (r"^\s*,?\s*hieß es (?:aus|bei|in)\s+(?P<who>(?:de[mr]\s)?{name})",
           r"^\s*,?\s*(?:sagte|erklärte|betonte|sagt|so|schrieb|warnte|fügte|kritisierte|meinte|mahnte|klagte|erwiderte|antwortete|rief|versicherte|fragte|meint|betont|erklärt)\s+(?P<who>(?:(?:der|die|das) (?:[a-zäöüß]+ ){{0,2}})?{name})",),
    "ru": (r"^\s*,?\s*[—–-]?\s*(?:сказал|сказала|заявил|заявила|отметил|отметила|подчеркнул|подчеркнула|добавил|добавила|написал|сообщил|сообщила|заявили)\s+(?P<who>[А-ЯЁа-яё][а-яё-]+(?:\s[А-ЯЁа-яё][а-яё-]+){{0,3}}?\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+)",),
    "ar": (r"^\s*[،,]?\s*(?:قال|قالت|أكد|أكدت|أضاف|أضافت|صرح|صرحت|أوضح|أوضحت)\s+(?P<who>[\u0621-\u064a]{{2,}}(?:\s[\u0621-\u064a]{{3,}}){{0,3}})\s*(?:[.،,]|$)",),
}  # fmt: skip
_OTHER_BEFORE = {
    "ja": (r"(?P<who>[^\s、。「」（）]{2,24}?)(?:は|が)[^。「」]{0,50}[、:：]?\s*$",),
    "zh": (r"(?P<who>[^\s，。“”、：；]{2,16}?)(?:说|表示|指出|强调|称|說|稱|強調|写道|宣布|回应说)\s*[：:，,]?\s*$",
           r"(?:^|[。！？])(?P<who>[\u3400-\u9fff·]{2,12})[：:]\s*$"),
    "ko": (r"(?P<who>[^\s,.“”\"]{1,12}(?:\s[^\s,.“”\"]{2,10}){0,2}?)(?:은|는|이|가)\s[^.“”\"]{0,40}$",),
    "fr": (r"(?:[Ss]elon|[Dd]['’]après|[Pp]our)\s+(?P<who>{name}|(?:le|la|un|une)\s[\w’' -]{{3,30}}?),[^«»“”.]{{0,30}}$",
           r"(?P<who>{name})\s+(?:a|affirme|estime|assure|juge|déclare|parle|a parlé) (?:déclaré|affirmé|dit|ajouté|indiqué|souligné|estimé|assuré)\s*(?:que\s*)?:?\s*$",
           r"(?P<who>{name}|\b[Ll](?:e|a|['’]) ?[\w’' -]{{3,40}}?)\s+(?:a|avait) (?:dénoncé|qualifié|salué|condamné|évoqué|promis|réclamé|rejeté|fustigé|déploré|averti)\b[^«»“”]{{0,40}}$"),
    "es": (r"(?:[Ss]egún|[Pp]ara)\s+(?P<who>{name}),[^«»“”.]{{0,30}}$",
           r"(?P<who>{name})\s+(?:dijo|afirmó|declaró|señaló|aseguró|añadió|advirtió)\s*(?:que\s*)?:?\s*$",
           r"(?P<who>{name}|\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as) [\w ]{{3,40}}?)\s+(?:calificó|calificaron|tachó|denunció|prometió|condenó|rechazó|exigió|tildó|describió)\b[^«»“”]{{0,40}}$"),
    "pt": (r"(?:[Ss]egundo|[Pp]ara)\s+(?P<who>{name}),[^«»“”.]{{0,30}}$",
           r"(?P<who>{name})\s+(?:disse|afirmou|declarou|acrescentou|alertou)\s*(?:que\s*)?:?\s*$",
           r"(?P<who>{name}|\b(?:[Oo]|[Aa]|[Oo]s|[Aa]s) [\w ]{{3,40}}?)\s+(?:classificou|chamou|denunciou|prometeu|condenou|rejeitou|exigiu|descreveu)\b[^«»“”]{{0,40}}$"),
    "de": (r"(?P<who>{name})\s+(?:sagte|erklärte|betonte|warnte|schrieb|antwortete|fügte)\s*[^:.]{{0,30}}:\s*$",
           r"(?P<who>(?:(?:[Dd]er|[Dd]ie|[Dd]as|[Ee]in|[Ee]ine)\s)?(?:[a-zäöüß]+e[rn]?\s)?{name})\s+(?:nannte|nennt|sprach|spricht|bezeichnete|bezeichnet|warnte|kritisierte|verurteilte|forderte|versprach|lobte)\b[^„“.:]{{0,60}}$",
           r"(?:[Ll]aut|[Nn]ach den Worten (?:von|des|der))\s+(?P<who>{name})[^„“.:]{{0,40}}$"),
    "ru": (r"(?P<who>[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+){{0,2}})\s+(?:сказал|сказала|заявил|заявила|отметил|отметила)[^:.]{{0,30}}:\s*$",
           r"(?P<who>[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁа-яё][а-яё-]+){{0,3}}?)\s+(?:назвал|назвала|назвали|пообещал|пообещала|осудил|осудила|потребовал|потребовала|предупредил|предупредила)[^«»:.]{{0,40}}$"),
    "ar": (r"(?:قال|قالت|أكد|أكدت|أضاف|صرح|أوضح)\s+(?P<who>[\u0621-\u064a]{{2,}}(?:\s[\u0621-\u064a]{{2,}}){{0,4}}?)(?:\s*:|\s+إن|\s+إنه|\s+أن)[^.«»]{{0,30}}$",),
}  # fmt: skip


def _compiled(table: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[re.Pattern[str], ...]]:
    ready: dict[str, tuple[re.Pattern[str], ...]] = {}
    for language, patterns in table.items():
        braces = language not in {"ja", "zh", "ko"}
        ready[language] = tuple(
            re.compile(p.replace("{name}", _NAME).replace("{{", "{").replace("}}", "}") if braces else p)
            for p in patterns
        )
    return ready


_OTHER_AFTER_READY = _compiled(_OTHER_AFTER)
_OTHER_BEFORE_READY = _compiled(_OTHER_BEFORE)
_BOUNDARY = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ“\"«„])|\n|[”\"»]\s")
_CJK_BOUNDARY = re.compile(r"[。！？\n]|[」”]")


def speaker_of(text: str, opened: int, closed: int, language: str) -> str | None:
    """The speaker of text[opened:closed] (marks included), a passage of the text beside it; None when none is named."""
    after = text[closed : closed + _REACH].split("\n", 1)[0]
    before = text[max(0, opened - _REACH) : opened]
    if language in _OTHER_AFTER_READY:
        boundary = _CJK_BOUNDARY if language in {"ja", "zh"} else _BOUNDARY
        before = _tail(before, boundary)
        return _first(_OTHER_AFTER_READY[language], after) or _last(_OTHER_BEFORE_READY[language], before)
    before = _tail(before, _BOUNDARY)
    found = _first(_AFTER, after)
    if found is None and (text[closed - 2 : closed - 1] in _SPEECH_ENDS or after.startswith(",")):
        found = _first(_AFTER_SPEECH, after)
    found = found or _last(_BEFORE, before)
    if found is None and len(text[opened:closed].split()) >= _LONG:
        return _last(_BEFORE_LONG, before)
    return found


_INCISE = {
    "fr": re.compile(
        r",\s(?:a|avait)\s(?:déclaré|dit|affirmé|ajouté|indiqué|souligné|estimé|assuré|expliqué|lancé|averti)\s(?P<who>[^«»“”,.]{3,60}),\s"
    ),
    "ru": re.compile(
        r"[,!?.…]\s*[—–]\s*(?:сказал|сказала|заявил|заявила|отметил|отметила|подчеркнул|подчеркнула|добавил|добавила|пояснил|пояснила)\s(?P<who>[^«»,.]{3,60})[.,]\s*[—–]\s*"
    ),
}
"""Who speaks, told inside the marks, as French and Russian do."""


def incise(text: str, start: int, end: int, language: str) -> tuple[int, int, str] | None:
    """Where inside text[start:end] the text breaks a speech off to say whose it is, and whose; None if it does not."""
    pattern = _INCISE.get(language)
    match = pattern.search(text, start, end) if pattern else None
    return (match.start(), match.end(), match["who"].strip()) if match else None


def antecedent(text: str, opened: int, pronoun: str) -> str | None:
    """Whom "he" or "she" beside a quotation stands for: the last person that opens a sentence before it.

    A person is told by a role ("Minister Lena Brandt", "Lena Brandt, the envoy") or by a name of several words that is
    no state's or body's. "They" and "it" are nobody.
    """
    if pronoun.casefold() not in {"he", "she"}:
        return None
    before = text[max(0, opened - _FAR) : opened]
    people = [m["role"] or m["aside"] or m["name"] for m in _PERSON.finditer(before)]
    return next((one for one in reversed(people) if not _NO_PERSON.search(one)), None)


_FAR = 600
"""Code points back in which a pronoun's person is looked for: a paragraph or two."""

_TITLE = r"(?:(?:The\s+)?(?:[\w’'-]+\s){0,3}?(?:[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Aa]mbassador|[Ss]enator|[Gg]eneral|[Aa]dmiral|[Cc]olonel|[Gg]overnor|[Jj]udge|[Pp]rofessor|[Ss]ecretary|[Ee]nvoy|[Ss]pokes(?:man|woman|person)|[Nn]egotiator|[Cc]ommissioner|[Bb]ishop|[Cc]ardinal|[Cc]aptain|[Kk]ing|[Qq]ueen|[Pp]ope|[Dd]r|[Mm]rs?|[Mm]s|[Ll]eader|[Mm]ayor|[Cc]onsul|[Cc]hief)\.?\s)"
_PERSON = re.compile(
    rf"(?:^|[.!?:]\s+|[”\"»]\s+|\n\s*)(?:(?:But|And|Yet|Still|Later|Earlier|Then|On \w+day),?\s)?"
    rf"(?:(?P<role>{_TITLE}{_CAP}(?:\s{_CAP}){{0,3}})"
    rf"|(?:[\w’'-]+\s){{1,8}}?[\w’'-]+,\s(?P<aside>{_CAP}(?:\s{_CAP}){{1,3}}),"
    rf"|(?P<name>{_CAP}(?:\s(?:(?:al|bin|von|van|de|da|dos|del|la)\s)?{_CAP}){{1,3}}))"
)
_NO_PERSON = re.compile(
    r"\b(?:North|South|East|West|New|United|European|African|Arab|Union|Council|Nations?|States|Kingdom|Republic|Ministry|Party|Army|Navy|Front|Court|House|Bank|Agency|"
    r"Parliament|Sea|Islands?|Saudi|Hong|Sri|El|San|Santa|Costa|Burkina|Sierra|Ivory|Cape|Puerto|Papua|Bosnia|Abu|Addis|Kuala|Buenos|Port|Tel|Los|Las|Security|Foreign|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Press|News|Release|White|Red|Human|International|World|Group|Commission|League|Conference|University|Agreement|Treaty|Accord)\b"
)
"""Words in names that are no person's."""


def _tail(before: str, boundary: re.Pattern[str]) -> str:
    cut = 0
    for match in boundary.finditer(before):
        if not re.search(
            r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|U\.S|U\.N|U\.K|St|Jr|[A-Z])$", before[: match.start()]
        ):
            cut = match.end()
    return before[cut:]


def _first(patterns: tuple[re.Pattern[str], ...], after: str) -> str | None:
    return next((name for p in patterns if (m := p.search(after)) and (name := _clean(_who(m)))), None)


def _last(patterns: tuple[re.Pattern[str], ...], before: str) -> str | None:
    return next((name for p in patterns if (m := p.search(before)) and (name := _clean(m["who"]))), None)


def _who(match: re.Match[str]) -> str:
    named = match.groupdict()
    return named.get("who") or named.get("somebody") or ""


def _clean(who: str) -> str | None:
    who = who.strip(" ,.;:—–-")
    for tail in ("’s", "'s"):
        who = who.removesuffix(tail)
    return None if not who or who in _NOT_NAMES else who
