"""Words that say the opposite of each other in news: a table for the gate, written by hand, English.

Forms stand beside roots (see `claim_tokens.root_of`): a word counts when either is listed. A word may stand in several
pairs. Nothing is listed that often stands beside its opposite in one true sentence with no "not".
"""

# ruff: noqa: E501 - words read better in lines than in lists


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


Pair = tuple[frozenset[str], frozenset[str]]

OPPOSITES: tuple[Pair, ...] = tuple(
    (_set(one), _set(other))
    for one, other in (
        (
            "raise raised rais increase increased increas rise rose risen grow grew grown climb climbed jump jumped surge  surged higher expand expanded double doubled triple tripled widen widened soar soared swell swelled  longer lengthen lengthened enlarge enlarged upward gain gained rising growing boost boosted",
            "cut cuts reduce reduced reduc decrease decreased decreas fall fell fallen drop dropped lower lowered  decline declined slash slashed shrink shrank halve halved narrow narrowed shorter shorten shortened  plunge plunged downward falling shrinking dwindle dwindled trim trimmed curtail curtailed",
        ),
        (
            "agree agreed accept accepted approve approved approv endorse endorsed support supported back backed  consent adopt adopted ratify ratified welcome welcomed favour favor yes",
            "refuse refused refus reject rejected oppose opposed oppos object objected veto vetoed against disagree disagreed  condemn condemned rebuff rebuffed spurn spurned",
        ),
        ("open opened reopen reopened opening reopening", "close closed clos shut closing closure"),
        (
            "begin began begun start started beginning resume resumed launch launched onset open",
            "end ended stop stopped suspend suspended halt halted pause paused expiry finish finished conclude concluded",
        ),
        ("freeze froze frozen", "release released unfreeze unfroze unblock unblocked thaw"),
        ("suspend suspended exclude excluded", "readmit readmitted reinstate reinstated admit admitted"),
        ("win won victory", "lose lost defeat defeated"),
        ("join joined enter entered accede acceded accession", "leave left quit withdraw withdrew withdrawn withdrawal exit"),
        (
            "release released releas free freed",
            "detain detained arrest arrested jail jailed imprison imprisoned seize seized seiz seizure capture captured",
        ),
        ("enter entered arrive arrived into reach reached", "leave left depart departed outside"),
        ("long longer lengthen lengthened prolong prolonged extend extended", "short shorter shorten shortened"),
        (
            "still continue continued continu remain remained keep kept maintain maintained maintain prolong prolonged retain retained",
            "drop dropped dropp abandon abandoned scrap scrapped cease ceased ceas lift lifted withdraw withdrew shorten shortened",
        ),
        ("welcome welcomed praise praised hail hailed applaud applauded laud lauded",
         "condemn condemned reject rejected criticise criticised criticize criticized deplore deplored denounce denounced decry"),
        ("admit admitted acknowledge acknowledged confess confessed", "deny denied denie"),
        ("impose imposed impos tighten tightened toughen toughened harden hardened",
         "lift lifted ease eased remove removed remov relax relaxed loosen loosened waive waived soften softened abolish abolished"),
        ("strengthen strengthened reinforce reinforced", "weaken weakened undermine undermined"),
        ("extend extended prolong prolonged lengthen lengthened", "shorten shortened"),
        ("extend extended prolong prolonged renew renewed", "lift lifted ease eased abolish abolished"),
        ("allow allowed permit permitted let lets permission authorise authorised authorize authorized",
         "ban banned forbid forbade forbidden prohibit prohibited bar barred block blocked prevent prevented"),
        ("run ran running operate operated", "stop stopped halt halted suspend suspended"),
        ("wave waved", "stop stopped block blocked turned halt halted"),
        ("confirm confirmed uphold upheld affirm affirmed", "deny denied denie annul annulled overturn overturned quash quashed void voided revoke revoked"),
        ("above more exceed exceeded higher", "below less fewer lower"),
        ("export exports exported", "import imports imported"),
        ("buy bought purchase purchased", "sell sold sale"),
        ("deploy deployed send sent", "withdraw withdrew withdrawn"),
        ("recall recalled recal", "send sent return returned dispatch dispatched"),
        ("win success succeed succeeded successful", "fail failed failure"),
        ("majority", "minority"),
        ("first", "last"),
        ("advance advanced", "retreat retreated"),
        ("early earlier ahead", "late delay delayed behind"),
        ("counterproductive harmful useless damaging", "helpful useful effective fruitful beneficial"),
        ("improve improved improv better", "worsen worsened deteriorate deteriorated worse"),
        ("safe safer safely", "dangerous unsafe"),
        ("easy easier easily", "difficult hard harder"),
        ("optimistic hopeful confident", "pessimistic doubtful sceptical skeptical"),
        ("public publicly openly", "secret secretly private privately"),
        ("temporary temporarily provisional", "permanent permanently"),
        ("legal lawful legally", "illegal unlawful illegally"),
        ("cheap cheaper", "expensive dear costly"),
        ("strong stronger strongly", "weak weaker weakly"),
        ("rich richer richest", "poor poorer poorest"),
        ("increase surplus", "deficit"),
        ("import exporter", "importer"),
        ("unite united unit", "divide divided divid split"),
        ("escalate escalated escalation", "de-escalate de-escalated de-escalation calm calmed"),
        ("attack attacked offensive", "defend defended defensive"),
        ("appoint appointed hire hired", "dismiss dismissed sack sacked fire fired remove removed oust ousted"),
        ("restore restored", "sever severed cut broke break"),
        ("repay repaid", "borrow borrowed"),
        ("complete completed", "incomplete unfinished"),
        ("present attend attended", "absent boycott boycotted skip skipped"),
        ("cross crossed enter", "avoid avoided"),
        ("arrive arrived", "flee fled depart departed"),
        ("pass passed", "defeat defeated reject rejected"),
        ("convict convicted guilty", "acquit acquitted innocent cleared"),
        ("speed sped accelerate accelerated hasten hastened", "slow slowed delay delayed"),
        ("destroy destroyed demolish demolished", "rebuild rebuilt repair repaired restore restored build built"),
        ("gain gained", "lose lost"),
        ("include included includ", "exclude excluded exclud omit omitted"),
        ("trust trusted", "distrust mistrust"),
        ("friendly warm warmly", "hostile cold coldly"),
        ("voluntary voluntarily", "forced compulsory mandatory"),
        ("revive revived", "bury buried cancel cancelled scrap scrapped"),
        ("bilateral", "unilateral multilateral unilaterally"),
        ("civilian civilians", "military"),
        ("majority most", "minority few"),
        ("same", "different"),
        ("hold held", "collapse collapsed"),
    )
)  # fmt: skip
