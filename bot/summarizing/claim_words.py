"""The small tables behind `bot.summarizing.claims` and `claim_sense`: written for this gate, English unless said."""

# ruff: noqa: E501, SIM905 - words read better in lines than in lists


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NUMBERS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )},
    **{word: 10.0 * value for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )},
    "both": 2.0, "dozen": 12.0,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9,
    "millions": 1e6, "milliards": 1e9, "milliard": 1e9, "millones": 1e6, "millionen": 1e6, "milliarden": 1e9,
}  # fmt: skip
UNITS = {
    form: name
    for name, forms in {
        "percent": "percent pct prozent", "dollar": "dollar dollars usd", "euro": "euro euros eur",
        "pound": "pound pounds sterling", "yen": "yen", "yuan": "yuan renminbi", "ruble": "ruble rubles rouble roubles",
        "hour": "hour hours", "minute": "minute minutes", "day": "day days", "week": "week weeks",
        "month": "month months", "year": "year years", "decade": "decade decades", "fortnight": "fortnight fortnights", "km": "km kilometre kilometres "
        "kilometer kilometers", "mile": "mile miles", "metre": "metre metres meter meters", "tonne": "tonne tonnes ton "
        "tons", "barrel": "barrel barrels", "kg": "kg kilogram kilograms", "megawatt": "megawatt megawatts mw",
    }.items()
    for form in forms.split()
}  # fmt: skip

SPANS = _set("hour hours day days week weeks month months year years decade decades night nights")
"""Of time: "over eight years" is no more than eight, but as long as that."""

_MONTH_NAMES = """january february march april may june july august september october november december""".split()
MAY = "may_"
"""The month: the word without the mark is the one of possibility."""
_MONTH_NAMES[4] = MAY
MONTHS = frozenset(_MONTH_NAMES)
DAYS: dict[str, frozenset[str]] = {
    **{name: frozenset({name, name[:3]} | ({"sept"} if name == "september" else set())) for name in _MONTH_NAMES},
    **{
        name: frozenset({name, name[:3]}) for name in "monday tuesday wednesday thursday friday saturday sunday".split()
    },
    **{name: frozenset({name}) for name in "yesterday today tomorrow tonight".split()},
}
RELATIVE_DAYS = _set("yesterday today tomorrow tonight")

NOT_NAMES = _set("""i may_ mr mrs ms dr the a an president minister prime foreign deputy secretary general ambassador
    chancellor king queen government parliament ministry council commission state""")
OPENERS = _set("""parliament police trade inflation officials government governments ministry ministries minister
    ministers foreign deputy president talk negotiation leader leaders diplomats diplomat opposition parliamentarians
    visa oil gas food aid work humanitarian military nuclear public local national international regional economic
    former new several many more fewer most some another neither either both nearly almost about around over under
    roughly only once one two three four five six seven eight nine ten eleven twelve prime exporters economist
    analyst fighting violence progress agreement peace security defence defense energy tourism agriculture
    nobody everyone ordinary senior joint legal financial early late next last every each citizen
    traffic without because although while since until unless despite during after before under over against among between
    through throughout amid following according besides beyond except given like near off regarding toward towards upon
    versus via within whereas whether though if when where for with from by at on in to as of no not nor never also
    instead soon then there here today tomorrow yesterday tonight later earlier meanwhile however whoever what which
    calling citing saying flights""")
"""Words that open sentences with a capital and are no names."""
BELONGING = _set("""nian n an ian ean ese i ish ic k s ns ans ians is ien iens er ers e ite sh ch ans'""")
NOT_KIN = frozenset({
    frozenset({"niger", "nigeria"}), frozenset({"niger", "nigerian"}), frozenset({"mali", "malian"}) - {"malian"},
})  # fmt: skip
_ALIASES = (
    "us usa america american americans united", "uk britain british britons", "eu european brussels", "un united",
    "france french frenchman", "spain spanish spaniards", "netherlands dutch", "greece greek greeks",
    "switzerland swiss", "denmark danish danes", "sweden swedish swedes", "poland polish poles",
    "turkey turkish türkiye turks", "ireland irish", "finland finnish finns", "philippines philippine filipino filipinos",
    "uae emirati emirates", "thailand thai", "congo congolese drc", "peru peruvian", "portugal portuguese",
    "norway norwegian", "hungary hungarian", "cyprus cypriot", "kosovo kosovar", "china chinese", "germany german",
    "mali malian", "niger nigerien", "iraq iraqi", "iran iranian", "chad chadian", "cuba cuban", "laos lao laotian",
)  # fmt: skip
ALIASES = {word: _set(line) - {word} for line in _ALIASES for word in line.split()}

NEGATIONS = _set("""not no never none nobody nothing neither nor without cannot refuse refused refus refuses
    deny denied denie denies decline declined fail failed fails unable""")
"""Words that deny what follows them; also verbs that do ("refused to sign" says that it was not signed)."""
MEASURES = _set("more less fewer later only sooner earlier")
"""Words behind a "not" that make a measure of it: "no more than"."""
ENDING = _set("""drop dropp dropped end ended cease ceased lift lifted abandon abandoned scrap scrapped withdraw withdrew
    quit stop stopp stopped halt halted suspend suspended pause paused cancel cancelled break broke""")
"""Verbs that deny what was: "dropped its threat" lets a claim say "no longer threatens"."""
OPPOSING = _set("""oppos oppose opposed opposes against ban bans banned block blocks blocked prevent prevents prevented
    reject rejected rejects bar bars barred""")
"""Verbs that want no such thing: "oppose its reopening" lets a claim say "want it kept shut"."""
NEGATIVE = _set("""reject rejected oppose oppos opposed against lack lacked stop stopped halt away absent abstain stay ban
    banned bar block prevent exclud except unless short despite yet lost laps expir miss postpon delay defer instead rather
    only hardly few fewer clos leav left end withhold wait""")
"""Words by which a source denies without a "not"."""
CLAUSES = _set("""but while although though whereas which who whom whose that because after before when as if where until since
    unless so""")
"""Words with which another clause begins."""
RELATIVES = _set("which who that whom")
HELPERS = _set("""will would can could may might shall should must to not did does do has have had is are was were be been
    they he she it we who which""")
"""Words right before a verb."""
ASIDE = _set(
    "in at near outside inside over through on under between for with against during after before about around"
)
"""Prepositions behind which a name only says where, when or about what."""
MUTUAL = _set("""meet met speak spoke speak talk talked agre agreed discuss discussed fight fought clash exchang exchanged shar shared
    sign signed settl settled hold held""")
"""Verbs that two do together: who stands first says nothing."""
CONVERSE = {"sel": "buy", "lend": "borrow", "giv": "receiv", "export": "import", "los": "win"}
"""Verbs by the stem of which they say the same with the roles turned round: who sells to one is bought from."""
SPEECH = _set("""refuse refused refus reject rejected agree agreed agr decide decided decid announce announced announc warn warned threaten
    threatened demand demanded urge urged ask asked call called order ordered approve approved approv vote voted meet met sign
    signed discuss discussed want hope fear recall recalled accuse accused deny denied end ended object objected oppose opposed oppos support supported
    back backed claim claimed say said plan planned""")
"""Verbs that are deeds by being said: "it would not send" lets a claim say "refused"."""
MODALS = _set("""will would may might could shall plan plans planned expect expected schedule scheduled due intend intends propose
    proposed consider considering hope hopes want wants ask asks asked urge urged seek seeks demand demands""")
"""Words by which a clause tells what has not happened yet."""
ORDINALS = _set("""first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""")
_FORMS = {
    "break": "breaks broke broken breaking", "bring": "brings brought brought bringing", "call": "calls called called calling",
    "carry": "carries carried carried carrying", "cut": "cuts cut cut cutting", "do": "does did done doing", "drive": "drives drove driven driving", "move": "moves moved moved moving",
    "enter": "enters entered entered entering",
    "get": "gets got got getting", "give": "gives gave given giving", "go": "goes went gone going", "hand": "hands handed handed handing",
    "keep": "keeps kept kept keeping", "kick": "kicks kicked kicked kicking", "leave": "leaves left left leaving", "let": "lets let let letting",
    "look": "looks looked looked looking", "pay": "pays paid paid paying", "phase": "phases phased phased phasing", "point": "points pointed pointed pointing",
    "pull": "pulls pulled pulled pulling", "push": "pushes pushed pushed pushing", "put": "puts put put putting", "rule": "rules ruled ruled ruling",
    "say": "says said said saying", "send": "sends sent sent sending", "set": "sets set set setting", "shut": "shuts shut shut shutting",
    "sign": "signs signed signed signing", "step": "steps stepped stepped stepping", "strike": "strikes struck struck striking",
    "take": "takes took taken taking", "throw": "throws threw thrown throwing", "turn": "turns turned turned turning", "vote": "votes voted voted voting",
    "walk": "walks walked walked walking", "come": "comes came come coming", "wind": "winds wound wound winding",
    # what they stand for
    "admit": "admits admitted admitted admitting", "collapse": "collapses collapsed collapsed collapsing", "concede": "concedes conceded conceded conceding",
    "conduct": "conducts conducted conducted conducting", "continue": "continues continued continued continuing", "demand": "demands demanded demanded demanding",
    "deliver": "delivers delivered delivered delivering", "drop": "drops dropped dropped dropping", "end": "ends ended ended ending",
    "establish": "establishes established established establishing", "examine": "examines examined examined examining", "exclude": "excludes excluded excluded excluding",
    "expel": "expels expelled expelled expelling", "finance": "finances financed financed financing", "increase": "increases increased increased increasing",
    "introduce": "introduces introduced introduced introducing", "join": "joins joined joined joining", "postpone": "postpones postponed postponed postponing",
    "propose": "proposes proposed proposed proposing", "reject": "rejects rejected rejected rejecting", "release": "releases released released releasing",
    "resign": "resigns resigned resigned resigning", "resume": "resumes resumed resumed resuming", "return": "returns returned returned returning",
    "seize": "seizes seized seized seizing", "sever": "severs severed severed severing", "start": "starts started started starting",
    "state": "states stated stated stating", "summon": "summons summoned summoned summoning", "urge": "urges urged urged urging", "bar": "bars barred barred barring",
    "withdraw": "withdraws withdrew withdrawn withdrawing", "cancel": "cancels cancelled cancelled cancelling", "approve": "approves approved approved approving",
    "annul": "annuls annulled annulled annulling", "lift": "lifts lifted lifted lifting", "proceed": "proceeds proceeded proceeded proceeding",
    "mention": "mentions mentioned mentioned mentioning", "depart": "departs departed departed departing",
}  # fmt: skip
"""Verbs with their third person, past, participle and running form."""
_PHRASAL = (
    "set up/establish", "set free/release", "call on/urge", "call upon/urge", "call for/demand", "call off/cancel", "call in/summon",
    "take part in/join", "take part/join", "take effect/start", "take over/seize", "take back/admit", "turn down/reject", "turn back/expel",
    "turn away/expel", "let through/admit", "let in/admit", "hand over/deliver", "rule out/reject", "carry out/conduct", "point out/state",
    "bring back/return", "bring in/introduce", "put off/postpone", "put forward/propose", "push back/postpone", "pull back/withdraw",
    "pull out of/depart", "pull out/withdraw", "cut off/sever", "break off/sever", "break down/collapse", "wind up/end", "give in/concede",
    "give up/drop", "step down/resign", "step up/increase", "throw out/reject", "leave out/exclude", "look into/examine", "pay for/finance",
    "drive out/expel", "drive from/expel", "drive into/enter", "go into/enter", "move into/enter", "keep out/bar", "shut out/bar", "sign off on/approve", "kick off/start", "come into force/start",
    "enter into force/start", "go into force/start", "go on/continue", "go ahead/proceed", "say no to/reject", "say yes to/approve", "vote against/reject", "vote down/reject",
    "strike down/annul", "do away with/lift", "phase out/end", "walk out of/depart", "send back/return", "get under way/start",
)  # fmt: skip


def _phrases() -> dict[str, str]:
    """Each phrasal verb in each form, as the same form of the one word of its sense."""
    found = {
        "down from": "below",
        "up from": "above",
        "group of seven": "G7",
        "group of twenty": "G20",
        "at first": "initially",
        "start again": "resume",
        "starts again": "resumes",
        "started again": "resumed",
    }
    for phrase, plain in (one.split("/") for one in _PHRASAL):
        verb, _, particle = phrase.partition(" ")
        forms = zip((verb, *_FORMS[verb].split()), (plain, *_FORMS[plain].split()), strict=True)
        for form, other in forms:
            found.setdefault(f"{form} {particle}", other)
    return found


PHRASES = _phrases()
"""Set phrases as one word of the same sense."""
INSTEAD = _set("instead against rather compared versus not")
"""Between two numbers of which the second is the old one, or the one that it is not."""
PREPOSITIONS = _set("""until within without across among amid along toward towards upon behind above below beyond despite
    because due per via since unless although though while whether against around near inside outside onto alongside
    instead except besides throughout unlike like plus minus next back away together ahead aboard whose""")
BREAKS = _set("but while although though whereas which who that and because after before")
UNCERTAIN = _set("""may might could would should will can plan plans planned planning intend intends intended expect
    expects expected propose proposes proposed proposal consider considers considered considering hope hopes hoped want wants
    wanted seek seeks sought aim aims likely possible possibly threaten threatens threatened if whether unless to
    promise promises promised pledge pledges pledged offer offers offered due set scheduled""")
LIGHT = _set("""reach reached reaching make made take took taken give gave given come came find found get got be been
    being have had has any yet longer even also either""")
"""Words that carry little themselves: "failed to reach an agreement" denies the agreement."""
LITTLE = (
    _set("""within around about back still every each again almost nearly some several many few such same other
    further another own per total whole entire new former late early first second last next previous recent current
    full half due key main major big large small good bad two-day joint key""")
    | ORDINALS
)
"""Words before a noun that tell no fact of their own."""
PRONOUNS = _set("it he she they we i who which that")
DETERMINERS = _set("a an the of its their his her no this that these those some any each every")
IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "sent/send lent/lend met/meet went/go gave/give took/take made/make held/hold left/leave won/win lost/lose "
        "built/build began/begin begun/begin broke/break broken/break chose/choose drew/draw drawn/draw fell/fall "
        "fallen/fall froze/freeze frozen/freeze grew/grow grown/grow led/lead paid/pay rose/rise risen/rise sold/sell "
        "bought/buy struck/strike withdrew/withdraw withdrawn/withdraw sought/seek brought/bring fought/fight kept/keep "
        "spoke/speak spoken/speak told/tell wrote/write written/write flew/fly swore/swear stood/stand spent/spend "
        "taken/take given/give gone/go shrank/shrink fled/flee bound/bind agreed/agree freed/free decreed/decree guaranteed/guarantee shrunk/shrink caught/catch taught/teach "
        "thrown/throw threw/throw shot/shoot forbade/forbid forbidden/forbid overthrew/overthrow overthrown/overthrow "
        "upheld/uphold sped/speed swept/sweep torn/tear tore/tear beaten/beat laid/lay sunk/sink sank/sink stolen/steal stole/steal "
        "worn/wear borne/bear drove/drive driven/drive undertook/undertake undertaken/undertake froze/freeze"
    ).split()
)
PLAIN_VERBS = _set("""believe face host think know remain stay run try hold keep need become begin lead win lose play help give take make
    get go come came see saw seen caught catch became becomes found ran sang sank shot hid lit left taught thought felt heard slept threw wore
    knew known blew bore shook stole swept tore woke forgave forgot drove rode arose ate hung dug stuck stung wept features contains
    includes consists lies sits shows takes makes gives gets goes comes holds runs leads wins loses plays looks works appears seems
    celebrate celebrates go come see find show swam swim ran eat ate drank drink sit sat grow draw fall rise fly buy sell pay meet put set cut hit
    let shut cost beat read spread split quit live work serve stand include demand back fear seek wait join leave open close
    end start stop talk speak write build send spend bring fight lie lay feel felt mean differ agree deny warn urge vote""")
"""Verbs that stand in the plain present, or in a past of their own, without an ending that tells them."""
ACTORS = _set("""army rebels rebel government opposition police court parliament council commission troops soldiers
    militia ministry union""")
HEDGES = UNCERTAIN - {"to"} | _set("reportedly allegedly alleged suspected unconfirmed apparently")
ALLEGED = _set(
    "allege alleged alleges allegedly allegation allegations accusation accusations accuse accused accuses accusing suspected reportedly unconfirmed claimed"
)
SAYING = _set("""said says say told according reported reports denied denies deny accuse accused allege
    warned stated announced argued blamed blames called""")
BE = _set("is are was were been be being")

ARMED = _set("army rebels rebel police court troops soldiers militia parliament")
"""Actors who are not meant by another word."""
WHERE = _set("in at near to from outside inside around between through via of for toward towards into across")
"""Words behind which a capital is a town."""
TOWARDS = _set("from to of for between with")
"""Of these, words behind which a capital may be its state all the same."""
TRAVEL = _set("""fly fl flew flight go went travel trip tour visit arriv leav depart return com came drov driv driven train
    bus road rail railway highway flown walk mov sail move ship transport carry carri head tak took bring brought rout lin
    transfer deport evacuat releas send sent move held hold fled fle""")
"""Roots of words of a journey."""
GENERAL = _set("""youngster teenager man men veteran newcomer resident visitor guest winner loser player team leader leaders official officials ruler rulers member members supplier suppliers rival rivals partner partners
    ally allies neighbour neighbours neighbor neighbors citizen citizens head chief boss host hosts spokesperson diplomat
    diplomats holder holders maker makers group groups board base delegate delegates representative counterpart colleague office ground table road mind counterpart specialist expert lawmaker lawmakers author authors side relative
    relatives family insider outsider opponent opponents critic critics activist activists worker workers staff owner owners negotiator negotiators signatory signatories watchdog
    monitor monitors observer observers sponsor sponsors donor donors recipient recipients buyer seller applicant applicants persecutor persecutors piece pieces outlet front""")
"""People and things by what they are to others: any office-holder is an official, whoever sells a supplier."""
HOPED = _set("""promise promised promises pledge pledged pledges offer offered offers plan planned plans propose proposed proposes
    threaten threatened threatens want wants wanted seek seeks sought demand demanded demands ask asks asked request
    requested requests hope hopes hoped need needs needed require requires required""")
CONDITIONAL = _set("""if unless without should would could may might provided depends depend depending condition conditions conditional
    case once until threatened threatens threat whether""")
TO_COME = _set("will shall going to")
GIVING = _set("giv lend pay send sel grant supply provid deliver hand offer")
GETTING = _set("get receiv obtain borrow buy got secur win")
"""Roots of verbs by which something passes from one to another."""
PLANNED = _set("planned scheduled expected due set")
GRAVE = tuple(
    _set(words)
    for words in (
        "north northern",
        "south southern",
        "east eastern",
        "west western",
        "annex annexed annexation occupy occupied occupation",
        "invade invaded invad invasion",
        "kill killed kills die died dies dead death deaths fatal murder murdered assassinate assassinated lives bodies",
        "resign resigned resignation resign quit stepp step",
        "coup putsch overthrow overthrown overthrew",
        "nuclear atomic uranium",
        "sanction sanctioned sanctions",
        "ceasefire truce armistice fighting fight fought clash clashes clashed",
        "missile missiles rocket rockets",
        "declare declar declared declaration proclaim proclaimed",
        "expel expelled expelling expell expulsion persona",
        "war wars warfare conflict invasion",
    )
)

OFFICES = {
    form: head
    for head, forms in {
        "minister": "minister ministers", "ministry": "ministry ministries", "president": "president presidents", "chancellor": "chancellor",
        "secretary": "secretary", "ambassador": "ambassador ambassadors envoy", "consul": "consul consuls", "admiral": "admiral admirals", "king": "king", "queen": "queen",
        "commissioner": "commissioner", "governor": "governor", "chairman": "chairman chairwoman chair",
        "premier": "premier", "senator": "senator", "general": "general", "spokesman": "spokesman spokeswoman "
        "spokesperson", "mayor": "mayor", "judge": "judge", "pope": "pope", "prince": "prince",
    }.items()
    for form in forms.split()
}  # fmt: skip
RANKS = _set("deputy vice former acting interim assistant ex designate junior")
PORTFOLIOS = _set("""prime foreign defence defense finance trade interior justice health economy economic energy
    agriculture transport education environment climate commerce labour labor security home external internal affairs
    fisheries tourism culture state treasury""")
