"""What a spelling means where it stands: the traps of country names, each guard with its reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.understanding.actors_scan import Mention, Scanned
from bot.understanding.guards_homonyms import HOMONYMS
from bot.understanding.guards_words import AFTER_PLACE, BRUSSELS, FIRST_NAMES, GIVEN, PRIVATE, TEAMS, VENUES

UNSURE = frozenset({"weak", "state", "congress"})
"""Kinds of spelling that do not name an actor by themselves."""

_AROUND = 60
"""Code points on each side that a guard may look at: about ten words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`code` None: not an actor. `reason` None: nothing noteworthy."""

    code: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A mention and what stands around it: folded text before and after, and the text after as written."""

    scanned: Scanned
    mention: Mention
    sure: frozenset[str]
    before: str
    after: str
    written: str


_STATE_ABBREVIATION = re.compile(
    r"\s?, (?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Me|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.H|"
    r"N\.J|N\.M|N\.Y|N\.C|N\.D|Ohio|Okla|Ore|Pa|R\.I|S\.C|S\.D|Tenn|Tex|Texas|Vt|Va|Wash|W\.Va|Wis|Wyo|Iowa|Maine|"
    r"Georgia|Idaho|Indiana|Illinois|Kentucky|Pennsylvania|Virginia|Tennessee|Missouri|Michigan)\b\.?"
)
_GEORGIA_STATE = re.compile(
    r"^(?:'s)?\s+(?:gov\b|gov\.|governor|senate|senator|house|legislature|lawmakers?|secretary of state|supreme court|"
    r"republicans?|democrats?|gop|primary|runoff|state|voters?|election law|congress|rep\b|sheriff|police|county|"
    r"attorney general|lt\.|lieutenant|prosecutor|peach|football|special election|ballot|bulldogs|grand jury)"
)
_US_AROUND = re.compile(
    r"\b(?:atlanta|savannah|kemp|stacey abrams|warnock|ossoff|raffensperger|florida|alabama|carolina|tennessee|ohio|"
    r"michigan|pennsylvania|arizona|republicans?|democrats?|senate seat|augusta|fort benning)\b"
)
_CAPITALISED = re.compile(r"^ ([A-Z][a-z]+)(?= (?:[a-z]|$|[A-Z][a-z]+s\b)|[,.'’]|$)")
_TITLED = re.compile(
    r"\b(?:president|presidents|premier|prime minister|pm|chancellor|king|queen|prince|minister|secretary|secretary of "
    r"state|foreign secretary|envoy|ambassador|leader|general|gen\.?|chairman|mr\.?|mrs\.?|ms\.?|vice "
    r"president|vice-president|sheikh|sultan|emir|ayatollah|dictator|strongman|crown prince|taoiseach)[\s-]+$"
)
_AS_ADJECTIVE = re.compile(r"^-(?:born|style|based|made|speaking|language|themed)\b")
_POULTRY_AFTER = re.compile(r" (?:prices?|dinner|sandwich|breast|farms?|farmers?|meat|recipes?|leftovers|day\b)")
_POULTRY_AROUND = re.compile(r"\b(?:thanksgiving|roast|stuffing|poultry|oven)\b")
_POSTED = re.compile(r"\b(ambassador|envoy|representative|mission)s? (?:designate )?to (?:the )?$")
_NEXT_WORD = re.compile(r" ([A-Za-z]+)\b(?: ([A-Za-z]+)\b)?")
_EXPERTS_IN = re.compile(r"\b(?:researchers?|scientists?|engineers?|doctors|astronomers) (?:in|at|from) $")
_IN_VENUE = re.compile(rf"\b(?:in|at) (?:{'|'.join(sorted(VENUES))}), $")
_AT = re.compile(r"\b(?:in|at|from|near|to)\s+$")
_JOINED = re.compile(r",? (?:and |et |y |und |with |meets |calls |tells |hosts )?|, ")
_DIPLOMATIC_DEED = re.compile(
    r" (?:arrives?|meets?|met|visits?|visited|lands|flies|hosts|holds|to (?:meet|visit|host)|urges|warns|tells)\b"
)
_US_ALONE = re.compile(r"\b(?:let|with|join|tell|about|of|for|to|from|and|all|give|gives|show|shows)\s$")


def judge(scanned: Scanned, mention: Mention, sure: frozenset[str]) -> Verdict:
    """What `mention` names, given the text around it; `sure` are codes that other mentions name without doubt."""
    at = Place(
        scanned=scanned,
        mention=mention,
        sure=sure,
        before=scanned.folded[max(0, mention.start - _AROUND) : mention.start],
        after=scanned.folded[mention.end : mention.end + _AROUND],
        written=scanned.text[mention.end : mention.end + _AROUND],
    )
    for guard in _GENERAL:
        verdict = guard(at)
        if verdict is not None:
            return verdict
    special = _SPECIAL.get(mention.folded) or _BY_KIND.get(mention.kind)
    return special(at) if special is not None else Verdict(mention.code)


def _state_abbreviation(at: Place) -> Verdict | None:
    near = "," in at.written[:2] and at.mention.kind in {"name", "capital", "place", "weak"}
    if near and (match := _STATE_ABBREVIATION.match(at.written)):
        return Verdict("USA", f"a town in the United States{match.group()}")
    return None


def _part_of_a_name(at: Place) -> Verdict | None:
    if at.mention.kind not in {"name", "capital", "place"}:
        return None
    previous = at.before.rstrip().rsplit(" ", 1)[-1] if at.before.endswith(" ") else ""
    if previous in FIRST_NAMES:
        return Verdict(None, f"the surname of {previous.title()}")
    given = at.mention.folded in GIVEN and not _GEORGIA_STATE.match(at.after)
    if given and (match := _CAPITALISED.match(at.written)) and match.group(1) not in AFTER_PLACE:
        return Verdict(None, f"the first name of somebody {match.group(1)}")
    return None


def _born(at: Place) -> Verdict | None:
    if not at.written.startswith("-"):
        return None
    if at.mention.kind == "leader" and re.match(r"-(?:backed|era|style|like|endorsed|appointed)\b", at.after):
        return Verdict(None, "a leader's name as an adjective")
    if match := _AS_ADJECTIVE.match(at.written):
        return Verdict(None, f"only describes something{match.group()}")
    return None


def _venue(at: Place) -> Verdict | None:
    if not at.before.endswith(" ") or at.mention.kind in {"leader", "word"}:
        return None
    if _EXPERTS_IN.search(at.before):
        return Verdict(None, "only says where researchers work")
    if _IN_VENUE.search(at.before):
        return Verdict(None, "only says where the meeting place lies")
    if at.mention.folded in VENUES and _AT.search(at.before):
        return Verdict(None, f"{at.mention.folded.title()} is where it happens, not who acts")
    return None


def _post(at: Place) -> Verdict | None:
    if at.mention.code in {"UN", "EU", "NATO"} and (match := _POSTED.search(at.before)):
        return Verdict(None, f"{match.group(1)} to it: the sender acts, not the organisation")
    return None


def _team(at: Place) -> Verdict | None:
    match = _NEXT_WORD.match(at.written) if at.mention.kind in {"name", "capital", "place", "state"} else None
    if match and match.group(1) in TEAMS:
        return Verdict(None, f"{match.group(1)} is a club")
    return None


def _private(at: Place) -> Verdict | None:
    if at.mention.kind in {"name", "exact", "word"} and (match := _NEXT_WORD.match(at.written)):
        nouns = [match.group(1)] + ([match.group(2)] if match.group(2) and match.group(1).islower() else [])
        for noun in nouns:
            if noun.lower() in PRIVATE:
                return Verdict(None, f"a private {noun}, not the state")
    return None


def _homonym(at: Place) -> Verdict | None:
    word = HOMONYMS.get(at.mention.folded)
    if word is None:
        return None
    others = (other for other in at.scanned.mentions if other.code == at.mention.code)
    named = any(other.folded not in HOMONYMS for other in others)
    written = at.scanned.text[at.mention.start : at.mention.end]
    return Verdict(None, word.what) if word.holds(at.before, at.after, written, named=named) else None


_GENERAL = (_homonym, _state_abbreviation, _part_of_a_name, _born, _venue, _post, _team, _private)
Guard = Callable[[Place], Verdict]


def _georgia(at: Place) -> Verdict:
    if _GEORGIA_STATE.match(at.after) or _US_AROUND.search(at.scanned.folded):
        return Verdict("USA", "Georgia the US state, by the words around it")
    return Verdict(at.mention.code, "Georgia the country: nothing around it speaks of the US state")


def _turkey(at: Place) -> Verdict:
    if _POULTRY_AFTER.match(at.after) or _POULTRY_AROUND.search(at.scanned.folded):
        return Verdict(None, "turkey the bird")
    return Verdict(at.mention.code)


def _washington(at: Place) -> Verdict:
    if re.match(r"(?:'s)? state\b", at.after):
        return Verdict("USA", "Washington the state")
    return Verdict(at.mention.code)


def _us(at: Place) -> Verdict:
    letters = [char for char in at.scanned.text[max(0, at.mention.start - 40) : at.mention.end + 40] if char.isalpha()]
    if sum(map(str.isupper, letters)) > 0.8 * len(letters) and _US_ALONE.search(at.before):
        return Verdict(None, "the pronoun in a line of capitals")
    return Verdict("USA")


def _congo(at: Place) -> Verdict:
    if re.search(r"\bbrazzaville|sassou|republic of congo\b", at.scanned.folded) and not re.search(
        r"kinshasa|kabila|tshisekedi|democratic", at.scanned.folded
    ):
        return Verdict("COG", "Congo with Brazzaville or its president in the text")
    return Verdict("COD", "Congo alone is the larger one, unless the text speaks of Brazzaville")


def _congos(at: Place) -> Verdict:
    return Verdict("COD+COG", f"{at.mention.folded!r} means both")


def _korea(at: Place) -> Verdict:
    if "pyongyang" in at.scanned.folded or "north korea" in at.scanned.folded:
        return Verdict("PRK", "Korea in a text about the North")
    return Verdict("KOR", "Korea alone is the South")


def _brussels(at: Place) -> Verdict:
    if any(other.code == "BEL" and other.folded not in BRUSSELS for other in at.scanned.mentions):
        return Verdict("BEL", "Brussels in a text about Belgium")
    return Verdict("EU", "Brussels as the seat of the European Union")


def _pahalgam(at: Place) -> Verdict:
    if re.match(r" (?:attack|massacre|bombing|killings)", at.after):
        return Verdict(None, "names the attack, not the state")
    return Verdict(at.mention.code)


def _rutte(at: Place) -> Verdict:
    if "nato" in at.scanned.folded or "alliance" in at.scanned.folded:
        return Verdict("NATO", "Rutte as head of NATO")
    return Verdict("NLD", "Rutte without NATO around: the Dutch prime minister he was")


def _inter_korean(at: Place) -> Verdict:
    return Verdict("KOR+PRK", f"{at.mention.folded!r} means both")


def _congress(at: Place) -> Verdict:
    others = {code for code in at.sure if len(code) == 3 and code != "USA"}
    if "USA" not in at.sure and others:
        return Verdict(None, f"{at.mention.folded!r} may be that of {', '.join(sorted(others)[:3])}")
    return Verdict("USA", f"{at.mention.folded!r} is that of the United States: no other state is named")


def _us_state(at: Place) -> Verdict:
    others = {code for code in at.sure if len(code) == 3 and code != "USA"}
    if others and re.search(r"\b(?:in|to|through|at|via|visit|visits|near|off)\s$", at.before):
        return Verdict("USA", f"foreign business in {at.mention.folded!r}")
    return Verdict(None, f"{at.mention.folded!r} alone is news of one US state")


def _weak(at: Place) -> Verdict:
    if _TITLED.search(at.before):
        return Verdict(at.mention.code)
    if at.mention.code in at.sure:
        return Verdict(at.mention.code, f"{at.mention.folded!r} counts because the text names the same actor elsewhere")
    if any(_beside(at, other) for other in at.scanned.mentions):
        return Verdict(at.mention.code, f"{at.mention.folded!r} stands beside another leader")
    if at.sure - {at.mention.code} and _DIPLOMATIC_DEED.match(at.after):
        return Verdict(at.mention.code, f"{at.mention.folded!r} does what ministers do, and another state is named")
    return Verdict(None, f"{at.mention.folded!r} alone is too common a word")


def _beside(at: Place, other: Mention) -> bool:
    if other.kind not in {"leader", "weak"} or other is at.mention:
        return False
    between = at.scanned.folded[other.end : at.mention.start] or at.scanned.folded[at.mention.end : other.start]
    return other.kind == "leader" and _JOINED.fullmatch(between) is not None


_SPECIAL: dict[str, Guard] = {
    "georgia": _georgia,
    "turkey": _turkey,
    "washington": _washington,
    "us": _us,
    "congo": _congo,
    "congolese": _congo,
    "congos": _congos,
    "korea": _korea,
    "korean": _korea,
    "rutte": _rutte,
    "mark rutte": _rutte,
    "inter-korean": _inter_korean,
    "korean peninsula": _inter_korean,
    "pahalgam": _pahalgam,
}

_SPECIAL |= dict.fromkeys(BRUSSELS, _brussels)

_BY_KIND: dict[str, Guard] = {"weak": _weak, "congress": _congress, "state": _us_state}
