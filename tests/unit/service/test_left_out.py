"""What a preview says of stories that are left out."""

from collections import Counter

from bot.model import LeftOut
from bot.service.left_out import SHOWN, left_out_items, left_out_words

ELSEWHERE = "It has none of the countries that were asked for (France)."


def test_one_reason_is_said_once_and_the_rest_is_counted() -> None:
    many = [LeftOut(story_id=str(n), number=n, headline=f"Envoys {n}", reason=ELSEWHERE) for n in range(1, 10)]
    (row,) = left_out_items(many)
    assert row.points == tuple(f"{n}: Envoys {n}" for n in range(1, SHOWN + 1))
    assert row.note == f"… and {9 - SHOWN} more. {ELSEWHERE}"


def test_reasons_that_differ_stand_beside_their_stories_and_what_could_still_be_told_comes_first() -> None:
    rows = left_out_items(
        [
            LeftOut(story_id="a", number=1, headline="Tea", reason=ELSEWHERE),
            LeftOut(story_id="b", number=2, headline="Salt", reason="1 outlet reports it so far."),
            LeftOut(story_id="c", number=0, headline="Rice", reason="It was there.", at="old"),
        ]
    )
    assert [(row.points, row.note) for row in rows] == [
        (("Rice",), "It was there."),
        ((f"1: Tea. {ELSEWHERE}", "2: Salt. 1 outlet reports it so far."), None),
    ]
    assert "/digest now" in rows[0].title


def test_the_count_names_each_step_or_says_nothing() -> None:
    assert (
        left_out_words(Counter({"filter": 2, "old": 1})) == "Left out: 1 older than their source here, 2 by its filter."
    )
    assert left_out_words(Counter()) == ""
