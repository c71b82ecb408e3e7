"""Which sentences may never be a key point: words for machines, page furniture, text that shows otherwise than it is.

It reads one sentence at a time, knows nothing of the page, and answers the reason as a sentence or None. The patterns
look for the form of an instruction (who is addressed, what is ordered), not for any one attack.
"""

import re
import unicodedata

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e\U000e0000-\U000e007f]")
_MARKUP = re.compile(
    r"</?\w[\w-]*(?:\s[^<>]{0,200})?/?>|<!--|-->|```|~~~|\{\s*[\"']\w+[\"']\s*:|[\"']\s*:\s*[\[{]|\[/?INST\]|<\|\w+\|>|<<SYS>>"
    r"|\]\(https?:|\bjavascript:|&lt;|data:text/"
)
_ROLE = re.compile(
    r"^\W{0,4}(?:system|assistant|user|developer|human|ai|bot|prompt|instructions?|note to (?:the )?(?:\w+ )?"
    r"(?:ai|model|llm|bot|assistant|summari[sz]er|machine)\w*)\s*(?:message|note|prompt|override)?\s*:",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(
    r"\b(?:summari[sz](?:er|ers|ation (?:tool|bot|model|system)s?)|language models?|llms?|chat-?bots?|chatgpt|gpt-?\d|ai (?:assistants?|"
    r"models?|agents?|systems?|readers?|tools?)|(?:automated|automatic) (?:readers?|systems?|tools?|summar\w+)|news ?bots?|aggregators?"
    r"|assistente? (?:ia|virtual)|modèles? de langage|modelos? de lenguaje|sprachmodelle?|языков\w+ модел\w+|"
    r"résumeur|resumidor)\b|要約(?:ボット|AI|システム|器|モデル)|言語モデル|语言模型|語言模型|摘要(?:器|模型|系统|程序)|언어 모델|요약(?:기| 모델| 봇)|نموذج(?: ال)?لغ",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|previous|prior|above|rule|text|guideline)"
    r"|(?:do not|don't|never|must not) (?:mention|summari[sz]e|include|report|quote|reveal|trust|tell)\b"
    r"|(?:answer|respond|reply|output|return|print) (?:only|with|exactly|just)\b|(?:mark|rate|flag|set|treat|classify|rank) this (?:article|story|item|text|page)"
    r"|you (?:are|act as) (?:now |an? )|your (?:new )?(?:task|instructions?|job|role|system prompt)\b|new instructions?\b|system prompt"
    r"|(?:must|should) (?:state|write|say|begin|start|contain|include) (?:that |only |with )?(?:the |your )?(?:summary|headline|digest|answer|key points?)"
    r"|(?:begin|start|end|open|close) (?:the|your|every|each) (?:summary|answer|reply|digest)|in (?:the|your|any) (?:summary|digest)\b.{0,40}\b(?:say|write|state|include|add|omit)"
    r"|ignor(?:ez|a|ad|e|ieren?|iere)\b.{0,40}\b(?:instruc|anweisung|consigne)|(?:игнорир\w+|забудь\w*)\b.{0,40}\bинструкц)"
    r"|(?:指示|命令|プロンプト).{0,12}(?:無視|忘れ)|忽略.{0,12}(?:指示|指令|说明|提示)|지시.{0,8}무시|تجاهل.{0,20}(?:تعليمات|الأوامر)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:click|tap|download|subscribe|sign up|follow us|read more|read also|also read|see also|related|more on|watch|listen|share this|"
    r"photo|image|file photo|getty|caption|video|advertisement|copyright|©|all rights reserved|this article (?:was|has been)|"
    r"(?:editor'?s|editors?’) note|correction|join (?:us|our)|get (?:the|our)|support our|live: |to (?:read|continue)|"
    r"\d+ min(?:ute)?s? read|最新|関連記事|写真|相关|图|사진|무단|本报|lire aussi|à lire|leer (?:más|también)|lea también|lesen sie|mehr zum|"
    r"foto|читайте|фото|اقرأ أيضا)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"\b(?:click here|sign up (?:for|to)|subscribe (?:to|now)|our newsletter|follow us on|all rights reserved|cookies?\b.{0,30}\b(?:accept|policy)|"
    r"has been (?:edited|published) (?:for|from) (?:length|a syndicated)|contributed to this (?:report|story)|terms of (?:use|service)|"
    r"your (?:browser|inbox|subscription|e-?mail)|for more (?:information|stories),? (?:visit|see|contact)|reporting by .{3,80}editing by)\b",
    re.IGNORECASE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/=]{60,}")


def refusal(sentence: str) -> str | None:
    """Why `sentence` may not be shown as a key point, as a sentence for people; None when nothing speaks against it."""
    if _BIDI.search(sentence):
        return "It holds characters that turn the direction of the text."
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", sentence)).strip()
    if _MARKUP.search(plain) or _BASE64.search(plain):
        return "It holds markup or encoded text."
    if _ROLE.search(plain) or _instructs(plain):
        return "It is addressed to a machine, not to a reader."
    if _FURNITURE.search(plain) or _ASK.search(plain):
        return "It belongs to the page, not to the article."
    return None


def _instructs(plain: str) -> bool:
    """An order of the kind given to machines, or any order beside a machine's name.

    News about language models names them too: the name alone refuses nothing.
    """
    if _ORDER.search(plain):
        return not _is_reported(plain) or bool(_ADDRESSEE.search(plain))
    return bool(_ADDRESSEE.search(plain)) and bool(
        re.search(
            r"\b(?:must|should|please|note|attention|dear|veuillez|por favor|bitte)\b|てください|请|하십시오|يرجى",
            plain,
            re.IGNORECASE,
        )
    )


def _is_reported(plain: str) -> bool:
    """Somebody in the news says it: "do not trust them," the minister told reporters."""
    return bool(re.search(r"[\"“”«»„].{3,}[\"“”«»]|\b(?:said|told|says|urged|asked|ordered|warned|added)\b", plain))
