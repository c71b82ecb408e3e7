"""Modes of the PLOVER types that have them, by the words of the sentence. Source: the PLOVER / NGEC codebook."""
# ruff: noqa: E501 - tables of patterns read best by line

import re
from functools import cache

from bot.model import EventType

_BODIES = r"(?:G-?7|G-?8|G-?20|Group of (?:Seven|Eight|Twenty)|ASEAN|NATO|APEC|BRICS|OPEC|OSCE|ECOWAS|IGAD|Mercosur|CARICOM|SCO|Quad|Visegrad|Benelux|UN|U\.N\.|AU|EU|European Union|African Union|Arab League|League|Commonwealth|Security Council|General Assembly|United Nations|Eurozone|euro ?zone|(?:European|Nordic|Gulf) (?:Commission|Council))"
_HEADS = r"(?:leaders|ministers|chiefs|states|members|heads of state|presidents|premiers|ambassadors|delegates|envoys|governments)"

# For each type in order of precedence: the narrower mode first.
_MODES: dict[EventType, tuple[tuple[str, str], ...]] = {
    "CONSULT": (
        ("phone", r"phon(?:e|es|ed|ing)\b|telephon\w*|hotline|video ?(?:call|link|conference)|videoconference|by video|virtual(?:ly)?|(?:first |no |a |the |conference )call\b|calls? (?:with|between|to)|called (?:his|her|their)|rang\b|on the line|line to\b|spoke by"),
        ("third-party", r"mediat\w+|broker\w*|shuttl\w+|intermediar\w+|indirect|go-betweens?|good offices|facilitat\w+|auspices|proximity talks|contact group|as host|host\w* .{0,50}(?:talks|negotiations|meeting|dialogue|round) .{0,20}between|host\w* .{0,30}(?:talks|negotiations|meeting|dialogue|round)\b.{0,30}\bof\b|br(?:ought|ings?|inging) .{0,60} together|between \w+ and .{0,40}\bhosted\b"),
        ("multilateral", rf"{_BODIES}(?: \w+){{0,2}} (?:{_HEADS}|summit|meet\w*|gather\w*|conven\w*|huddl\w*|assembl\w*|session|talks|failed)|(?:{_HEADS}) (?:of|from) (?:all |the |some |more than )*(?:\d+|{_BODIES}|\w+teen|twenty|thirty|forty|fifty|bloc|alliance)|{_BODIES}|multilateral|(?:three|four|five|six|seven|eight)-(?:way|party|nation|power)|leaders from \w+ (?:countries|nations)|\d+ (?:nations|countries|states)|international conference|(?:annual|regional|emergency|extraordinary|world) (?:summit|session|conference|meeting)|world leaders|trilateral|plenary|general debate|quorum|Americas summit|from the (?:bloc|eurozone|alliance)"),
        ("visit", r"visit\w*|trip|tour(?:s|ed|ing)?|travel\w*|arriv\w+|fl(?:y|ies|ew|ying) (?:in|to|into)|land(?:s|ed|ing) in|host(?:s|ed|ing)?|receiv(?:es?|ed|ing)|welcom\w+|head(?:s|ed|ing)? to|call on|pa(?:ys|id|ying) .{0,20}call|red carpet|guard of honou?r|(?:in|to) \w+ for (?:\w+ ){0,2}talks|(?:go|goes|went|going) to [A-Z]|due in|stop(?:s|ped|ping)? (?:off |over )?in|stopover|state guest|leaves? for|(?:president|premier|minister|chief|leader|envoy|king) in [A-Z]"),
    ),
    "RETREAT": (
        ("ceasefire", r"cease-?fires?|ceas\w+ (?:fire|fighting|hostilities)|truces?|cessation|armistice|halt\w* (?:\w+ ){0,2}(?:fire|fighting|hostilities|shelling|bombing|offensive|strikes)|stop(?:s|ped|ping)? (?:fighting|shelling|firing|bombing)|paus\w+ (?:in )?(?:fighting|strikes)|guns? (?:\w+ ){0,3}(?:silent|stop\w*|quiet)|lull"),
        ("disarm", r"disarm\w*|lay(?:s|ing)? down|laid down|demobili[sz]\w*|(?:surrender|hand|giv|turn|scrap|destroy|dismantl|decommission|yield)\w* (?:\w+ ){0,6}?(?:weapons?|arms|rifles?|guns|rockets?|missiles?|warheads?|stock\w*|gas|mines|munitions)|(?:stock\w*|weapons?|arms|missiles?|warheads?) .{0,40}(?:destroyed|scrapped|dismantled|surrendered|handed)|decommission\w*|dismantl\w*"),
        ("release", r"releas\w*|fre(?:e|es|ed|eing)\b|pardon\w*|amnesty|let\w* (?:[\w-]+ ){0,7}(?:go\b|walk)|(?:out on|grant\w* .{0,12})bail|set (?:[\w-]+ ){0,6}(?:free|at liberty|loose)|liberat\w*|(?:prisoners?|captives?|detainees?) (?:swap|exchange)\w*|(?:swap|exchang)\w* .{0,20}(?:prisoners?|captives?|detainees?)|hostages? .{0,20}home"),
        ("resign", r"resign\w*|step(?:s|ped|ping)? (?:down|aside)|sack(?:s|ed)?|dismiss\w*|relinquish\w*|(?:leav|left|quit|vacat)\w* (?:his|her|the) (?:post|office|job)|(?:minister|premier|president|envoy|ambassador|governor|chancellor|chief|mayor|commissioner|speaker)s? (?:\w+ ){0,3}(?:quits?|bows? out|goes)\b|hang\w* up"),
        ("access", r"(?:allow|let|admit|permit|grant|open|reopen|welcom|accept)\w* .{0,60}(?:inspectors?|observers?|monitors?|peacekeepers?|aid|humanitarian|convoys?|rapporteurs?|red cross|lorries|trucks|relief)|(?:inspectors?|observers?|monitors?|convoys?|relief workers) .{0,30}(?:allowed|admitted|let|access)|access"),
        ("return", r"return(?:s|ed|ing)? (?!to\b)|return(?:s|ed|ing)? to (?:its|the|their) (?:owners?|rightful)|hand(?:s|ed|ing)? (?:[\w’'-]+ ){0,6}(?:back|over)|restitut\w*|restor\w+|repatriat\w*|g(?:ave|ives?|iving|iven) (?:[\w’'-]+ ){0,3}back|sen(?:t|ds?) back"),
        ("withdraw", r"\w"),
    ),
    "REQUEST": (
        ("meet", r"\b(?:talks?|meeting|summit|negotiat\w+|dialogue|meet|mediat\w+|conference|session|negotiating table|sit down|audience)\b"),
        ("yield", r"\b(?:releas\w*|free|cease-?fire|truce|withdraw\w*|pull (?:back|out)|lift|eas(?:e|ing)|(?:end|halt|stop) (?:to )?(?:\w+ ){0,4}(?:war|fighting|shelling|bombing|siege|blockade|sanctions|embargo|curfew|boycott|attacks|strikes|offensive|hostilities|violence|raids?)|halt|restraint|de-escalat\w*|disarm|(?:return|give back|hand back)|lay down|let .{0,30} go|blockade|sanctions)\b"),
        ("assist", r"\b(?:aid|help|assist\w*|support|weapons|arms|troops|money|funds|loans?|credits?|asylum|relations|membership|join|supplies|deliveries|protection|missiles|systems|batteries|radars?|relief|helicopters|planes|tanks|police|doctors|(?:appeal|ask|beg|plead|appl)\w* (?:to )?(?:[A-Z]\w+ ){0,3}for)\b|appl(?:y|ies|ied) to join|for \d+ more"),
        ("change", r"\w"),
    ),
    "REJECT": (
        ("meet", r"\b(?:talks|meeting|summit|negotiat\w+|dialogue|meet|mediat\w+|conference|visit|invitation|invited|see|receive|sit (?:down|at)|(?:negotiating |one |same |the )table|handshake|audience|phone call)\b"),
        ("yield", r"\b(?:releas\w*|free|cease-?fire|truce|withdraw\w*|lift|eas(?:e|ing)|halt|stop|pause|curfew|enrich\w*|disarm|dismantle|give (?:back|up)|hand (?:back|over)|return|surrender|sanctions relief|leave|pull out|amnesty|pardon)\b"),
        ("assist", r"\b(?:aid|help|assist\w*|arms|money|funds|loan|asylum|supplies|extradit\w*|(?:offers?|requests?|pleas?|appeals?|bids?) (?:of|for|to)|deliver\w*|re-export|exports?|ammunition|planes|tanks|weapons for|seat)\b"),
        ("change", r"\w"),
    ),
    "ACCUSE": (
        ("investigate", r"\b(?:investigat\w+|prob(?:e|es|ed|ing)|inquir\w+|commission of inquiry|examin\w+|hearings?|look\w* into|detectives|fact-finding|to question|questioned)\b"),
        ("allege", r"\b(?:accus\w+|alleg\w+|su(?:e|es|ed|ing)\b|lawsuit|indict\w*|charg(?:e|es|ed)|prosecut\w*|(?:on|to|stand\w*) trial|blam\w+|fil(?:e|es|ed|ing) .{0,24}(?:case|suit|complaint)|claim\w*|(?:brought|took|take|takes|taking|haul\w*|drag\w*) .{0,50}(?:court|tribunal|Security Council|Hague|arbitrat\w+)|says? .{0,40}(?:is|was|were|are) behind|behind the|point\w* (?:the|a) finger|responsible for|at fault|never warned|denounc\w+ .{0,20}to the)\b"),
        ("disapprove", r"\w"),
    ),
    "THREATEN": (
        ("expel", r"\b(?:expel\w*|expulsion|throw\w* (?:\w+ ){0,6}out|throw out|kick out|pack (?:his|her|their)|persona non grata|send .{0,30}(?:diplomats?|envoys?|ambassadors?) home)\b"),
        ("arrest", r"\b(?:arrest\w*|detain\w*|jail\w*|imprison\w*|prosecut\w*|behind bars|lock up|prison)\b"),
        ("ban", r"\b(?:ban|bans|banned|banning|outlaw\w*|dissolv\w*)\b"),
        ("rights", r"\b(?:newspapers?|broadcasters?|rallies|(?:freedom|liberties|rights|speech|assembly|press|media)\b.{0,30}\b(?:curb|curtail|restrict|suspend|silenc|limit)\w*|(?:curb|curtail|restrict|suspend|silenc|limit)\w* .{0,30}(?:freedom|liberties|rights|speech|assembly|press|media)|silenc\w+)\b"),
        ("territory", r"\b(?:annex\w*|occup\w+|seiz\w+|territory|take over|take control|reclaim)\b"),
        ("restrict", r"\b(?:blockad\w*|boycott\w*|strike action|general strike|curfew\w*|(?:clos|shut)\w* .{0,40}(?:border|strait|airspace|crossings?|ports?|canal|road|checkpoints?|gates?)|(?:border|strait|airspace|crossings?|ports?|canal)\b.{0,30}(?:clos|shut)\w*|block\w*|ground\w* flights)\b"),
        ("relations", r"\b(?:relations|ties|talks|sanction\w*|tariffs?|duties|aid|cut off|suspend\w*|withdraw\w*|pull out|quit|embargo|ambassador|trade|treaty|accord|deals?|contracts?|pact|membership)\b"),
        ("violence", r"\w"),
    ),
    "PROTEST": (
        ("hunger", r"hunger strik\w*|refus\w+ (?:\w+ )?food|fast(?:ing|s|ed)?\b"),
        ("boycott", r"boycott\w*|shun\w*|stay(?:s|ed|ing)? away"),
        ("riot", r"\b(?:riot\w*|loot\w*|violent|burn\w*|hurl\w*|pelt\w*|torch\w*|set fire|set .{0,20}(?:alight|ablaze|on fire)|molotov|petrol bombs?|storm(?:s|ed)?|ransack\w*|sack(?:ed)?|mobs?|vandali\w+)\b"),
        ("obstruct", r"\b(?:block\w*|barricad\w*|obstruct\w*|sit-in|occupied|occupy|chain\w*|la(?:y|id) down|lying down|roadblocks?)\b"),
        ("strike", r"\b(?:strikes?|striking|struck|strikers|walk(?:ed|s|ing)? (?:out|off)|walkout|stop(?:s|ped)? work|work stoppage|down(?:s|ed|ing)? tools|go-slow|industrial action)\b"),
        ("demo", r"\w"),
    ),
    "SANCTION": (
        ("convict", r"\b(?:convict\w*|guilty|sentenc\w*|rul(?:e|es|ed) (?:\w+ ){0,4}(?:against|unlawful|illegal|unconstitutional)|found liable|unlawful\w*|unconstitutional|(?:gets?|got|given|handed|hands|jailed for) .{0,50}(?:years?|life|months?|term)|life (?:in prison|term|sentence)|death penalty|\d+-year)\b"),
        ("expel", r"\b(?:expel\w*|expuls\w+|oust\w*|personae? non gratae?|suspend\w* (?:from|.{0,30}(?:membership|after|over))|(?:kick|throw|threw|thrown|turf)\w* (?:\w+ ){0,6}?out|(?:order|told|ask|give|gave|given|tell)\w* .{0,60}(?:to leave|leave|to go)|sen(?:ds?|t|ding) .{0,50}(?:home|packing))\b"),
        ("withdraw", r"\b(?:withdr\w+|pull(?:s|ed|ing)? (?:\w+ )?out|quit\w*|leav(?:e|es|ing)|left|walk(?:s|ed|ing)? out|exit\w*|(?:cut|cuts|froze|freez\w*|slash\w*) (?:off )?(?:\w+ ){0,3}(?:aid|funding|funds|money|assistance|payments|contributions?)|return to|abandon\w*|renounc\w*|denounc\w+ .{0,20}treaty)\b"),
        ("discontinue", r"\w"),
    ),
    "MOBILIZE": (
        ("militia", r"\b(?:militia\w*|rebels?|fighters|paramilitar\w*|insurgents?|tribesmen|Hezbollah|Houthis?|Hamas|Taliban|Hashd|Wagner|volunteers)\b"),
        ("weapons", r"\b(?:test\w*|missiles?|rockets?|nuclear|weapons?|warships?|carriers?|jets?|bombers?|submarines?|batteries|frigates?|destroyers?|drones?|satellite|tanks|fleet|howitzers)\b"),
        ("police", r"\b(?:police|security (?:forces|measures)|gendarm\w*|riot squads?)\b"),
        ("troops", r"\w"),
    ),
    "COERCE": (
        ("cyber", r"\b(?:cyber\w*|hack\w*|malware|ransomware|(?:data |security |network )breach\w*|phishing|spyware|websites? (?:\w+ )?(?:offline|down)|networks? of|denial-of-service)\b"),
        ("curfew", r"\b(?:curfews?|martial law|state of emergency|emergency rule)\b"),
        ("arrest", r"\b(?:arrest\w*|detain\w*|detention|jail\w*|imprison\w*|custody|captur\w*|house arrest|rounds? up|rounded up|picked up|held (?:in|on|by|since|without)|put behind bars|nabbed)\b"),
        ("deport", r"\b(?:deport\w*|expel\w*|repatriat\w*|(?:sen[dt]|sends|driv|drov|threw|throw|put|fl[ey]w?|push|forc)\w* .{0,50}\b(?:home|back|across|over the border|out\b|on flights?|on buses)|threw out|(?:migrants?|refugees) .{0,30}(?:flown|bused|sent|pushed|driven) )\b"),
        ("misinformation", r"\b(?:disinformation|misinformation|propaganda|fake|forged|troll\w*|deepfake\w*|bots?|bot farm)\b"),
        ("censor", r"\b(?:censor\w*|off (?:the )?air|(?:block|shut|ban|clos|suspend|restrict|jamm)\w* .{0,40}(?:website\w*|sites?|social|newspapers?|daily|dailies|weekly|broadcast\w*|radio|television|TV|channels?|media|Facebook|YouTube|Telegram|TikTok|Twitter|X\b|outlets?|publications?|magazine)|publication)\b"),
        ("withhold", r"\b(?:withh\w+|(?:cut|cuts|cutting|shut|shuts|turn\w*|switch\w*) (?:off )?(?:the )?(?:off )?(?:\w+ )?(?:power|electricity|water|internet|gas|heating|phone)|shut off|(?:keep\w*|kept|block\w*|deny|denies|denied|bar\w*) .{0,30}(?:food|aid|medic\w+|convoys?|supplies|fuel) )\b"),
        ("seize", r"\b(?:seiz\w+|confiscat\w*|raid\w*|search\w*|impound\w*|intercept\w*|occup\w+|annex\w*|boarded|commandeer\w*|tak(?:e|es|ing) (?:control|over)|took (?:control|over)|nationali[sz]\w*|expropriat\w*|ransack\w*|requisition\w*|unsearched)\b"),
        ("ban", r"\b(?:ban|bans|banned|banning|outlaw\w*|prohibit\w*|dissolv\w*|blacklist\w*|undesirable|proscrib\w*)\b"),
        ("restrict", r"\w"),
    ),
    "ASSAULT": (
        ("suicide-attack", r"suicide"),
        ("unconventional", r"\b(?:chemical|nerve agent|sarin|chlorine|mustard gas|novichok|poison\w*|radiolog\w*|biological weapon)\b"),
        ("drone", r"\b(?:drones?|unmanned|UAVs?|quadcopters?)\b"),
        ("cleansing", r"ethnic cleansing|mass expulsions?|genocid\w+|(?:driven|drove|expelled|deported) .{0,40}(?:en masse|villages|homes)"),
        ("massacre", r"massacr\w*|mass killing|slaughter\w*|mass grave"),
        ("assassinate", r"assassinat\w*|(?:leader|general|commander|minister|president|chief|mayor|scientist|official|judge|journalist|governor|envoy|ambassador)s? .{0,15}(?:was |were |is )?(?:killed|shot dead|murdered|gunned down|slain) (?:by|in|at|near|when|outside)"),
        ("abduct", r"\b(?:abduct\w*|kidnap\w*|hijack\w*|hostages?|snatch\w*)\b"),
        ("execute", r"\b(?:execut(?:e|es|ed|ion|ions|ing)|behead\w*|hang(?:ed|s|ing)?|put\w* (?:[\w-]+ ){0,4}to death|firing squad)\b"),
        ("torture", r"tortur\w*"),
        ("sexual", r"\b(?:rap(?:e|es|ed|ing)|sexual\w*)\b"),
        ("beat", r"\b(?:beat\w*|punch\w*|kick\w*|club(?:bed|s)|manhandl\w*|rough\w* up|lynch\w*)\b"),
        ("crowd-control", r"tear ?gas|water cannon\w*|rubber bullets|warning shots|batons?|stun grenades|pepper spray"),
        ("aerial", r"\b(?:air ?strikes?|air raids?|warplanes?|fighter jets?|fighter-bombers?|aircraft|helicopters?|gunships?|planes?|aerial|bombed from|jets|[A-Z]{1,2}-?\d{1,2}s?|air force)\b"),
        ("heavy-weapons", r"\b(?:shell(?:s|ed|ing)|artillery|mortars?|rockets?|tanks?|missiles?|bombard\w*|howitzers?|pound(?:s|ed|ing)|cannons?)\b"),
        ("explosives", r"\b(?:bomb\w*|explo\w+|blasts?|(?:land)?mines?|IEDs?|grenades?|detonat\w*|blew up|blown up|booby)\b"),
        ("firearms", r"\b(?:shot|shots|shoot\w*|gunm[ae]n|gunfire|gunned|open(?:s|ed)? fire|fired|firing|rifles?|guns?|snipers?|ambush\w*)\b"),
        ("primitive", r"\b(?:stab\w*|kni(?:fe|ves)|machetes?|stones?|rocks|swords?|axes?|set (?:[\w-]+ ){0,5}on fire|torch\w*|arson\w*)\b"),
        ("destroy", r"\b(?:destroy\w*|demolish\w*|raz(?:e|es|ed|ing)|bulldoz\w*|burn(?:s|ed|t)? down|flatten\w*|smash\w*)\b"),
    ),
}  # fmt: skip

_ASKED: frozenset[EventType] = frozenset({"REQUEST", "REJECT", "THREATEN"})
"""Types whose mode is what is asked, refused or threatened: it stands behind the event's word."""


@cache
def _patterns(kind: EventType) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((mode, re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)) for mode, words in _MODES.get(kind, ()))


def mode_of(kind: EventType, text: str, told: int = 0) -> str | None:
    """The mode of an event of this type that an English sentence tells; None for types without modes, or no word.

    `told` is where the event's word ends: behind it stands what is asked, refused or threatened.
    """
    read = text[:_READ]
    if kind in _ASKED and 0 < told < len(read) - 1:
        behind = _first(kind, read[told:])
        if behind != _MODES[kind][-1][0]:
            return behind
    return _first(kind, read)


_READ = 500
"""Code points of a sentence that are read: time stays bounded, whatever it holds."""


def _first(kind: EventType, text: str) -> str | None:
    return next((mode for mode, pattern in _patterns(kind) if pattern.search(text)), None)


def modes_of(kind: EventType) -> tuple[str, ...]:
    """The modes that the codebook gives this type."""
    return tuple(mode for mode, _ in _MODES.get(kind, ()))
