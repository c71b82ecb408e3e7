"""What a spelling means where it stands: the traps of country names, each guard with its reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.understanding.actors_scan import Mention, Scanned
from bot.understanding.guards_words import AFTER_PLACE, FIRST_NAMES, GIVEN, VENUES

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
    r"state|foreign secretary|envoy|ambassador|leader|general|gen\.?|senator|sen\.?|chairman|mr\.?|mrs\.?|ms\.?|vice "
    r"president|vice-president|sheikh|sultan|emir|ayatollah|dictator|strongman|crown prince|taoiseach)[\s-]+$"
)
_AS_ADJECTIVE = re.compile(r"^-(?:born|style|based|made|speaking|language|themed)\b")
_POULTRY_AFTER = re.compile(r" (?:prices?|dinner|sandwich|breast|farms?|farmers?|meat|recipes?|leftovers|day\b)")
_POULTRY_AROUND = re.compile(r"\b(?:thanksgiving|roast|stuffing|poultry|oven)\b")
_AT = re.compile(r"\b(?:in|at|from|near|to)\s+$")
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
    special = _SPECIAL.get(mention.folded) or (_weak if mention.kind == "weak" else None)
    return special(at) if special is not None else Verdict(mention.code)


def _state_abbreviation(at: Place) -> Verdict | None:
    if at.mention.kind in {"name", "capital", "place", "weak"} and (match := _STATE_ABBREVIATION.match(at.written)):
        return Verdict("USA", f"a town in the United States{match.group()}")
    return None


def _part_of_a_name(at: Place) -> Verdict | None:
    if at.mention.kind not in {"name", "capital", "place"}:
        return None
    previous = at.before.rstrip().rsplit(" ", 1)[-1] if at.before.endswith(" ") else ""
    if previous in FIRST_NAMES:
        return Verdict(None, f"the surname of {previous.title()}")
    if at.mention.folded in GIVEN and (match := _CAPITALISED.match(at.written)) and match.group(1) not in AFTER_PLACE:
        return Verdict(None, f"the first name of somebody {match.group(1)}")
    return None


def _born(at: Place) -> Verdict | None:
    if match := _AS_ADJECTIVE.match(at.written):
        return Verdict(None, f"only describes something{match.group()}")
    return None


def _venue(at: Place) -> Verdict | None:
    if at.mention.folded in VENUES and _AT.search(at.before):
        return Verdict(None, f"{at.mention.folded.title()} is where it happens, not who acts")
    return None


_GENERAL = (_state_abbreviation, _part_of_a_name, _born, _venue)
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


def _korea(at: Place) -> Verdict:
    if "pyongyang" in at.scanned.folded or "north korea" in at.scanned.folded:
        return Verdict("PRK", "Korea in a text about the North")
    return Verdict("KOR", "Korea alone is the South")


def _brussels(at: Place) -> Verdict:
    if re.search(r"\b(?:belgian|belgium)\b", at.scanned.folded):
        return Verdict("BEL", "Brussels in a text about Belgium")
    return Verdict("EU", "Brussels as the seat of the European Union")


def _weak(at: Place) -> Verdict:
    if _TITLED.search(at.before):
        return Verdict(at.mention.code)
    if at.mention.code in at.sure:
        return Verdict(at.mention.code, f"{at.mention.folded!r} counts because the text names the same actor elsewhere")
    joined = re.compile(r"^(?:,| and| et| y| und) $|^, $")
    for other in at.scanned.mentions:
        if other.kind == "leader" and joined.match(at.scanned.folded[other.end : at.mention.start]):
            return Verdict(at.mention.code, f"{at.mention.folded!r} stands beside another leader")
    return Verdict(None, f"{at.mention.folded!r} alone is too common a word")


_SPECIAL: dict[str, Guard] = {
    "georgia": _georgia,
    "turkey": _turkey,
    "washington": _washington,
    "us": _us,
    "congo": _congo,
    "congolese": _congo,
    "korea": _korea,
    "korean": _korea,
    "brussels": _brussels,
}
