"""`attache demo`: the main job with nothing set up. As a process, over a pipe; and with other news in its place."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from string import Template

import pytest
import pytest_asyncio

from bot.bootstrap import build
from bot.chat.commands import COMMANDS, Asker
from bot.chat.lines import parse_line
from bot.config import parse
from bot.demo import settings as sample
from bot.demo.content import sample_news
from bot.demo.outlets import SampleOutlets
from bot.model import Query, Scope
from tests.fakes.command import Ended, attache, start
from tests.fakes.life import FixedClock
from tests.fakes.web import reply, web
from tests.unit.demo.other_news import other_news

pytestmark = pytest.mark.asyncio(loop_scope="module")

IRRELEVANT = ("badminton", "Foldable phone", "peach", "copper thefts", "Soul singer", "Storm Edda")
"""Words of the sample's headlines that no reader of diplomatic news waits for."""


@dataclass
class Told:
    """One story as the console shows it."""

    number: int
    title: str
    points: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    @property
    def around(self) -> str:
        """Outlets, times, note and link."""
        return " ".join(self.rest)


def stories_in(text: str) -> list[Told]:
    """Numbered stories, with wrapped lines put together again."""
    stories: list[Told] = []
    for line in text.splitlines():
        if head := re.match(r"\s{0,3}(\d+)  (\S.*)", line):
            stories.append(Told(int(head[1]), head[2]))
        elif stories and line.startswith("    - "):
            stories[-1].points.append(line[6:].strip())
        elif stories and line.startswith("      ") and stories[-1].points and not stories[-1].rest:
            stories[-1].points[-1] += " " + line.strip()
        elif stories and line.startswith("    "):
            stories[-1].rest.append(line.strip())
    return stories


def furniture() -> set[str]:
    """Every fixed text of the pages' templates: menus, teasers, newsletters, weather, notices."""
    folder = resources.files("bot.demo") / "data" / "templates"
    texts: set[str] = set()
    for file in folder.iterdir():
        filled = Template(file.read_text(encoding="utf-8")).safe_substitute()
        for text in re.findall(r">([^<>$]+)<", filled):
            texts.add(" ".join(text.split()))
    return {text for text in texts if re.search(r"\w{3}|[\u3040-\u9fff]{2}", text)}


def elsewhere() -> list[str]:
    """Headlines that the pages name and that belong to no article."""
    return [title for outlet in sample_news(datetime.now(UTC)).outlets for title in outlet.elsewhere]


@dataclass(frozen=True)
class Session:
    """A demo that was given commands: its digest, then the answer to each."""

    digest: str
    answers: dict[str, str]
    ended: Ended


COMMANDS_GIVEN = (
    "/latest count:10",
    "/latest count:10 page:2",
    "/latest country:Japan",
    '/search "patrol ships" country:Japan',
    "/search 巡視船",
    "/brief japan",
    "/brief sanctions since:2d",
    "/country japan",
    "/relations japan indonesia",
    "/story {number}",
    "/evidence {number}",
    "/summarize {link}",
    "/digest schedule times:08:00,18:30 zone:Asia/Tokyo days:weekdays name:Tokyo countries:Japan",
    "/digest list",
    "/digest preview Morning digest",
    "/digest now Tokyo",
    "/digest now Morning digest",
    "/digest now morning DIGEST",
    "/digest now MORNING digest",
    "/digest edit Tokyo size:3 countries:all every:6",
    "/digest history Morning digest",
    "/explain {link}",
    "/digest remove Tokyo",
    "/sources add {feed} The Extra",
    "/sources list",
    "/sources remove The Extra",
    "/sources remove Harbour Wire",
    "/alerts add tariff country:Brazil",
    "/alerts list",
    "/alerts preview tariff* OR tea",
    "/alerts mute 1",
    "/alerts stop 1",
    "/alerts resume 1",
    "/alerts quiet 22:00-07:00 zone:Asia/Tokyo",
    "/alerts more {number}",
    "/follow {number}",
    "/following",
    "/unfollow {number}",
    "/alerts remove 1",
    "/status",
    "/privacy",
    "/privacy action:export",
    "/privacy action:delete",
    "/settings style:embeds zone:Asia/Tokyo",
    "/help latest",
    "/latest contry:japan",
    "/latst",
    "/story 99999",
    "/help",
)

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Extra</title><link>http://x.example/</link>
<item><title>Envoys meet</title><link>http://x.example/1</link><guid>1</guid></item></channel></rss>"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Session]:
    """The digest is read first, for commands that need a number or an address of it."""
    process = await start("demo", cwd=tmp_path_factory.mktemp("session"))
    assert process.stdin is not None
    assert process.stdout is not None
    async with web() as site:
        site.answers["/feed"] = reply(FEED, content_type="application/rss+xml")
        digest = (await process.stdout.readuntil(b"try: ")).decode()
        first = stories_in(digest)[0]
        link = re.search(r"http://\S+", first.around)
        assert link is not None
        lines = [line.format(number=first.number, link=link[0], feed=site.url("/feed")) for line in COMMANDS_GIVEN]
        out, err = await process.communicate("\n".join([*lines, "quit"]).encode())
    text = digest + out.decode()
    assert process.returncode is not None
    parts = re.split(r"^> (?=/)", out.decode(), flags=re.MULTILINE)[1:]  # long commands are wrapped like all text
    given = dict(zip(COMMANDS_GIVEN, parts, strict=True))
    yield Session(digest, given, Ended(process.returncode, text, err.decode()))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def once(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Ended, Path]]:
    folder = tmp_path_factory.mktemp("once")
    ended = await attache("demo", "--once", "--keep", folder / "kept", cwd=folder)
    assert ended.out, ended.err
    yield ended, folder / "kept"


async def test_it_ends_with_a_digest_that_a_person_would_want_to_read(once: tuple[Ended, Path]) -> None:
    ended, _ = once
    assert ended.status == 0, ended.err
    head = ended.out.strip().partition("\n\n")[0]  # wrapped where the names of days are long
    first, intro = head.splitlines()[0], " ".join(head.splitlines()[1:])
    assert first.startswith("-- Morning digest --")
    assert re.fullmatch(r"\d+ stories from \d outlets · .*\d\d:\d\d – .*\d\d:\d\d UTC", intro)
    told = stories_in(ended.out)
    assert len(told) >= 6
    for story in told:
        assert 2 <= len(story.points) <= 5, story
        assert re.search(r"\w, (?:\w{3} )?\d\d:\d\d.* UTC \(\d+ h ago\)", story.around), story
        assert re.search(r"http://127\.0\.0\.1:\d+/\S+$", story.around), story
        several = "; " in story.around.partition(" UTC")[0]
        assert bool(re.search(r"\d (independent )?outlets?", story.around)) == several, story
    assert len({story.number for story in told}) == len(told)
    assert "articles, " in ended.err  # progress goes to where results do not
    assert "articles, " not in ended.out


async def test_one_event_is_told_once_with_all_its_outlets(once: tuple[Ended, Path]) -> None:
    told = stories_in(once[0].out)
    ships = [story for story in told if "patrol ship" in story.title + " ".join(story.points)]
    assert len(ships) == 1
    for outlet in ("Harbour Wire", "The Northern Ledger", "Kontinent 24", "東洋日報"):
        assert outlet in ships[0].around
    assert "4 independent outlets" in ships[0].around


async def test_a_wire_text_that_others_carry_is_one_report(once: tuple[Ended, Path]) -> None:
    (sanctions,) = [story for story in stories_in(once[0].out) if "Belarus" in story.title]
    assert "1 outlet, 2 republishing" in sanctions.around


async def test_a_correction_is_what_is_told(session: Session) -> None:
    everything = stories_in(session.digest) + stories_in(session.answers["/digest now Morning digest"])
    (norway,) = [story for story in everything if "Moldova" in story.title]
    assert "1.8 billion" in norway.title
    assert any("1.8 billion" in point for point in norway.points)
    assert not any("1.2 billion" in point for point in norway.points if not point.startswith("Changed:"))


async def test_no_headline_of_another_page_is_told(session: Session, once: tuple[Ended, Path]) -> None:
    whole = " ".join((session.ended.out + once[0].out).split())
    assert len(elsewhere()) > 15
    for headline in elsewhere():
        assert headline not in whole


async def test_nothing_of_page_furniture_is_told(session: Session, once: tuple[Ended, Path]) -> None:
    fixed = furniture()
    assert {"Most read", "Business", "Sign up", "Today's weather:"} <= fixed
    sentences = {text for text in fixed if len(text.split()) >= 2}
    parts = (once[0].out, session.digest, *session.answers.values())
    points = [point for part in parts for story in stories_in(part) for point in story.points]
    assert len(points) > 40
    told = {point for point in points if point in fixed or any(text in point for text in sentences)}
    assert told == set()


async def test_what_is_no_diplomatic_news_is_not_told(session: Session) -> None:
    latest = session.answers["/latest count:10"] + session.answers["/latest count:10 page:2"]
    assert len(stories_in(latest)) >= 14
    for word in IRRELEVANT:
        assert word not in session.digest
        assert word not in latest
        assert word not in session.answers["/digest now Morning digest"]


async def test_the_rest_is_told_once_on_demand(session: Session) -> None:
    answers = session.answers
    digests = [session.digest, answers["/digest now Morning digest"], answers["/digest now morning DIGEST"]]
    told = [story.number for digest in digests for story in stories_in(digest)]
    assert len(told) >= 14
    assert len(told) == len(set(told))
    assert "nothing to tell that it has not told already" in answers["/digest now MORNING digest"]


async def test_every_command_works_at_the_prompt(session: Session) -> None:
    assert session.ended.status == 0, session.ended.err
    assert "Traceback" not in session.ended.err
    asker = Asker(network="console", user_id="me", may_manage=True)
    given = {parse_line(line, asker).command for line in COMMANDS_GIVEN if not re.search("{|latst|contry", line)}
    missing = {command.name for command in COMMANDS if not command.hidden} - {command.name for command in given}
    filled_in = {"summarize", "evidence", "sources add", "explain", "alerts more", "follow", "unfollow"}
    assert missing == filled_in
    said = session.answers
    assert "Something went wrong" not in session.ended.out
    assert [s.title for s in stories_in(said["/latest country:Japan"])]
    assert "patrol ships" in said['/search "patrol ships" country:Japan']
    assert "東洋日報" in said["/search 巡視船"]
    assert len(stories_in(said["/brief japan"])) >= 2
    assert "Japan agreed with Indonesia" in said["/country japan"]
    assert "Indonesia moved forces" not in said["/country japan"]  # one report of four is read so
    assert "Indonesia" in said["/relations japan indonesia"]
    assert "Belarus" in said["/brief sanctions since:2d"]
    assert "Harbour Wire" in said["/story {number}"]
    assert "»" in said["/evidence {number}"]
    assert said["/summarize {link}"].count("\n  - ") >= 3


async def test_digests_sources_and_alerts_are_managed_at_the_prompt(session: Session) -> None:
    said = session.answers
    scheduled = said["/digest schedule times:08:00,18:30 zone:Asia/Tokyo days:weekdays name:Tokyo countries:Japan"]
    assert "Digest “Tokyo” is set up" in scheduled
    assert "08:00, 18:30 Asia/Tokyo, Monday to Friday" in " ".join(scheduled.split())
    assert "Tokyo" in said["/digest list"]
    assert "Morning digest" in said["/digest list"]
    assert "Japan, Indonesia sign" in said["/digest now Tokyo"]
    assert "Venezuela" not in said["/digest now Tokyo"]
    assert "left out" in said["/digest preview Morning digest"]
    assert "every 6 hours" in " ".join(said["/digest edit Tokyo size:3 countries:all every:6"].split())
    assert said["/digest history Morning digest"].count("[sent]") == 3
    assert "It was told in the console" in " ".join(said["/explain {link}"].split())
    assert "is stopped" in said["/digest remove Tokyo"]
    assert "Following “The Extra”" in said["/sources add {feed} The Extra"]
    assert "The Extra" in said["/sources list"]
    assert "Harbour Wire" in said["/sources list"]
    assert "No longer following “The Extra”" in said["/sources remove The Extra"]
    assert "shared by the bot's operator" in " ".join(said["/sources remove Harbour Wire"].split())
    assert "tariff" in said["/alerts list"]
    assert "it would have told" in " ".join(said["/alerts preview tariff* OR tea"].split())
    assert "silent until" in " ".join(said["/alerts mute 1"].split())
    assert "stopped" in said["/alerts stop 1"]
    assert "resumed" in said["/alerts resume 1"]
    assert "22:00 to 07:00, Asia/Tokyo" in " ".join(said["/alerts quiet 22:00-07:00 zone:Asia/Tokyo"].split())
    assert "Alert added" in said["/alerts more {number}"]
    assert "Following story" in said["/follow {number}"]
    assert "No longer following" in said["/unfollow {number}"]
    assert "removed" in said["/alerts remove 1"]


async def test_the_prompt_tells_how_things_stand_and_what_is_kept(session: Session) -> None:
    said = session.answers
    assert "Last poll" in said["/status"]
    assert "Next digest: “Morning digest”" in " ".join(said["/status"].split())
    assert "Privacy" in said["/privacy"]
    assert '"digests_set_up"' in said["/privacy action:export"]
    assert "gone" in said["/privacy action:delete"]
    assert "Asia/Tokyo" in said["/settings style:embeds zone:Asia/Tokyo"]
    assert "Did you mean /latest?" in said["/latst"]
    assert "There is no story 99999" in said["/story 99999"]
    shown = " ".join(said["/help"].split())
    for command in COMMANDS:
        assert f"/{command.path[0]}" in shown
        assert command.path[-1] in shown
    assert "How many stories (1 to 10)" in " ".join(said["/help latest"].split())
    assert "has no option “contry”. Did you mean country:japan?" in " ".join(said["/latest contry:japan"].split())


async def test_what_is_kept_repeats_the_round(once: tuple[Ended, Path]) -> None:
    ended, kept = once
    assert str(kept) in ended.err
    assert (kept / "config.toml").is_file()
    assert (kept / "README.txt").is_file()
    assert len(list((kept / "pages").rglob("*.html"))) >= 30
    polled = await attache("poll", "--config", kept / "config.toml", cwd=kept)
    assert polled.status == 0, polled.err
    assert "34 articles" in polled.err
    assert (kept / "attache.sqlite").is_file()
    told = stories_in(ended.out)
    found = await attache("console", "--config", "config.toml", cwd=kept, stdin="/latest count:10\n/digest now\nquit\n")
    assert {story.title for story in told[:3]} <= {story.title for story in stories_in(found.out)}


@dataclass(frozen=True)
class Other:
    """What the bot made of thirty other articles: titles by event, by story, and by story as it is told."""

    events: dict[str, tuple[str, ...]]
    stories: dict[int, set[str]]
    told: dict[int, set[str]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def other(tmp_path_factory: pytest.TempPathFactory) -> Other:
    now = datetime(2026, 10, 7, 15, 20, tzinfo=UTC)
    news, events = other_news(now)
    everything = Scope(sources=None)
    stories: defaultdict[int, set[str]] = defaultdict(set)
    async with SampleOutlets(news, now=now) as outlets:
        settings = parse({**sample.settings(outlets, tmp_path_factory.mktemp("other")), "worker": {"deadline": 100}})
        async with build(settings, exclusive="test", clock=FixedClock(now)) as app:
            report = await app.intaker.round(everything=True)
            assert (report.sources, report.articles, report.failed) == (4, 30, 0)
            for reading in await app.store.search(Query(limit=100), everything):
                story = await app.store.story_of(reading.article.id)
                assert story is not None
                stories[story.number].add(reading.article.title)
            items = await app.lookup.brief("", timedelta(days=5), everything, 50)
    return Other(events, dict(stories), {item.number: {line.title for line in item.lines} for item in items})


async def test_other_news_is_grouped_event_by_event(other: Other) -> None:
    assert sorted(map(sorted, other.stories.values())) == sorted(map(sorted, other.events.values()))


DULL = {"marathon", "bakery", "game", "singer", "lottery", "fog", "gnomes"}
DIPLOMATIC = (
    "fisheries", "railway", "summons", "lake-first", "vaccines", "steel", "base", "grain", "hostages", "treaty",
    "drill", "visit", "court", "protest-note", "lake-second",
)  # fmt: skip


@pytest.mark.parametrize("event", DIPLOMATIC)
async def test_other_news_is_told_once(other: Other, event: str) -> None:
    titles = set(other.events[event])
    assert [told for told in other.told.values() if told & titles] == [titles]


async def test_other_news_that_is_no_diplomacy_is_not_told(other: Other) -> None:
    shown = set().union(*other.told.values())
    assert other.events.keys() > DULL
    for event in DULL:
        assert not shown & set(other.events[event])
