"""What kind of outlet an article comes from, by its name and address; unknown stays unknown.

Evidence, strongest first: a domain that is listed, a domain that only governments or intergovernmental organisations
can have, a name that is listed, a name that says what it is ("Ministry of …", "… Television"). Public broadcasters
that are editorially independent are broadcasters; those under a state's control are state media. Lists: well-known
outlets (`data/outlets.txt`, ours, CC0) before the State Media Matrix (`data/state_media.tsv`, MIT, see NOTICE).
Says nothing about how reliable an outlet is.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import get_args
from urllib.parse import urlsplit

from bot.model import OutletKind

_NOT_WORD = re.compile(r"[\W_]+")
_SECTION = re.compile(r"\s+[-–—|·›»]\s+|:\s|\s*[(\[（【]")
"""What parts an outlet's name from a section of it: "BBC News - World", "TASS: politics"."""
_ENDINGS = ("news agency", "press agency", "news", "online", "english", "en", "com", "world", "live", "rss")
"""Words after a name that outlets and their feeds add at will."""
_MOST = 200
"""Characters of a name or host that are looked at."""
_KEPT = 4_096
"""Outlets whose kind is kept: each look-up asks for its outlets' again, and finding out takes .3 ms."""

_OFFICIAL_HOST = re.compile(
    r"(?:^|\.)(?:(?:gov|mil|gouv|gob|govt|gub)(?:\.[a-z]{2})?|go\.(?:jp|kr|id|th|ke|tz|ug)|gc\.ca|admin\.ch|bund\.de)$"
)
"""Second-level domains that registries give to governments alone."""
_INTERNATIONAL_HOST = re.compile(r"(?:^|\.)(?:int|un\.org|europa\.eu)$")
"""`.int` is given to organisations that a treaty founded (RFC 1591), and to nobody else."""

_SAYS: tuple[tuple[OutletKind, re.Pattern[str]], ...] = (
    (
        "think_tank",
        re.compile(
            r"\binstitute (?:of|for) (?:\w+ )?(?:international|foreign|strategic|peace|security|world|global)\b"
            r"|\b(?:council on foreign relations|think tank|stiftung wissenschaft und politik)\b"
            r"|\bcent(?:er|re) for (?:\w+ )?(?:strategic|international|security|european|foreign|global|policy)\b"
            r"|\binstitut (?:francais )?des relations internationales\b"
            r"|シンクタンク|戦略研究所|国際問題研究所|战略研究(?:院|中心)"
        ),
    ),
    (
        "government",
        re.compile(
            r"\b(?:ministry|ministere|ministerio|ministerium|minister|ministero) (?:of|for|de|des|del|der|fur|da)\b"
            r"|\b(?:department|secretary) of (?:state|defen[cs]e|foreign|commerce|the treasury|war)\b"
            r"|\bstate department\b"
            r"|\bforeign (?:office|ministry)\b|\boffice of the (?:spokes\w+|president|prime minister)\b"
            r"|\bembass(?:y|ies)\b"
            r"|\bprime minister s office\b|\bauswartiges amt\b|\bbundes(?:regierung|kanzler\w*|ministerium\w*)\b"
            r"|\bpresidential (?:office|palace|administration)\b|\bgovernment of\b|\bambassade\b|\bcancilleria\b"
            r"|\b(?:министерство|мид|правительство|посольство)\b|外務省|防衛省|首相官邸|経済産業省|外交部|国防部|国务院|외교부|대통령실|وزارة"
        ),
    ),
    (
        "broadcaster",
        re.compile(
            r"\b(?:tv|television|televisao|televisione?|tele|radio|rundfunk|fernsehen|broadcasting|broadcaster|tvnews)\b"
            r"|\b(?:телевидение|телеканал|радио)\b|テレビ|放送|电视台|電視台|广播|방송|تلفزيون|قناة|إذاعة"
        ),
    ),
    (
        "newspaper",
        re.compile(
            r"\b(?:newspapers?|gazette|gazeta|gaceta|gazzetta|zeitung|herald|tribune|courier|courrier|corriere|kurier)\b"
            r"|\b(?:diario|jornal|quotidien|periodico|dagblad\w*|tidning\w*|газета)\b|\w+zeitung\b"
            r"|新聞|日報|日报|晚报|时报|時報|신문|일보|صحيفة|جريدة"
        ),
    ),
)
"""Words by which outlets of a kind name themselves. Agencies are not among them: many are the state's."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Names as `normal_name` writes them, and registered domains."""

    names: dict[str, OutletKind]
    domains: dict[str, OutletKind]
    state_domains: dict[str, OutletKind]


def outlet_kind(name: str | None, url: str | None) -> OutletKind | None:
    """The kind of the outlet called `name` that publishes at `url`; None when neither tells."""
    return _told(name[:_MOST] if name else None, _host(url))


@lru_cache(maxsize=_KEPT)
def _told(name: str | None, host: str) -> OutletKind | None:
    return _by_listed_host(host) or _by_official_host(host) or _by_name(name)


def normal_name(name: str) -> str:
    """Lower case without accents, marks and a leading article: the form in which names are compared."""
    folded = unicodedata.normalize("NFKD", name[:_MOST].casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c) or c in "\u3099\u309a")
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", bare)).strip().removeprefix("the ")


def _by_listed_host(host: str) -> OutletKind | None:
    """Ours first, whichever part of the host it lists, for it knows more of the outlets that both name."""
    labels = host.split(".")
    hosts = [".".join(labels[at:]) for at in range(len(labels) - 1)]
    known = _known()
    return next(
        (table[host] for table in (known.domains, known.state_domains) for host in hosts if host in table), None
    )


def _by_official_host(host: str) -> OutletKind | None:
    if _INTERNATIONAL_HOST.search(host):
        return "organisation"
    return "government" if _OFFICIAL_HOST.search(host) else None


def _host(url: str | None) -> str:
    if not url:
        return ""
    try:
        return (urlsplit(url).hostname or "")[:_MOST].lower().rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def _by_name(name: str | None) -> OutletKind | None:
    if not name:
        return None
    for form in _forms(name):
        if kind := _known().names.get(form):
            return kind
    whole = normal_name(name)
    return next((kind for kind, pattern in _SAYS if pattern.search(whole)), None)


def _forms(name: str) -> list[str]:
    """The name as it stands, without its section, and without words that outlets add at will."""
    forms = [normal_name(name), normal_name(_SECTION.split(name, maxsplit=1)[0])]
    for form in list(forms):
        shorter = form
        for ending in _ENDINGS:
            shorter = shorter.removesuffix(f" {ending}")
            forms.append(shorter)
    if "." in name and " " not in name.strip():
        forms.append(normal_name(name.strip().rsplit(".", 1)[0].removeprefix("www.")))
    return [form for form in dict.fromkeys(forms) if form]


@lru_cache(maxsize=1)
def _known() -> _Known:
    known = _Known(names={}, domains={}, state_domains={})
    folder = resources.files("bot.understanding") / "data"
    kind: OutletKind | None = None
    for line in (folder / "outlets.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("["):
            kind = _kind(line.strip("[]"))
        elif line.strip() and not line.startswith("#") and kind is not None:
            names, _, domains = line.partition(";")
            known.names.update((normal_name(name), kind) for name in names.split(",") if name.strip())
            known.domains.update((domain, kind) for domain in domains.replace(",", " ").split())
    for line in (folder / "state_media.tsv").read_text(encoding="utf8").splitlines():
        what, _, value = line.partition("\t")
        (known.state_domains if what == "domain" else known.names).setdefault(value, "state_media")
    return known


def _kind(text: str) -> OutletKind:
    found: OutletKind = next(kind for kind in get_args(OutletKind) if kind == text)
    return found
