"""Names of actors as people type and read them: the understanding stage's tables, offered to the chat layer."""

import difflib
from datetime import UTC, datetime
from functools import lru_cache

from bot.errors import InputError
from bot.model import Article
from bot.text.languages import language_called
from bot.understanding.actors import find_actors
from bot.understanding.actors_names import codes, display_name
from bot.understanding.language import detect

__all__ = ["actor_name", "actor_names", "countries_named", "countries_of", "country_by_code"]

_COMMON = {"us": "USA", "u.s.": "USA", "u.s.a.": "USA", "america": "USA"}
"""What people type for a country, and no article's text may be taken for: "us" is a pronoun there."""
_PAIRS = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ
CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP
CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM
FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GTGTM GUGUM
GWGNB GYGUY HKHKG HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY
JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE
LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG
MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC
NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE
PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM
SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TGTGO THTHA TJTJK TKTKL
TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN
VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
_TWO_LETTERS = {pair[:2]: pair[2:] for pair in _PAIRS.split()}
"""ISO 3166 alpha-2 codes with their alpha-3 codes, from Unicode CLDR's territory aliases."""

NEAR = 0.8
"""How alike a name must be to be asked after: "Jappan" is .91 like "japan", "Narnia" .77 like "armenia"."""

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def actor_name(code: str) -> str:
    """The English name of an actor's code; the code itself when unknown."""
    return display_name(code)


@lru_cache(maxsize=1)
def actor_names() -> tuple[str, ...]:
    """What all countries and organisations are called, in order."""
    return tuple(sorted({display_name(code) for code in codes()}))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {display_name(code).casefold(): code for code in sorted(codes())}


@lru_cache(maxsize=512)
def countries_named(text: str) -> tuple[str, ...]:
    """The codes of the actors that `text` is the names of: "japan", "JPN", "Tokyo and Seoul", "日本".

    Empty when any word of it is something else: "japan tariffs" is a topic, not a country.
    """
    found: list[str] = []
    for part in _parts(text):
        code = _code(part)
        if code is None:
            return ()
        found.append(code)
    return tuple(dict.fromkeys(found))


def countries_of(text: str) -> tuple[str, ...]:
    """The codes that "Japan, USA" names; InputError for a word that names none."""
    codes: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = countries_named(part)
        code = found[0] if found else country_by_code(part)
        if code is None:
            near = difflib.get_close_matches(part[:40].casefold(), sorted(_by_name()), n=1, cutoff=NEAR)
            meant = f" Did you mean {display_name(_by_name()[near[0]])}?" if near else ""
            raise InputError(f"I know no country or organisation called “{part[:40]}”.{meant}")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def country_by_code(text: str) -> str | None:
    """The alpha-3 code for an alpha-2 one, in any case. Only where a country is asked for: as topics, "AI" and "it"
    are words.
    """
    return _TWO_LETTERS.get(text.strip().upper())


def _parts(text: str) -> list[str]:
    whole = text.strip()[:100]
    if _code(whole):
        return [whole]
    return [part.strip() for part in whole.replace(" and ", ",").replace("&", ",").split(",") if part.strip()]


def _code(name: str) -> str | None:
    if name.upper() in codes():
        return name.upper()
    plain = name.casefold().removeprefix("the ")
    if known := _by_name().get(plain) or _COMMON.get(plain):
        return known
    for form in dict.fromkeys((name, name.title(), name.upper())):
        for language in dict.fromkeys(("en", detect(form, None))):
            article = Article(id="name", title="", arrived=_ANY_DAY, language=language, text=form)
            for actor in find_actors(article)[0]:
                if any(span.start == 0 and span.end == len(form) for span in actor.spans):
                    return actor.code
    return None


def language_of(text: str) -> str | None:
    """The code that articles bear, of "en", "EN", "en-GB" or "English"; None for nothing; else InputError."""
    code = language_called(text).replace("_", "-").partition("-")[0]
    if text and not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        raise InputError(f"lang is a language such as English, or a code such as en or ja, not “{text[:40]}”.")
    return code or None
