"""Wire agencies: how pages credit them, and the one name under which we record each."""

import re

_ALIASES = {
    "Reuters": "reuters|thomson reuters|ロイター|路透社|路透|رويترز|рейтер",
    "AP": "ap|associated press|the associated press|ap通信|美联社|أسوشيتد برس",
    "AFP": "afp|agence france-presse|agence france presse|afp時事|afp=時事|法新社|فرانس برس|أ ف ب|афп",
    "Jiji Press": "jiji press|jiji|時事|時事通信|時事通信社",
    "Kyodo News": "kyodo|kyodo news|共同|共同通信|共同通信社|共同社",
    "Xinhua": "xinhua|xinhua news agency|新华社|新華社|新华网",
    "China News Service": "中新社|中新网|cns|china news service",
    "TASS": "tass|itar-tass|тасс",
    "RIA Novosti": "ria novosti|ria|риа новости",
    "Interfax": "interfax|интерфакс",
    "Interfax-Ukraine": "interfax-ukraine|интерфакс-украина",
    "Ukrinform": "ukrinform|укринформ|укрінформ",
    "dpa": "dpa|deutsche presse-agentur",
    "APA": "apa",
    "KNA": "kna",
    "EFE": "efe",
    "Europa Press": "europa press",
    "ANSA": "ansa",
    "Adnkronos": "adnkronos|adnkronos/dpa",
    "Lusa": "lusa",
    "PAP": "pap",
    "Yonhap": "yonhap|yonhap news agency|연합뉴스|聯合ニュース",
    "Newsis": "newsis|뉴시스",
    "KCNA": "kcna|조선중앙통신",
    "Anadolu": "aa|anadolu|anadolu agency|anadolu ajansı|الأناضول",
    "PTI": "pti|press trust of india",
    "ANI": "ani",
    "APP": "app",
    "Antara": "antara",
    "Bernama": "bernama",
    "VNA": "vna",
    "MENA": "mena|أ ش أ",
    "SPA": "spa|واس",
    "WAM": "wam|وام",
    "QNA": "qna|قنا",
    "Petra": "petra|بترا",
    "SANA": "sana|سانا",
    "IRNA": "irna|ایرنا|إرنا",
    "NTB": "ntb",
    "Ritzau": "ritzau",
    "TT": "tt",
    "Belga": "belga",
    "ANP": "anp",
    "MTI": "mti",
    "CNA": "cna|中央社",
    "UPI": "upi",
    "Bloomberg": "bloomberg",
    "PA": "pa media|press association",
    "AAP": "aap",
    "The Canadian Press": "the canadian press|canadian press",
    "IPS": "ips",
}
_BY_ALIAS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split("|")}

# Spelled so that they cannot be a word in running text: safe to look for without a place before them.
_UNMISTAKABLE = "|".join(
    re.escape(alias) for alias in sorted(_BY_ALIAS, key=len, reverse=True) if len(alias) > 4 or not alias.isascii()
)
_CREDIT = re.compile(
    rf"^[\s(（\[—–-]*(?:source|quelle|fuente|出典|来源)?[\s:：]*({_UNMISTAKABLE}|AP|AFP|dpa|EFE|ANSA|PTI|TASS)[\s.)）\]]*$",
    re.IGNORECASE,
)
_LAST_WORDS = re.compile(
    rf"(?:\(|（|[—–-]{{1,2}} ?|／)({_UNMISTAKABLE}|AP|AFP|dpa|EFE|ANSA|PTI|TASS|AA)[)）]?\.?$", re.IGNORECASE
)
_SLASH = re.compile(r"\s*[/／=＝|,、]\s*")


def known(name: str) -> str | None:
    """The recorded name of a known agency, from any of its spellings; "AFP/Reuters" gives the first known."""
    for part in (name, *_SLASH.split(name)):
        if found := _BY_ALIAS.get(part.strip(" .（）()").casefold()):
            return found
    return None


def credit_line(line: str) -> str | None:
    """The agency that a whole line credits ("— Reuters", "(AFP)", "Source: Xinhua"); None for other lines."""
    match = _CREDIT.match(line) if len(line) <= 60 else None
    return known(match[1]) if match else None


def closing_credit(paragraph: str) -> str | None:
    """The agency credited in the last words of a paragraph: "… he said. (Reuters)"."""
    match = _LAST_WORDS.search(paragraph[-60:])
    return known(match[1]) if match else None
