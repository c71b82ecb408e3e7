"""Modes of the PLOVER types that have them, by the words of the sentence. Source: the PLOVER / NGEC codebook."""
# ruff: noqa: E501 - tables of patterns read best by line

import re
from functools import cache

from bot.model import EventType

# For each type in order of precedence: the narrower mode first.
_MODES: dict[EventType, tuple[tuple[str, str], ...]] = {
    "CONSULT": (
        ("phone", r"phone|telephon\w*|hotline|video ?(?:call|link|conference)|videoconference|by video|virtual(?:ly)?|call(?:s|ed)? with|spoke by"),
        ("third-party", r"mediat\w+|broker\w*|shuttle diplomacy|intermediar\w+|indirect talks|go-between|good offices|facilitat\w+"),
        ("multilateral", r"G-?7|G-?8|G-?20|ASEAN|NATO|APEC|BRICS|OPEC|Security Council|General Assembly|multilateral|(?:three|four|five|six|seven)-(?:way|party|nation)|leaders from \w+ (?:countries|nations)|(?:EU|European Union|African Union|Arab League) (?:leaders|ministers|summit)|international conference|world leaders|trilateral"),
        ("visit", r"visit\w*|trip|tour(?:s|ed|ing)?|travel\w*|arriv\w+|fl(?:y|ies|ew|ying) to|host(?:s|ed|ing)?|receiv(?:es?|ed|ing)|welcom\w+ .{0,30}(?:in|to)|head(?:s|ed|ing)? to"),
    ),
    "RETREAT": (
        ("ceasefire", r"cease-?fires?|truces?|cessation|armistice|halt(?:s|ed)? (?:fire|fighting|hostilities)|stop(?:s|ped)? (?:fighting|shelling)|paus\w+ (?:fighting|strikes)"),
        ("resign", r"resign\w*|step(?:s|ped|ping)? down|quits?|sack(?:s|ed)?|dismiss\w*|relinquish\w*"),
        ("disarm", r"disarm\w*|lay(?:s|ing)? down|laid down|demobili[sz]\w*|surrender\w*|destr(?:oy|uction)\w* (?:of )?(?:its |their )?(?:stock\w*|weapons|missiles)|decommission\w*|dismantl\w*"),
        ("release", r"releas\w*|fre(?:e|es|ed|eing)\b|pardon\w*|amnesty|let go|bail|set free|liberat\w*|prisoner swap"),
        ("return", r"return(?:s|ed|ing)?\b|hand(?:s|ed|ing)? (?:back|over)|restitut\w*|repatriat\w*|gave back"),
        ("access", r"(?:allow|let|admit|permit|grant)\w* .{0,40}(?:inspectors|observers|monitors|peacekeepers|aid|humanitarian|convoys?)|access"),
        ("withdraw", r"withdr\w+|pull(?:s|ed|ing)? (?:out|back)|pullout|pullback|retreat\w*|leave|left|leaving|reduc\w+|evacuat\w*"),
    ),
    "REQUEST": (
        ("meet", r"\b(?:talks|meeting|summit|negotiat\w+|dialogue|meet|mediat\w+|conference)\b"),
        ("yield", r"\b(?:releas\w*|free|cease-?fire|truce|withdraw\w*|lift|eas(?:e|ing)|end|halt|stop|drop|restraint|de-escalat\w*|refrain|disarm)\b"),
        ("assist", r"\b(?:aid|help|assist\w*|support|weapons|arms|troops|money|funds|loan|asylum|relations|membership|supplies|protection|missiles|systems|relief)\b"),
        ("change", r"\b(?:reform\w*|resign\w*|step down|change\w*|elections?|polic(?:y|ies)|law|investigat\w*|inquiry|constitution|government|respect|ensure|implement)\b"),
    ),
    "REJECT": (
        ("meet", r"\b(?:talks|meeting|summit|negotiat\w+|dialogue|meet|mediat\w+|conference|visit)\b"),
        ("yield", r"\b(?:releas\w*|free|cease-?fire|truce|withdraw\w*|lift|eas(?:e|ing)|halt|stop|curfew|enrich\w*|disarm|dismantle)\b"),
        ("assist", r"\b(?:aid|help|assist\w*|weapons|arms|troops|money|funds|loan|asylum|supplies|extradit\w*|membership|bid|missiles)\b"),
        ("change", r"\b(?:reform\w*|resign\w*|step down|quit|change\w*|elections?|polic(?:y|ies)|law|proposal|plan|resolution|demands?|calls?|deal|treaty|agreement|pact|offer)\b"),
    ),
    "ACCUSE": (
        ("investigate", r"\b(?:investigat\w+|prob(?:e|es|ed|ing)|inquir\w+|commission of inquiry|examin\w+|hearing)\b"),
        ("allege", r"\b(?:accus\w+|alleg\w+|su(?:e|es|ed|ing)|lawsuit|indict\w*|charg(?:e|es|ed)|prosecut\w*|trial|blam\w+|fil(?:e|es|ed) a (?:case|suit|complaint)|claim\w*|brought to court|took .{0,30} to court)\b"),
        ("disapprove", r"\w"),
    ),
    "THREATEN": (
        ("violence", r"\b(?:attack\w*|strike|strikes|bomb\w*|kill\w*|force|war|retaliat\w*|destroy\w*|invade|military|annihilat\w*|crush|revenge|missiles?|behead\w*|execute)\b"),
        ("expel", r"\b(?:expel\w*|expulsion|deport\w*|throw out|kick out)\b"),
        ("relations", r"\b(?:relations|ties|talks|sanction\w*|tariffs?|aid|cut off|suspend\w*|withdraw\w*|pull out|quit|embargo|ambassador|trade|treaty|accord|deal)\b"),
        ("territory", r"\b(?:annex\w*|occup\w+|seize|territory|take over)\b"),
        ("arrest", r"\b(?:arrest\w*|detain\w*|jail\w*|imprison\w*|prosecut\w*)\b"),
        ("ban", r"\b(?:ban|bans|outlaw\w*|part(?:y|ies))\b"),
        ("restrict", r"\b(?:blockade|boycott\w*|strike action|curfew\w*|clos(?:e|ing|ure)|shut|border|strait)\b"),
        ("rights", r"\b(?:speech|assembly|press|media|rights)\b"),
    ),
    "PROTEST": (
        ("hunger", r"hunger strike\w*|refus\w+ food|fast(?:ing)?\b"),
        ("strike", r"\b(?:strike|strikes|striking|walk(?:ed|s)? out|walkout|stop(?:ped)? work|work stoppage|downed tools)\b"),
        ("riot", r"\b(?:riot\w*|clash\w*|loot\w*|violent|burn\w*|hurl\w*|pelted|torch\w*|set fire|molotov)\b"),
        ("boycott", r"boycott\w*"),
        ("obstruct", r"\b(?:block\w*|barricad\w*|obstruct\w*|sit-in|occupied|chain\w*)\b"),
        ("demo", r"\w"),
    ),
    "SANCTION": (
        ("convict", r"\b(?:convict\w*|guilty|sentenc\w*|ruled? against|found liable|unlawful\w*|unconstitutional)\b"),
        ("expel", r"\b(?:expel\w*|expuls\w+|oust\w*|persona non grata|suspend\w* .{0,30}membership|kicked out|thrown out)\b"),
        ("withdraw", r"\b(?:withdr\w+|pull(?:s|ed|ing)? out|quit\w*|leav(?:e|es|ing)|left)\b"),
        ("discontinue", r"\w"),
    ),
    "MOBILIZE": (
        ("weapons", r"\b(?:test\w*|missiles?|rockets?|nuclear|weapons?|warships?|carriers?|jets?|bombers?|submarines?|batteries|frigates?|drones?|satellite)\b"),
        ("police", r"\b(?:police|security (?:forces|measures)|gendarm\w*)\b"),
        ("militia", r"\b(?:militia\w*|rebels?|fighters|paramilitar\w*|insurgents?)\b"),
        ("troops", r"\w"),
    ),
    "COERCE": (
        ("cyber", r"\b(?:cyber\w*|hack\w*|malware|ransomware|breach\w*|phishing)\b"),
        ("curfew", r"\b(?:curfews?|martial law|state of emergency|emergency rule)\b"),
        ("deport", r"\b(?:deport\w*|expel\w*|repatriat\w*)\b"),
        ("arrest", r"\b(?:arrest\w*|detain\w*|detention|jail\w*|imprison\w*|custody|captur\w*|house arrest|took into custody)\b"),
        ("misinformation", r"\b(?:disinformation|misinformation|propaganda|fake|troll\w*|deepfake\w*)\b"),
        ("censor", r"\b(?:censor\w*|block\w* (?:access|website\w*|social)|newspaper\w*|broadcast\w*|social media|internet access|publication)\b"),
        ("withhold", r"\b(?:withh\w+|cut(?:s|ting)? (?:off )?(?:power|electricity|water|internet|gas)|shut off)\b"),
        ("seize", r"\b(?:seiz\w+|confiscat\w*|raid\w*|search\w*|impound\w*|intercept\w*|occup\w+|annex\w*)\b"),
        ("ban", r"\b(?:ban|bans|banned|outlaw\w*|prohibit\w*|dissolv\w*)\b"),
        ("restrict", r"\w"),
    ),
    "ASSAULT": (
        ("suicide-attack", r"suicide"),
        ("unconventional", r"\b(?:chemical|nerve agent|sarin|chlorine|poison\w*|radiolog\w*|biological weapon)\b"),
        ("drone", r"\b(?:drones?|unmanned|UAVs?)\b"),
        ("cleansing", r"ethnic cleansing|mass expulsion|genocide"),
        ("massacre", r"massacr\w*|mass killing|slaughter\w*"),
        ("assassinate", r"assassinat\w*"),
        ("abduct", r"\b(?:abduct\w*|kidnap\w*|hijack\w*|hostages?|snatch\w*)\b"),
        ("execute", r"\b(?:execut(?:e|es|ed|ion|ions)|behead\w*|hang(?:ed|s)|put to death)\b"),
        ("torture", r"tortur\w*"),
        ("sexual", r"\b(?:rap(?:e|es|ed)|sexual\w*)\b"),
        ("crowd-control", r"tear gas|water cannon\w*|rubber bullets|warning shots|batons?"),
        ("aerial", r"\b(?:air ?strikes?|air raids?|warplanes?|fighter jets?|aircraft|helicopters?|planes? bomb\w*|aerial|bombed from|jets)\b"),
        ("heavy-weapons", r"\b(?:shell(?:s|ed|ing)|artillery|mortars?|rockets?|tanks?|missiles?|bombard\w*)\b"),
        ("explosives", r"\b(?:bomb\w*|explo\w+|blasts?|mines?|IEDs?|grenades?|detonat\w*)\b"),
        ("firearms", r"\b(?:shot|shoot\w*|gunm[ae]n|gunfire|open(?:ed)? fire|fired|firing|rifles?|guns?|snipers?|ambush\w*)\b"),
        ("primitive", r"\b(?:stab\w*|kni(?:fe|ves)|machetes?|stones?|rocks|swords?|set (?:on )?fire|torch\w*|arson)\b"),
        ("beat", r"\b(?:beat\w*|punch\w*|kick\w*)\b"),
        ("destroy", r"\b(?:destroy\w*|demolish\w*|raz(?:e|ed|ing)|bulldoz\w*)\b"),
    ),
}  # fmt: skip


@cache
def _patterns(kind: EventType) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((mode, re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)) for mode, words in _MODES.get(kind, ()))


def mode_of(kind: EventType, text: str) -> str | None:
    """The mode of an event of this type that an English sentence tells; None for types without modes, or no word."""
    # ruff: noqa: E501 - tables of patterns read best by line
    return next((mode for mode, pattern in _patterns(kind) if pattern.search(text)), None)


def modes_of(kind: EventType) -> tuple[str, ...]:
    """The modes that the codebook gives this type."""
    return tuple(mode for mode, _ in _MODES.get(kind, ()))
