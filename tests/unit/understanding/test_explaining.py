"""Why an event or a verdict came out, in words that need no knowledge of the model."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Article, Decision
from bot.understanding.article import understand
from bot.understanding.events_main import why_event
from bot.understanding.events_model import sentence_weights, weights
from bot.understanding.explaining import MOST, event_word, named, relevance_word
from bot.understanding.relevance import feature_names

ARRIVED = datetime(2025, 1, 1, tzinfo=UTC)


def decisions(title: str, text: str) -> tuple[Decision, ...]:
    return understand(Article(id="x", title=title, text=text, language="en", arrived=ARRIVED)).decisions


def said(title: str, text: str) -> str:
    return "\n".join(decision.reason for decision in decisions(title, text))


def test_a_guard_says_what_it_prevented() -> None:
    why = said("Georgia voters pick a governor", "ATLANTA - Voters in Georgia went to the polls, the governor said.")
    assert "not counted as Georgia but as United States" in why


def test_a_name_that_only_holds_a_country_is_told() -> None:
    assert "'Michael Jordan' only holds a name" in said("Michael Jordan opens a school", "The player paid for it.")


def test_the_type_of_an_event_is_tied_to_words_with_their_shares() -> None:
    title, text = "France and Chad sign a treaty", "France and Chad signed a treaty in Paris on Friday."
    (why,) = (d for d in decisions(title, text) if d.reason.startswith("AGREE"))
    assert "'signed' in sentence 1" in why.reason
    assert "a listed word for AGREE" in why.reason
    assert [text[span.start : span.end] for span in why.spans] == [text]


def test_no_event_is_explained_too() -> None:
    why = said("Bread that keeps for a week", "Take rye flour, says a baker who will host a course, and knead it well.")
    assert "no event" in why


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("e:SANCTION.first", "a listed word for SANCTION as the first word that tells an event"),
        ("e:AGREE<to", 'a listed word for AGREE after "to"'),
        ("t:expel", '"expel" in the title'),
        ("agre-", 'words beginning "agre"'),
        ("^ russia", '"russia" at the beginning'),
        ("@ _ envoy", '"NAME … envoy"'),
        ("m:expel", '"expel" in the main clause'),
        ("H:expel", '"expel" as the first word that tells an event'),
        ("H>envoy", '"envoy" behind the first word that tells an event'),
        ("t:V:expel>envoy", '"envoy" behind the first verb, "expel" in the title'),
        ("H:expel>@", 'a name behind the first word that tells an event, "expel"'),
        ("about a:title:2", "2 actors in the title"),
        ("actors=3", "3 or more actors named"),
        ("top>", "how well its words fit a type of event"),
    ],
)
def test_features_of_events_in_words(feature: str, words: str) -> None:
    assert event_word(feature) == words


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("c:TALKS", "words of talks and meetings"),
        ("t:SPORT", "words of sport in the title"),
        ("n:0", "no fields of diplomacy touched"),
        ("a:early:foreign:1", "1 state besides the United States in the title or the passage"),
        ("a:title:usa+0", "the United States and no other states in the title"),
        ("a:title:organisation", "an intergovernmental organisation in the title"),
        ("b:foreign_minister", '"foreign minister" in the title'),
        ("w:envoy", '"envoy"'),
    ],
)
def test_features_of_relevance_in_words(feature: str, words: str) -> None:
    assert relevance_word(feature) == words


def test_every_shipped_feature_has_words_without_signs_of_the_model() -> None:
    model = weights()
    names = [*list(model.rows)[::7], *list(sentence_weights().rows)[::7], *list(model.gate)[::7]]
    words = {name: event_word(name) for name in names} | {name: relevance_word(name) for name in feature_names()}
    assert all(words.values())
    assert not [
        said
        for said in words.values()
        if said.startswith(("c:", "a:", "e:", "t:", "m:", "H", "V", "about", "top>", "lead>"))
    ]


def test_only_the_heaviest_are_named_signs_shown_heaviest_first() -> None:
    shares = {f"w{at}": at / 10 for at in range(1, 9)} | {"against": -2.0, "nothing": 0.001}
    said = named(shares, str)
    assert said.split("; ")[:2] == ["against -2.00", "w8 +0.80"]
    assert len(said.split("; ")) == MOST
    assert named({}, str) == "nothing that speaks for or against"


@given(
    st.sets(st.sampled_from(sorted(weights().gate)), max_size=60).flatmap(lambda some: st.permutations(sorted(some)))
)
def test_the_order_of_features_does_not_change_what_is_said(names: list[str]) -> None:
    assert why_event(names) == why_event(sorted(names, reverse=True))


@pytest.mark.parametrize(("word", "scale"), [("top", "top>-1.0"), ("lead", "lead>0.1")])
def test_a_word_is_not_taken_for_the_scale_of_its_name(word: str, scale: str) -> None:
    assert f'"{word}" ' in why_event([word])
    assert f'"{word}" ' in why_event([word, scale])
    assert f'"{word}" ' not in why_event([scale])
