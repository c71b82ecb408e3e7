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


def test_an_article_that_its_outlet_changed_updates_itself() -> None:
    window = Window()
    place(window, article("a", "Prisoners swapped", SWAP))
    found = place(window, article("a", "Captives swapped", SWAP))
    assert (found.story, found.relation, found.of) == ("a", "updates", "a")
    assert len(window) == 1


def test_a_copy_of_a_copy_is_a_copy_of_the_original() -> None:
    window = Window()
    place(window, article("a", "Ethiopia and Eritrea swap prisoners", SWAP))
    place(window, article("b", "Over a bridge", SWAP, outlet="Gazette", hours=1))
    assert place(window, article("c", "Planks", SWAP, outlet="Ledger", hours=2)).of == "a"


def test_articles_far_apart_in_time_are_not_compared() -> None:
    window = Window()
    place(window, article("a", "Prisoners swapped", SWAP))
    assert place(window, article("b", "Prisoners swapped", SWAP, outlet="Ledger", hours=24 * 9)).relation == "starts"


def test_a_renamed_story_is_joined_under_its_new_name() -> None:
    window = Window()
    place(window, article("a", "Prisoners swapped", SWAP))
    window.rename("a", "older")
    window.rename("unknown", "older")
    assert place(window, article("b", "Over a bridge", SWAP, outlet="Gazette", hours=1)).story == "older"


def test_placing_changes_nothing() -> None:
    window = Window()
    place(window, article("a", "Prisoners swapped", SWAP))
    item = article("b", "Over a bridge", SWAP, outlet="Gazette", hours=1)
    first = window.place(item, NOTHING, signature(item, NOTHING))
    assert window.place(item, NOTHING, signature(item, NOTHING)) == first
    assert len(window) == 1


def test_empty_and_odd_articles_are_placed() -> None:
    window = Window()
    for key, text in enumerate(("", " \u200b\u202e ", "・" * 3_000, "a" * 100_000, "1 " * 5_000)):
        assert place(window, article(str(key), "", text)).reason


def test_a_signature_stays_small() -> None:
    text = " ".join(f"Name{i} {i}000" for i in range(5_000))
    found = signature(article("a", "Long", text), NOTHING)
    assert len(found.terms) + len(found.shingles) + len(found.anchors) + len(found.facets) < 450


def test_one_number_in_common_proves_nothing() -> None:
    window = Window()
    place(window, article("a", "film about a book", "the film runs for 45 minutes and pleased the crowd in the hall"))
    other = article("b", "whales on the coast", "some 45 dead whales lie on beaches and nobody knows why they died")
    assert place(window, other).relation == "starts"
