"""Which sentences may never be a key point: words for machines, page furniture, text that shows otherwise than it is.

It reads one sentence at a time, knows nothing of the page, and answers the reason as a sentence or None. The patterns
look for the form of an instruction (who is addressed, what is ordered), not for any one attack. What people in the news
say to each other ("do not trust them," the minister told reporters) is news.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.summarizing.quotations import half_quoted

PIECE = "It is a piece of a quotation that goes on before or after it."
"""Shown alone, somebody's words would stand as fact."""
MARKUP = "It holds markup or encoded text."
FOR_MACHINES = "It is addressed to a machine, not to a reader."
NOTE = "It is the outlet's note on its own article."


_LETTER = re.compile(r"\\?.", re.DOTALL)


def _any(patterns: Iterable[str], *, start: bool = False) -> re.Pattern[str]:
    """Any of `patterns`, for a text in lower case: without regard to case the engine tries each word of each one."""
    joined = _LETTER.sub(lambda one: one[0] if one[0][0] == "\\" else one[0].lower(), "|".join(patterns))
    return re.compile(rf"^\W{{0,4}}(?:{joined})" if start else rf"(?:{joined})")


_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e\U000e0000-\U000e007f]")
_MARKUP_SIGNS = re.compile(r"[<>`~{}\[\]|&]")
_MARKUP = _any((
    r"</?\w[\w-]*(?:\s[^<>]{0,200})?/?>", r"<!--", r"-->", r"```", r"~~~", r"\{\s*[\"']\w+[\"']\s*:",
    r"[\"']\s*:\s*[\[{]", r"\[/?INST\]", r"<\|\w+\|>", r"<</?SYS>>", r"\]\(\w{2,10}:", r"&lt;", r"data:text/",
    r"\{\{.{0,80}\}\}",
))  # fmt: skip
_LONGEST_RUN = 60
_BASE64 = re.compile(r"[A-Za-z0-9+/=]{60}")
_ROLE = _any((
    (r"(?:system|assistant|user|developer|human|ai|bot|prompt|instructions?|admin(?:istrator)?)"
     r"(?: (?:message|note|prompt|override|notice))?\s*:"),
    (r"(?:note|message|notice|attention|instructions?|reminder)(?: \w+){0,3} (?:to|for) (?:\w+ ){0,3}"
     r"(?:ai|models?|llms?|bots?|assistants?|summari[sz]ers?|machines?|systems?|editors?' tools?)\b"),
    r"(?:sistema|système|asistente|assistente|assistant|система|системное сообщение|ассистент)\s*:",
    r"(?:システム|系统|系統|시스템|النظام|助手)\s*[:：]",
    (r"(?:nota?|note|hinweis|avis|aviso|attention|atención|achtung|remarque|anweisung|instrucción)(?: [\w'’]+){0,4}? "
     r"(?:à|a la|al|für|para|pour|an|de)(?: |\b)(?:[\w]+[ '’]){0,3}?(?:l['’])?"
     r"(?:ia|ki|modelos?|modèles?|sprachmodelle?|assistente?n?|asistentes?)\b"),
    r"(?:примечание|внимание|указание)(?: \w+){0,2} (?:для|к) (?:ии|бот\w*|модел\w+|нейросет\w+)",
    r"(?:AI|人工知能|言語モデル|要約AI)(?:へ|向け|宛)", r"(?:致|给|給)(?:AI|人工智能|语言模型|語言模型)", r"AI에게",
    r"(?:ملاحظة|تنبيه|تعليمات)\s+(?:إلى|ل)\s?\S{0,3}(?:ذكاء|نموذج|روبوت)",
), start=True)  # fmt: skip
_MACHINE = _any((
    r"\bsummari[sz](?:ers?|ation (?:tool|bot|model|system)s?|ing (?:tool|bot|model|system)s?)\b",
    r"\blanguage models?\b", r"\bllms?\b", r"\bchat-?bots?\b", r"\bchatgpt\b", r"\bgpt-?\d", r"\bnews ?bots?\b",
    r"\baggregators?\b", r"\bai (?:assistants?|models?|agents?|systems?|readers?|tools?|summari[sz]ers?)\b",
    r"\bsystem prompt\b", r"\b(?:automated|automatic) (?:readers?|systems?|tools?|summar\w+)\b",
    r"\b(?:assistente?|asistente) (?:ia|virtual)\b", r"\bmodèles? de langage\b", r"\bmodelos? de lenguaje\b",
    r"\bsprachmodelle?\b", r"языков\w+ модел\w+", r"要約(?:ボット|AI|システム|器|モデル)", r"言語モデル",
    r"语言模型", r"語言模型", r"摘要(?:器|模型|系统|程序)", r"언어 모델", r"요약(?:기| 모델| 봇)",
    r"نموذج(?: ال)?لغ", r"人工知能|人工智能助手",
))  # fmt: skip
_ORDER = _any((
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|previous|prior|above|guideline|rules?\b)",
    (r"(?:^\W*|\b(?:you|please|and|or|must|should|digest|summary)\W+)"
     r"(?:do not|don't|never|must not) (?:mention|summari[sz]e|include|quote|reveal|translate|cite)\b"),
    r"\b(?:answer|respond|reply|output|return|print) (?:only|with|exactly|just)\b",
    r"\b(?:mark|rate|flag|treat|classify|rank|label) this (?:article|story|item|text|page)\b",
    r"\byou (?:are now|act as|must act|will act)\b", r"\byour (?:new )?(?:task|instructions?|role|system prompt)\b",
    r"\bas an? (?:ai|language model|llm|assistant|summari[sz]er)\b.{0,20}\byou\b",
    r"\bnew instructions?\b", r"\bsystem prompt\b", r"\bkey_points\b", r"\bjson\b",
    (r"\b(?:must|should|shall) (?:state|write|say|begin|start|contain|include) (?:that |only |with )?(?:the |your )?"
     r"(?:summary|headline|digest|answer|key points?)\b"),
    r"\b(?:begin|start|end|open|close) (?:the|your|every|each) (?:summary|answer|reply|digest)\b",
    r"\bin (?:the|your|any) (?:summary|digest)\b.{0,40}\b(?:say|write|state|include|add|omit)\b",
    r"\bsummari[sz]e this (?:article|text|page|story)\b", r"\bthe (?:summary|digest) (?:must|should|shall)\b",
    r"\bignor(?:ez|a|ad|e|ieren?|iere)\b.{0,40}\b(?:instruc|anweisung|consigne)",
    r"(?:игнорир\w+|забудь\w*)\b.{0,40}\bинструкц", r"(?:指示|命令|プロンプト).{0,12}(?:無視|忘れ)",
    r"忽略.{0,12}(?:指示|指令|说明|提示)", r"지시.{0,8}무시", r"تجاهل.{0,20}(?:تعليمات|الأوامر)",
))  # fmt: skip
_ADDRESS = _any((
    r"\b(?:must|should|please|note|attention|dear|veuillez|por favor|bitte)\b",
    r"てください|请|請|하십시오|해 주세요|يرجى",
))  # fmt: skip
_REPORTED = _any((
    r"[\"“”«»„].{3,400}[\"“”«»]", r"\b(?:said|told|says|urged|asked|ordered|warned|added|according to)\b",
))  # fmt: skip
_FURNITURE = _any((
    r"(?:photo|image|file photo|caption|video|foto|фото)\s*(?:[:/|]|credit|by\b)", r"©",
    r"(?:related|recommended|trending|live|most read)\s*:",
    (r"(?:click|tap|subscribe|sign up|follow us|read (?:more|also)|also read|see also|more on this|"
     r"listen to|share this|getty|advertisement|copyright|all rights reserved|"
     r"this article (?:was|has been|first)|join our|get (?:the|our) (?:app|newsletter)|"
     r"support our|to (?:read|continue) (?:reading|this)|download (?:the|our|your)|skip to|"
     r"lire aussi|à lire|leer más|lea también|lesen sie|mehr zum thema|читайте|most read)\b"),
    r"\d+ min(?:ute)?s? read\b", r"関連記事|写真[：:＝]|有料会員|会員限定|この記事は約?\d+分|【写真",
    r"相关(?:阅读|新闻)|责任编辑|编辑[：:]", r"사진[=:]|무단 ?전재", r"اقرأ أيضا",
), start=True)  # fmt: skip
_PAGE = _any((
    r"\bclick here\b", r"\bsign up (?:for|to) (?:our|receive|get)\b", r"\bsubscribe (?:to|now)\b",
    r"\bour newsletter\b",
    r"\bfollow us on\b", r"\ball rights reserved\b", r"\bcookies?\b.{0,30}\b(?:accept|policy)",
    r"\bhas been (?:edited|published) (?:for|from) (?:length|a syndicated)",
    r"\bcontributed to this (?:report|story)\b",
    r"\byour (?:browser|inbox|subscription)\b", r"\bfor more (?:information|stories),? (?:visit|see|contact)\b",
    r"\breporting by .{3,80}editing by\b",
    r"無断転載|版权所有|무단 전재|Alle Rechte vorbehalten|tous droits réservés|todos los derechos reservados",
))  # fmt: skip

_NOTE = _any((
    (r"(?:corrections?|corrected|corrigend\w+|errat\w+|clarifications?)"
     r"(?: \([^()]{1,30}\)|,? [\w, ]{0,20}\d[\w ]{0,12})?\s*[:—–]"),
    r"editor['’]?s['’]? note\b", r"editors['’] note\b",
    (r"(?:in )?(?:an?|the) (?:earlier|previous|original|initial) version of (?:this|the|our) "
     r"(?:article|story|report|headline|piece|post|text|dispatch|item|graphic)"),
    (r"this (?:article|story|report|piece|post|headline|page|version|caption)(?: \w+){0,3} (?:was|has been) "
     r"(?:\w+ )?(?:amended|updated|corrected|edited|revised|republished)\b"),
    r"this (?:article|story|version|report) (?:corrects|updates|clarifies|recasts)\b",
    (r"(?:corrects|updates|recasts|refiles|adds|clarifies)\b.{0,80}\b(?:paragraphs?|headline|byline|spelling|"
     r"dateline|throughout|lead|story)\b"),
    r"note de la rédaction", r"(?:rectificatif|correctif|correction|erratum|précision)\s*[:—–-]",
    r"(?:dans )?une (?:première |précédente )?version(?: précédente| antérieure| initiale)? de cet article",
    r"cet article a été (?:modifié|mis à jour|corrigé)",
    r"nota (?:del editor|de (?:la )?redacción)", r"(?:corrección|fe de erratas|aclaración|rectificación)\s*[:—–-]",
    r"(?:en )?una versión (?:anterior|previa) de est[ea]",
    r"est[ea] (?:artículo|noticia|nota|información) (?:fue|ha sido|se) (?:\w+ )?(?:actualiz|corregi|modific|corrig)\w+",
    r"anm(?:erkung|\.) d(?:er|\.) red", r"(?:korrektur|berichtigung|richtigstellung|korrekturhinweis)\b.{0,20}?[:—–-]",
    r"hinweis der redaktion", r"in einer (?:früheren|vorherigen|ersten) (?:version|fassung) dieses",
    r"diese[rs]? (?:artikel|text|bericht) wurde .{0,40}(?:aktualisiert|korrigiert|berichtigt|geändert)",
    r"(?:исправление|уточнение|поправка|от редакции)\s*[:—–-]",
    (r"в (?:предыдущей|ранней|первоначальной|более ранней|прежней) версии "
     r"(?:этой|этого|статьи|материала|текста|новости|данной)"),
    r"訂正[:：】]", r"訂正とお詫び|お詫びと訂正|おわび|お詫び", r"(?:当初|以前)の(?:記事|配信)",
    r"記事(?:中|の一部).{0,20}(?:訂正|修正)",
    r"更正[:：】]|编者按|編者按", r"本文(?:的)?(?:早前|此前|先前|之前|较早)(?:的)?(?:一个)?版本",
    r"정정\s*[:：\]]|바로잡습니다|바로잡기", r"이 기사(?:는|의).{0,20}(?:수정|정정)",
    r"(?:تصحيح|تصويب|استدراك|تنويه)\s*[:：]", r"(?:ورد|جاء|ذكر|ذكرت) في (?:نسخة|صيغة) سابقة",
), start=True)  # fmt: skip
"""What an outlet says of its own article: grouping reads it to see what changed, readers are told the change."""

_BARE = re.compile(
    r"[^、。「」をと]{1,20}[はが][^。「」をと]{0,14}(?:発表|公表|明らかに)(?:した|された)。?"
    r"|[^，。：“”]{1,18}(?:宣布|公布|透露)了?(?:这一|该|上述|此)?(?:消息|决定)?。?"
    r"|[^.,“”]{1,20}[은는이가] (?:\d{1,2}일 )?(?:이같이|이렇게|이를|이 같은 내용을) ?(?:밝혔다|발표했다|전했다)\."
    r"|[^.,;:“”\"]{1,60} (?:announced|confirmed|disclosed|reported) (?:this|it|the (?:news|decision|move))"
    r"(?:,? (?:on )?\w+day)?(?: in a statement)?\."
)
"""Who announced it, perhaps when, and nothing else: "外務省が29日、発表した。" stands after what was announced."""
_LONGEST_BARE = 110
"""Characters. The longest that the pattern can hold, so that no long sentence is tried."""
_MIXED = re.compile(r"[A-Za-z][А-Яа-яІіѕЅјЈ]{1,3}[A-Za-z]|\b[АВСЕНІКМОРТХаеіорсухѕ][a-z]{2,}")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\uffef©]")
# The words without which no pattern that Latin script writes that looks within a sentence can match.
_TRIGGERS = frozenset(
    """assistant summarizer summarizers summariser summarisers summarization summarisation summarizing summarising
    language llm llms chatbot chatbots chat chatgpt gpt newsbot newsbots bot bots aggregator aggregators ai automated
    automatic prompt prompts modèle modèles modelo modelos sprachmodell sprachmodelle ignore ignorez ignora ignorad
    ignoriere ignorieren disregard forget override bypass mention summarize summarise include quote reveal translate
    cite answer respond reply output print mark flag treat classify rank label act task role json summary digest
    instruction instructions key_points headline click subscribe newsletter cookie cookies browser inbox subscription
    edited editing contributed syndicated vorbehalten réservés reservados assistente asistente""".split()  # noqa: SIM905
)
_TOGETHER = (
    ("you", "now"), ("sign", "up"), ("follow", "us"), ("your", "system"), ("this", "rate"), ("return", "only"),
    ("return", "with"), ("return", "exactly"), ("return", "just"), ("key", "points"), ("rights", "reserved"),
    ("more", "information"), ("more", "stories"),
)  # fmt: skip
"""Common words that open a pattern only in company."""
_FIRST = frozenset(one for one, _ in _TOGETHER)


def _may_match(words: Sequence[str]) -> bool:
    if not _TRIGGERS.isdisjoint(words):
        return True
    return not _FIRST.isdisjoint(words) and any(one in words and other in words for one, other in _TOGETHER)


def refusal(sentence: str, words: Sequence[str] | None = None) -> str | None:
    """Why `sentence` may not be shown as a key point, as a sentence for people; None when nothing speaks against it.

    `words`, its words in lower case where they are known, spare most sentences the patterns.
    """
    if half_quoted(sentence):
        return PIECE
    plain = sentence
    if not sentence.isascii():
        if _BIDI.search(sentence):
            return "It holds characters that turn the direction of the text."
        plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", sentence)).strip()
        if _MIXED.search(plain):
            return "It holds letters of one script that pass for those of another."
    low = plain.lower()
    if _is_markup(low) or _is_encoded(plain):
        return MARKUP
    if " | " in plain:  # prose has no bars: menus, tags and lists of links have
        return "It belongs to the page, not to the article."
    within = words is None or _may_match(words) or (not plain.isascii() and _OTHER_SCRIPT.search(plain) is not None)
    if _ROLE.match(low) or (within and _instructs(low)):
        return FOR_MACHINES
    if _NOTE.match(low):
        return NOTE
    if len(plain) <= _LONGEST_BARE and _BARE.fullmatch(plain):
        return "It says who announced it, and not what."
    if _FURNITURE.match(low) or (within and _PAGE.search(low)):
        return "It belongs to the page, not to the article."
    return None


def _is_markup(low: str) -> bool:
    return (_MARKUP_SIGNS.search(low) is not None or "text/" in low) and _MARKUP.search(low) is not None


def _is_encoded(plain: str) -> bool:
    """A run of letters and digits too long for a word (an address is shorter, or has dots)."""
    longest = max(map(len, plain.split()), default=0)
    return longest >= _LONGEST_RUN and _BASE64.search(plain) is not None


def _instructs(low: str) -> bool:
    """An order of the kind given to machines, or any request beside a machine's name.

    News about language models names them too: the name alone refuses nothing.
    """
    if _ORDER.search(low):
        return _REPORTED.search(low) is None or _MACHINE.search(low) is not None
    return _MACHINE.search(low) is not None and _ADDRESS.search(low) is not None and _REPORTED.search(low) is None
