"""The contract of ArticleStore.search and count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Query, Scope
from bot.ports import Reading, Store

from .store_samples import ALL, at, intake, reading, source


async def fill(store: Store, *readings: Reading) -> None:
    for one in readings:
        await store.take_in(intake(f"s{one.article.id}", one))


async def found(store: Store, query: Query, scope: Scope = ALL) -> list[str]:
    """The ids that a look-up answers; `count` must agree wherever the page holds all."""
    rows = await store.search(query, scope)
    if len(rows) < query.limit and not query.offset:
        assert await store.count(query, scope) == len(rows)
    return [one.article.id for one in rows]


async def hits(store: Store, text: str) -> list[str]:
    return await found(store, Query(text=text))


async def test_newest_first_whatever_the_order_of_arrival(store: Store) -> None:
    await fill(store, *[reading(key, hours=int(key)) for key in "31524"])
    assert await found(store, Query()) == ["5", "4", "3", "2", "1"]
    assert await found(store, Query(text="envoys")) == ["5", "4", "3", "2", "1"]
    assert await found(store, Query(limit=2, offset=1)) == ["4", "3"]
    assert await found(store, Query(text="envoys", limit=2, offset=4)) == ["1"]
    assert await found(store, Query(limit=0)) == []
    assert await found(store, Query(offset=9)) == []


async def test_within_a_millisecond_the_last_arrival_is_first(store: Store) -> None:
    await fill(store, *[reading(key, hours=0) for key in "abc"])
    await fill(store, replace(reading("a", hours=0), decisions=()))
    assert await found(store, Query()) == ["c", "b", "a"]


async def test_before_1970(store: Store) -> None:
    await fill(store, reading("old", hours=-24 * 365 * 100), reading("new"))
    assert await found(store, Query()) == ["new", "old"]
    assert await found(store, Query(until=at(-1))) == ["old"]
    assert await found(store, Query(text="envoys", since=at(-1))) == ["new"]


async def test_a_redated_article_moves(store: Store) -> None:
    await fill(store, reading("1", hours=1), reading("2", hours=2), reading("1", hours=3, title="Later"))
    assert await found(store, Query()) == ["1", "2"]
    assert await hits(store, "later") == ["1"]
    assert await hits(store, "ministers") == ["2"]


async def test_all_words_in_title_or_text(store: Store) -> None:
    await fill(
        store,
        reading("1", title="Tokyo summit", text="Leaders agreed on tariffs."),
        reading("2", title="Summit of leaders", text="In Paris."),
    )
    assert await hits(store, "tokyo tariffs") == ["1"]
    assert await hits(store, "SUMMIT  leaders") == ["2", "1"]
    assert await hits(store, "tariff") == []
    assert await hits(store, "tariff*") == ["1"]
    assert await hits(store, "summit paris tokyo") == []


async def test_phrases_stand_together(store: Store) -> None:
    await fill(
        store,
        reading("1", text="The prime minister of trade spoke."),
        reading("2", title="Prime", text="Minister of trade, prime suspect."),
    )
    assert await hits(store, '"prime minister"') == ["1"]
    assert await hits(store, "“Prime Minister” spoke") == ["1"]
    assert await hits(store, "prime minister") == ["2", "1"]
    assert await hits(store, '"minister of trade"') == ["2", "1"]
    assert await hits(store, '"minister of tra*"') == ["2", "1"]
    assert await hits(store, '"trade minister"') == []


async def test_single_characters_are_not_next_to_each_other(store: Store) -> None:
    """The index of single characters has an order of its own, which says nothing about the text."""
    await fill(store, reading("1", text="丁と一と丂"))
    assert await hits(store, "一 丁 丂") == ["1"]
    assert await hits(store, '"一 丁"') == []
    assert await hits(store, '"一 丁 丂"') == []


async def test_case_accents_and_width_do_not_matter(store: Store) -> None:
    text = "Le président reçoit Øystein; Ministère de l’Intérieur. ＡＳＥＡＮ"
    await fill(store, reading("1", title="Élysée", text=text))
    for asked in ("elysee", "ÉLYSÉE", "e\u0301lyse\u0301e", "president", "l'interieur", "asean", "ｍinistere"):
        assert await hits(store, asked) == ["1"], asked


JAPANESE = "日本政府は、米国と会談した。G7サミットで外務省が。日本政府 米国"
ASKED = ("日本", "本政", "会談", "首相", "米国", "外務省", "日本政府は", "府", "た", "Ｇ７", "G7サミット", "ｻﾐｯﾄ")


@pytest.mark.parametrize("text", [*ASKED, '"日本政府 米国"', "日本 米国"])
async def test_any_run_in_japanese_is_found(store: Store, text: str) -> None:
    await fill(store, reading("1", title="首相会談", text=JAPANESE, language="ja"))
    await fill(store, reading("2", title="Other", text="日米"))
    assert await hits(store, text) == ["1"]


@pytest.mark.parametrize("text", ["日国", "政本", "会首", '"米国 日本"', "サト", "首相*外"])
async def test_what_does_not_stand_together_in_japanese_is_not_found(store: Store, text: str) -> None:
    await fill(store, reading("1", title="首相会談", text="日本政府は、米国と会談した。G7サミットで", language="ja"))
    assert await hits(store, text) == []


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("한국", "한국은 회담을 열었다"),
        ("会谈", "中国外长会谈"),
        ("рукопожатие", "Рукопожатие послов"),
        ("переговоры", "Переговоры"),
        ("محادثات", "مُحَادَثَات"),
        ("ประชุม", "การประชุมสุดยอด"),
        ("वार्ता", "वार्ता हुई"),
    ],
)
async def test_other_scripts(store: Store, text: str, body: str) -> None:
    await fill(store, reading("1", text=body), reading("2"))
    assert await hits(store, text) == ["1"]


SYNTAX = ('"', '""', "*", "!!!", "AND", "NOT x", "a OR b", "title:x", "NEAR(a b)", "(", ")", "^x", "-x", "x*y*")


@pytest.mark.parametrize("text", [*SYNTAX, "'; DROP", "{", "\\", "\0", "a\0b"])
async def test_query_syntax_has_no_meaning(store: Store, text: str) -> None:
    await fill(store, reading("1"))
    assert await hits(store, text) == []


async def test_words_of_a_query_language_are_words(store: Store) -> None:
    await fill(store, reading("1", text="Near not and or title: x"))
    for text in ("AND", "NOT", "near", "title:x", "(x)", "x OR and"):
        assert await hits(store, text) == ["1"], text


async def test_ways_part_at_or_and_a_hyphen_excludes(store: Store) -> None:
    texts = {"1": "Tea and salt", "2": "Salt tax", "3": "Tea alone", "4": "日本の米"}
    await fill(store, *[reading(key, text=text) for key, text in texts.items()])
    for text, wanted in {
        "tea OR tax": ["1", "2", "3"],
        "tea -salt": ["3"],
        'salt -"salt tax" OR 日': ["1", "4"],
        "tea -alone OR tax -nothing": ["1", "2"],
        "-salt": [],
    }.items():
        assert sorted(await hits(store, text)) == wanted, text
        assert await store.count(Query(text=text), ALL) == len(wanted)


async def test_blank_text_is_no_condition(store: Store) -> None:
    await fill(store, reading("1"))
    assert await hits(store, "  \n") == ["1"]


async def test_filters(store: Store) -> None:
    for made in (source("a", kind="wire"), source("b", kind="state_media"), source("c")):
        await store.put_source(made)
    await fill(
        store,
        reading("1", hours=1, of="a", actors=("JPN", "USA"), events=("CONSULT",)),
        reading("2", hours=2, of="b", actors=("JPN",), events=("SANCTION", "CONSULT", "CONSULT"), diplomatic=False),
        reading("3", hours=3, of="c", actors=("USA", "FRA"), language="fr"),
        reading("4", hours=4, of=None, actors=()),
    )
    every = ["4", "3", "2", "1"]
    cases: Sequence[tuple[Query, list[str]]] = (
        (Query(countries=("JPN",)), ["2", "1"]),
        (Query(countries=("JPN", "USA")), ["1"]),
        (Query(countries=("USA", "JPN")), ["1"]),
        (Query(countries=("JPN", "FRA")), []),
        (Query(event="CONSULT"), ["2", "1"]),
        (Query(event="CONSULT", countries=("USA",)), ["1"]),
        (Query(event="AID"), []),
        (Query(source="b"), ["2"]),
        (Query(source="THE B"), ["2"]),
        (Query(source="https://b.example/feed"), ["2"]),
        (Query(source="nobody"), []),
        (Query(kind="wire"), ["1"]),
        (Query(kind="think_tank"), []),
        (Query(source="a", kind="state_media"), []),
        (Query(language="fr"), ["3"]),
        (Query(diplomatic_only=True), ["4", "3", "1"]),
        (Query(since=at(2)), ["4", "3", "2"]),
        (Query(until=at(2)), ["1"]),
        (Query(since=at(2), until=at(4)), ["3", "2"]),
        (Query(since=at(2) + timedelta(microseconds=1), until=at(4) + timedelta(microseconds=1)), ["4", "3"]),
        (Query(since=at(4), until=at(2)), []),
    )
    for query, expected in cases:
        assert await found(store, query) == expected, query
        assert await found(store, replace(query, text="envoys")) == expected, query
        assert await found(store, replace(query, text="tariffs")) == [], query
    assert await found(store, Query()) == every


async def test_scope_holds_whatever_is_asked(store: Store) -> None:
    await store.put_source(source("a", kind="wire"))
    await store.put_source(source("b", kind="wire"))
    await fill(store, *[reading(of or "none", of=of, actors=("JPN",)) for of in ("a", "b", "c", None)])
    queries = (Query(), Query(text="envoys"), Query(countries=("JPN",)), Query(since=at(-1)))
    for query in queries:
        assert await found(store, query, Scope(sources=frozenset("ac"))) == ["c", "a"]
        assert await found(store, query, Scope(sources=frozenset("b"))) == ["b"]
        assert await found(store, query, Scope(sources=frozenset())) == []
    assert await found(store, Query(kind="wire"), Scope(sources=frozenset("ac"))) == ["a"]
    assert await found(store, Query(source="b"), Scope(sources=frozenset("ac"))) == []


async def test_emptied_articles_are_found_by_their_points(store: Store) -> None:
    await fill(store, reading("1", title="Old news", text="Envoys signed.\nThe secret annex stayed secret."))
    assert await hits(store, "annex") == ["1"]
    await store.forget_before(at(-1), at(1))
    assert await hits(store, "annex") == []
    assert await hits(store, "old envoys signed") == ["1"]


async def test_forgotten_articles_are_not_found(store: Store) -> None:
    await fill(store, reading("1", actors=("JPN",), events=("AID",)))
    await store.forget_before(at(1), at(1))
    for query in (Query(), Query(text="envoys"), Query(countries=("JPN",)), Query(event="AID")):
        assert await found(store, query) == []


async def test_counting_ends_at_a_thousand(store: Store) -> None:
    await fill(store, *[reading(f"{number}") for number in range(1005)])
    assert await store.count(Query(), ALL) == 1000
    assert await store.count(Query(text="envoys"), ALL) == 1000


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80) | st.text(alphabet='"*() -日本語aé\u0301\ud800\0“', max_size=20))
async def test_no_text_is_an_error(store: Store, text: str) -> None:
    await store.search(Query(text=text), ALL)
    await store.count(Query(text=text, countries=(text,), event=text, language=text, source=text), ALL)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=st.text(alphabet='ab日本語サ한국é ,.“"G7', min_size=1, max_size=30))
async def test_any_passage_of_a_text_is_found_quoted(store: Store, data: st.DataObject, text: str) -> None:
    """From the beginning of a word in a spaced script to the end of one: what a reader would copy."""
    await fill(store, reading("1", title="x", text=f"{text} end"))
    plain = text.replace('"', " ").replace("“", " ")
    words = plain.split()
    if not any(letter.isalnum() for letter in plain):
        return
    start = data.draw(st.integers(0, max(0, len(words) - 1)))
    passage = " ".join(words[start:])
    if any(letter.isalnum() for letter in passage):
        assert "1" in await hits(store, f'"{passage}"'), passage
