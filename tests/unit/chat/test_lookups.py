"""Every filter of /search and /brief, and the ledgers, as people ask for them: what is shown and what is left out."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bootstrap import App, build
from bot.chat.commands import Asker
from bot.chat.lines import parse_line
from bot.config import parse
from bot.errors import InputError
from bot.grouping.story import grow
from bot.model import Change, Event, Placement, Post, Scope, source_id
from bot.ports import Intake
from bot.service.report import story_json
from tests.contract.store_samples import T0, at, reading
from tests.fakes.desk import TurnedClock

CONSOLE = Asker(network="console", user_id="me", may_manage=True)
DISCORD = Asker(network="discord", user_id="anne", guild_id="A", channel_id="a")
SOURCES = {"wire": "wire", "ministry": "government", "paper": "newspaper"}
ARTICLES = {
    # key: source, days ago, actors, event, language
    "one": ("wire", 1, ("JPN", "PER"), "AGREE", "en"),
    "two": ("ministry", 2, ("JPN", "KEN"), "CONSULT", "ja"),
    "three": ("paper", 3, ("KEN", "PER"), "SANCTION", "es"),
    "four": ("wire", 5, ("FRA", "JPN"), "SANCTION", "en"),
}


@pytest.fixture
async def app() -> AsyncIterator[App]:
    sources = [
        {"url": f"https://{name}.example/feed", "name": f"The {name}", "kind": kind, "shared": True}
        for name, kind in SOURCES.items()
    ]
    settings = parse({"store": {"url": "memory:"}, "sources": sources})
    async with build(settings, clock=TurnedClock(T0)) as app:
        for key, (source, days, actors, event, language) in ARTICLES.items():
            one = reading(
                key, of=source_id(f"https://{source}.example/feed"), hours=-24 * days, title=f"Envoys on {key}",
                actors=actors, events=(event,), language=language, text=f"Envoys met over {key} in the capital.\n\n",
                url=f"https://{source}.example/{key}",
            )  # fmt: skip
            done = Event(type=one.understanding.events[0].type, tense="past", source=actors[:1], target=actors[1:])
            one = replace(one, understanding=replace(one.understanding, events=(done,)))
            starts = Placement(story=None, relation="starts")
            story = grow(None, one.article, one.understanding, starts, source_id=one.article.source_id)
            await app.store.take_in(Intake(entry=None, reading=one, story=story))
        yield app


async def ask(app: App, line: str, asker: Asker = CONSOLE) -> Post:
    return await app.answers.answer(parse_line(line, asker))


def shown(post: Post) -> set[str]:
    return {key for key in ARTICLES if any(f"Envoys on {key}" in repr(item) for item in post.items)}


FILTERS = [
    ("country:Japan", {"one", "two", "four"}),
    ("country:Japan,Peru", {"one"}),
    ("country:KEN,JPN", {"two"}),
    ("event:SANCTION", {"three", "four"}),
    ('source:"The wire"', {"one", "four"}),
    ("source:https://paper.example/feed", {"three"}),
    ("kind:government", {"two"}),
    ("lang:ja", {"two"}),
    ("lang:en-GB", {"one", "four"}),
    ("since:2d", {"one", "two"}),
    ("since:2026-10-02 until:2026-10-04", {"two", "three"}),
    ("until:2026-10-03", {"three", "four"}),
    ("country:Japan event:SANCTION kind:wire lang:en since:9d until:1d", {"four"}),
    ("country:Brazil", set()),
]


@pytest.mark.parametrize("asker", [CONSOLE, DISCORD], ids=["console", "discord"])
async def test_each_filter(app: App, asker: Asker) -> None:
    for filters, wanted in FILTERS:
        for line in (f"/search {filters}", f"/search envoys {filters}", f"/brief {filters}"):
            assert (line, shown(await ask(app, line, asker))) == (line, wanted)


async def test_what_cannot_be_asked_is_said(app: App) -> None:
    for line in (
        "/search lang:Klingon+",
        "/brief lang:12",
        "/search",
        "/search country:Atlantis",
        "/search event:flood",
        "/search (envoys OR talks) over",
        "/search ?!",
        "/brief ?!",
        "/search envoys source:nosuch",
        "/brief source:nosuch",
        "/search since:2030-01-01",
        "/search since:1d until:3d",
    ):
        with pytest.raises(InputError) as refused:
            await ask(app, line)
        assert str(refused.value).endswith(".")


async def test_a_kind_of_event_goes_by_its_word_and_a_name_is_asked_after(app: App) -> None:
    assert shown(await ask(app, "/search event:sanctions kind:Wire")) == {"four"}
    assert (await ask(app, "/brief event:talks")).heading == "Brief (talks, meeting)"
    with pytest.raises(InputError, match="Did you mean Japan"):
        await ask(app, "/country Jappan")
    events = await ask(app, "/help events")
    assert ("sanctions, cut ties", "SANCTION") in [(row.title, row.badge) for row in events.items]
    assert "in the last 7 days" in ((await ask(app, "/brief football")).intro or "")


async def test_a_language_may_be_named(app: App) -> None:
    assert (await ask(app, "/search lang:Japanese")).heading == "Search (in Japanese)"
    assert len((await ask(app, "/search lang:Japanese")).items) == 1
    assert "language model" in ((await ask(app, "/settings language:French")).intro or "")


async def test_ledgers_name_who_did_what_and_link_the_article(app: App) -> None:
    post = await ask(app, "/relations Peru Kenya")
    (row,) = post.items
    assert (row.title, row.url) == ("Kenya sanctioned or cut ties with Peru", "https://paper.example/three")
    assert [item.title for item in (await ask(app, "/country Japan")).items] == [
        "Japan agreed with Peru", "Japan met or talked with Kenya", "France sanctioned or cut ties with Japan",
    ]  # fmt: skip
    assert shown(await ask(app, "/country Japan since:3d")) == {"one", "two"}
    assert (await ask(app, "/country Japan page:2")).items == ()
    assert (await ask(app, "/relations Peru Brazil")).items == ()


async def test_a_story_says_how_it_stands(app: App) -> None:
    """Two outlets in their own words with different numbers, one that republishes, and a correction."""
    first, differs, again = (
        reading(
            key, of=source_id(f"https://{name}.example/feed"), hours=hours, title=f"Ferry sinks off Zamboanga {key}",
            actors=("PHL",), events=("CONSULT",), text=f"A ferry sank off Zamboanga and {count} people died.\n\n",
        )
        for key, name, hours, count in (("a", "wire", -8, 17), ("b", "paper", -3, 23), ("c", "ministry", -2, 17))
    )  # fmt: skip
    story = None
    changes = (Change(was="25 %", now="24 %"),)
    for one, placement in (
        (first, Placement(story=None, relation="starts")),
        (differs, Placement(story="a", relation="joins")),
        (again, Placement(story="a", relation="copy", of="a")),
        (first, Placement(story="a", relation="updates", of="a", changes=changes)),
    ):
        story = grow(story, one.article, one.understanding, placement, source_id=one.article.source_id)
        story = await app.store.take_in(Intake(entry=None, reading=one, story=story))
    assert story is not None
    (found,) = (await ask(app, "/search Zamboanga")).items
    assert (found.number, {line.outlet for line in found.lines}) == (
        story.number,
        {"The wire", "The paper", "The ministry (government)"},
    )
    post = await ask(app, f"/story {story.number}")
    grounds = await ask(app, f"/evidence {story.number}")
    assert [row.title.partition(". ")[2] for row in grounds.items] == [
        point.removeprefix("The wire: ").removeprefix("The paper: ")
        for point in post.items[0].points
        if not point.startswith("Changed")
    ]
    for words in ("developing", "Monday 5 October", "2 independent outlets, 1 republishing", "about Philippines",
                  "outlets differ: 17 people", "23 people"):  # fmt: skip
        assert words in (post.intro or ""), post.intro
    assert "Changed: “25 %” is now “24 %”." in post.items[0].points
    dead = [point for point in post.items[0].points if "died" in point]
    assert dead
    assert all(point.startswith("The wire: " if "17" in point else "The paper: ") for point in dead)
    assert [item.badge for item in post.items[1:]] == ["updated", None, "republished"]
    told = story_json(*await app.lookup.story(story.number, Scope(sources=None)))
    assert (told["independent"], told["republishing"], told["phase"]) == (2, 1, "developing")
    assert told["changes"] == [{"was": "25 %", "now": "24 %"}]
    assert "23 people" in repr(told["differ"])
    assert (told["first_seen"], told["last_change"]) == ("2026-10-05T00:00:00Z", "2026-10-05T05:00:00Z")


def test_the_articles_are_as_old_as_they_say() -> None:
    assert at(-24) == T0 - timedelta(days=1)
