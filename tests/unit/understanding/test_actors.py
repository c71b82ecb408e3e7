"""Actors in headlines: codes, guards, spans, order."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.model import Actor, Article, Dateline, Decision
from bot.understanding.actors import find_actors
from bot.understanding.actors_folding import fold
from tests.shared import shared

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "understanding"


def article(title: str, text: str = "", language: str = "en", dateline: Dateline | None = None) -> Article:
    return Article(
        id="x", title=title, text=text, language=language, dateline=dateline, arrived=datetime(2025, 1, 1, tzinfo=UTC)
    )


def actors(title: str, text: str = "", language: str = "en") -> tuple[Actor, ...]:
    return find_actors(article(title, text, language))[0]


def codes(title: str, text: str = "", language: str = "en") -> list[str]:
    return [actor.code for actor in actors(title, text, language)]


def golden() -> list[tuple[str, str, str]]:
    lines = (GOLDEN / "actors.tsv").read_text(encoding="utf8").splitlines()
    return [(cells[0], cells[1], cells[2]) for cells in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("language", "title", "wanted"), golden())
def test_golden_headlines(language: str, title: str, wanted: str) -> None:
    assert set(codes(title, language=language)) == set(wanted.split())


def homonyms() -> list[tuple[str, bool, str, str]]:
    """Everyday words written like a name, and beside them the names themselves. CC0, ours."""
    lines = (GOLDEN / "homonyms.tsv").read_text(encoding="utf8").splitlines()
    return [(cells[0], cells[1] == "is", cells[2], cells[3]) for cells in (line.split("\t") for line in lines)]


@pytest.mark.parametrize("language", sorted({row[0] for row in homonyms()}))
def test_everyday_words_are_no_states(language: str) -> None:
    """Row by row: a guard that takes a word away must leave the name."""
    rows = [row for row in homonyms() if row[0] == language]
    wrong = [(text, code) for _, named, code, text in rows if (code in codes("", text, language=language)) != named]
    assert wrong == []


def test_founders_traps_hold_the_floor() -> None:
    hit = missed = extra = 0
    for line in shared("data/actors_gold_dev.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        got, want = set(codes(row["text"], language="")), set(row["actors"])
        hit, missed, extra = hit + len(got & want), missed + len(want - got), extra + len(got - want)
    assert hit / (hit + missed) >= 0.96
    assert 2 * hit / (2 * hit + missed + extra) >= 0.97


def test_labelled_headlines_hold_the_floor() -> None:
    hit = missed = extra = 0
    for line in shared("data/headlines_labelled_dev.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        got, want = set(codes(row["title"], row["lead"])), set(row["actors"])
        extra += len(got - want - set(row["actors_disputed"]))
        hit, missed = hit + len(got & want), missed + len(want - got)
    assert hit / (hit + missed) >= 0.96
    assert 2 * hit / (2 * hit + missed + extra) >= 0.93


def test_spans_lie_in_the_text_and_titles_count_as_mentions() -> None:
    text = "Japan's envoy met Chinese officials. Japan hopes for more talks."
    found = {actor.code: actor for actor in actors("Tokyo hails talks", text)}
    assert [text[s.start : s.end] for s in found["JPN"].spans] == ["Japan", "Japan"]
    assert found["JPN"].mentions == 3
    assert found["JPN"].name == "Japan"
    assert found["CHN"].kind == "country"


def test_the_weightiest_comes_first() -> None:
    text = "France said so. " + "Words follow words here. " * 30 + "Chad and Chad and Chad."
    assert codes("Peru protests", text)[:2] == ["PER", "FRA"]


def test_kinds() -> None:
    kinds = {actor.code: actor.kind for actor in actors("Hamas, the EU and Egypt meet")}
    assert kinds == {"HAMAS": "group", "EU": "organisation", "EGY": "country"}


@pytest.mark.parametrize(
    "text",
    [
        "OSLO (Agency) - Sweden and Denmark signed a treaty.",
        "OSLO, Norway, Oct 5 (Agency) — Sweden and Denmark signed a treaty.",
        "OSLO -- Sweden and Denmark signed a treaty.",
    ],
)
def test_the_datelines_place_is_no_actor(text: str) -> None:
    assert set(codes("Treaty signed", text)) == {"SWE", "DNK"}


def test_a_known_dateline_is_no_actor_either() -> None:
    item = article("Treaty signed", "Oslo, Monday. Sweden and Denmark agreed.", dateline=Dateline(place="Oslo"))
    assert {actor.code for actor in find_actors(item)[0]} == {"SWE", "DNK"}


def reasons(title: str, language: str = "en") -> list[Decision]:
    return list(find_actors(article("", title, language))[1])


@pytest.mark.parametrize(
    ("text", "said", "outcome"),
    [
        ("Georgia governor vetoes bill", "Georgia", "changed"),
        ("Brussels blocks merger", "Brussels", "changed"),
        ("Michael Jordan retires", "Jordan", "dropped"),
        ("Turkey prices rise before Thanksgiving", "Turkey", "dropped"),
        ("Ministers met in Geneva on Friday", "Geneva", "dropped"),
        ("Congo appeals for help", "Congo", "changed"),
    ],
)
def test_guards_say_why(text: str, said: str, outcome: str) -> None:
    fired = [d for d in reasons(text) if any(said in text[s.start : s.end] for s in d.spans)]
    assert [d.outcome for d in fired] == [outcome]
    assert all(d.stage == "understanding" and d.reason for d in fired)


def test_one_character_is_never_a_state() -> None:
    assert codes("中", language="zh") == []
    assert codes("米の値段が上がる", language="ja") == []
    assert codes("미 가격", language="ko") == []


def test_lower_case_text_still_names_its_actors() -> None:
    assert set(codes("japan and south korea resume talks")) == {"JPN", "KOR"}


def test_capitals_text_still_names_its_actors() -> None:
    assert set(codes("RUSSIA WARNS NATO OVER UKRAINE")) == {"RUS", "NATO", "UKR"}


@hypothesis_settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


NASTY = st.text(
    alphabet=st.sampled_from(list("abJapUSEU .,-'\n\u200b\u202e中美日韩米 россияЯпонİıßﬁالياصن한미국\U0001f1ef\ud7a3"))
)


@hypothesis_settings(deadline=None)
@given(NASTY, NASTY, st.sampled_from(["en", "de", "ru", "ar", "zh", "ja", "ko", "und", ""]))
def test_any_text_gives_exact_spans(title: str, text: str, language: str) -> None:
    found, decisions = find_actors(article(title, text, language))
    for actor in found:
        assert actor.mentions >= len(actor.spans)
        assert all(0 <= span.start < span.end <= len(text) for span in actor.spans)
    assert all(span.end <= len(text) for decision in decisions for span in decision.spans)


def test_a_megabyte_is_read_up_to_its_bound() -> None:
    found = actors("Talks", "Japan and China. " * 60_000)
    assert {actor.code for actor in found} == {"JPN", "CHN"}
    assert max(span.end for actor in found for span in actor.spans) <= 100_000
