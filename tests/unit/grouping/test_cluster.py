"""One event is told once."""

from bot.grouping.cluster import Window
from bot.grouping.similarity import signature
from bot.model import Article, Placement
from tests.unit.grouping.make import NOTHING, article

SWAP = (
    "ZALAMBESSA, Ethiopia, Oct 6 - Ethiopia and Eritrea exchanged 86 prisoners at the Zalambessa crossing on Tuesday, "
    "officials said. Forty-eight Eritreans and 38 Ethiopians walked over a bridge of planks shortly after ten in the "
    "morning, watched by delegates of the Red Cross. Most of the men had been captured in clashes along the frontier."
)


def place(window: Window, item: Article) -> Placement:
    sketch = signature(item, NOTHING)
    placement = window.place(item, NOTHING, sketch)
    window.add(item.id, placement.story or item.id, sketch, item, NOTHING)
    return placement


def test_the_first_article_starts_a_story() -> None:
    assert place(Window(), article("a", "Prisoners swapped", SWAP)).relation == "starts"


def test_a_republished_text_is_a_copy_of_its_original() -> None:
    window = Window()
    place(window, article("a", "Ethiopia and Eritrea swap prisoners", SWAP))
    found = place(window, article("b", "Over a bridge of planks", SWAP, outlet="Harbour Gazette", hours=1))
    assert (found.story, found.relation, found.of) == ("a", "copy", "a")


def test_the_same_outlet_writing_anew_is_an_update() -> None:
    window = Window()
    place(window, article("a", "Ethiopia and Eritrea swap prisoners", SWAP))
    found = place(window, article("b", "CORRECTED: prisoners swapped", SWAP.replace("86", "84"), hours=1))
    assert (found.story, found.relation, found.of) == ("a", "updates", "a")


def test_another_round_is_another_story() -> None:
    window = Window()
    third = "SEOUL - Korea and Mexico ended the third round of trade talks on steel quotas, Ramiro Ocaranza said."
    fourth = "SEOUL - Korea and Mexico opened the fourth round of trade talks on steel quotas, Ramiro Ocaranza said."
    place(window, article("a", "Third round ends", third))
    assert place(window, article("b", "Fourth round opens", fourth, outlet="Ledger")).relation == "starts"
