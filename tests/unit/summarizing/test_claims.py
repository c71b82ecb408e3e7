"""What a claim says otherwise than its source: for each check a faithful wording and a false one of one sentence."""

import time

import pytest

from bot.summarizing.claims import problems_of
from bot.summarizing.thesaurus import kin_of, thesaurus

CASES = [
    (
        "The cap will apply for up to nine days.",
        "The cap will apply for nine days at most.",
        "The cap will apply for at least nine days.",
    ),
    (
        "Trucks from Burundi may use the road again, Rwanda said.",
        "Burundi's trucks may use the road again, Rwanda said.",
        "Rwanda's trucks may use the road again, Burundi said.",
    ),
    (
        "The governors agreed on the opening hours of the post.",
        "Opening hours of the post were agreed by the governors.",
        "Opening hours of the post were agreed by the mayors.",
    ),
    (
        "Japan will lend Vietnam 83 billion yen.",
        "Vietnam is to get 83 billion yen from Japan.",
        "Japan is to get 83 billion yen from Vietnam.",
    ),
    (
        "The two countries will raise the number of trains from 8 to 14 a day.",
        "There will be 14 trains a day instead of 8, the two countries agreed.",
        "There will be 8 trains a day instead of 14, the two countries agreed.",
    ),
    (
        "The minister spoke after eleven hours of talks with the envoy.",
        "Before he spoke, the minister had eleven hours of talks with the envoy.",
        "The minister spoke before eleven hours of talks with the envoy.",
    ),
    (
        "A wooden supply boat was rammed by a Chinese cutter.",
        "A Chinese cutter rammed a wooden supply boat.",
        "A wooden supply boat rammed a Chinese cutter.",
    ),
    (
        "Ministers agreed that pressure on the court was counterproductive.",
        "That pressure on the court is counterproductive the ministers agreed.",
        "That pressure on the court is helpful the ministers agreed.",
    ),
    (
        "Ethiopia would hand back 40 of the tractors seized in the area.",
        "Ethiopia would give back 40 of the seized tractors.",
        "Ethiopia would give back all of the seized tractors.",
    ),
]


@pytest.mark.parametrize(("source", "faithful", "false"), CASES)
def test_the_faithful_wording_passes_and_the_false_one_is_refused(source: str, faithful: str, false: str) -> None:
    assert problems_of(faithful, source, "en") == []
    assert problems_of(false, source, "en")


def test_kinship_is_mutual_and_things_are_things() -> None:
    assert all(root in kin_of(other) for root in ("ship", "agr", "releas") for other in kin_of(root))
    assert {"governor", "mayor", "ship"} <= thesaurus().concrete
    assert not {"said", "with", "back"} & thesaurus().concrete


@pytest.mark.parametrize(
    "unit",
    ["Japan told France before 7 ", "Korea and ", "after 12 men said no to Iran, ", " not lent by ", "if all 4 "],
)
def test_time_grows_no_faster_than_the_source(unit: str) -> None:
    """Of four times the text about four times the work. Of three tries the least counts: what else the machine does
    only adds to it.
    """
    claim, spent = (unit * 20)[:400], []
    for length in (2_000, 8_000):
        source = (unit * length)[:length]
        tries = []
        for _ in range(3):
            start = time.process_time()
            problems_of(claim, source, "en")
            tries.append(time.process_time() - start)
        spent.append(min(tries))
    assert spent[1] < 10 * spent[0] + 0.05
