"""Two servers with sources of their own: neither sees anything of the other's, in a mixed story either."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.bootstrap import App, build
from bot.chat.commands import Asker
from bot.chat.lines import parse_line
from bot.config import parse
from bot.errors import InputError
from bot.grouping.story import grow
from bot.model import Member, Placement, Post, Scope, Story, source_id
from bot.ports import Intake, Reading
from tests.contract.store_samples import at, reading
from tests.fakes.desk import ScriptedMessenger, TurnedClock

ANNE = Asker(network="discord", user_id="anne", guild_id="A", channel_id="a", may_manage=True)
BERT = Asker(network="discord", user_id="bert", guild_id="B", channel_id="b", may_manage=True)
ALONE = Asker(network="discord", user_id="anne")

PRIVATE_A, PRIVATE_B, SHARED = (f"https://{name}.example/feed" for name in ("alpha", "beta", "shared"))
WORDS = {PRIVATE_A: "Alphaville", PRIVATE_B: "Betatown", SHARED: "Commonburg"}
"""A word that stands in what each source writes, and nowhere else."""


def article(url: str, key: str, *, hours: float = -1, actors: tuple[str, ...] = ("JPN",)) -> Reading:
    word = WORDS[url]
    return reading(
        key,
        of=source_id(url),
        hours=hours,
        title=f"Envoys meet in {word} over {key}",
        text=f"Envoys of two states met in {word} over the {key} dispute on Monday and agreed on a plan for talks.\n\n",
        actors=actors,
        events=("CONSULT",),
        url=f"{url}/{key}",
    )


def story_of(*readings: Reading, version: int | None = None) -> Story:
    members = tuple(
        Member(
            article_id=one.article.id, source_id=one.article.source_id, relation="joins" if n else "starts",
            when=one.article.when,
        )
        for n, one in enumerate(readings)
    )  # fmt: skip
    actors = tuple(dict.fromkeys(actor.code for one in readings for actor in one.understanding.actors))
    return Story(
        id=readings[0].article.id, title=readings[0].article.title, language="en", members=members,
        first_seen=members[0].when, last_change=max(member.when for member in members),
        version=version or len(members), relevance=0.9, diplomatic=True, actors=actors, events=("CONSULT",),
    )  # fmt: skip


@dataclass
class World:
    app: App
    clock: TurnedClock
    messenger: ScriptedMessenger
    mixed: int
    """The number of the story that both servers' private sources and the shared one tell."""

    async def ask(self, line: str, asker: Asker) -> str:
        """Everything that the answer says, titles, notes, outlets, addresses and buttons."""
        post = await self.app.answers.answer(parse_line(line, asker))
        return text_of(post)

    async def take(self, *readings: Reading) -> Story:
        """The last of `readings` comes in, to a story of them all."""
        return await self.app.store.take_in(Intake(entry=None, reading=readings[-1], story=story_of(*readings)))


def text_of(post: Post) -> str:
    return repr(post)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock = TurnedClock()
    tree = {
        "store": {"url": "memory:"},
        "worker": {"deadline": 100},
        "sources": [{"url": SHARED, "name": "Shared Sun", "kind": "wire"}],
    }
    settings = parse(tree)
    async with build(settings, clock=clock) as app:
        messenger = ScriptedMessenger(clock)
        app.messengers.register(messenger, "channel", "dm")
        for guild, url, name in (("A", PRIVATE_A, "Alpha Private"), ("B", PRIVATE_B, "Beta Private")):
            await app.subscriptions.add_source(guild, url, name)
        world = World(app, clock, messenger, 0)
        own_a, own_b = article(PRIVATE_A, "quotas"), article(PRIVATE_B, "tariffs", actors=("PER",))
        await world.take(own_a)
        await world.take(own_b)
        mixed = (
            article(PRIVATE_A, "river-a", hours=-2),
            article(PRIVATE_B, "river-b", hours=-1.5, actors=("JPN", "BRA")),
            article(SHARED, "river-c"),
        )
        for count in range(1, 4):
            story = await world.take(*mixed[:count])
        world.mixed = story.number
        yield world


LOOK_UPS = (
    "/latest", "/latest country:Japan", "/search envoys", "/search dispute", "/brief", "/brief japan", "/brief dispute",
    "/story {mixed}", "/evidence {mixed}", "/sources list", "/status",
)  # fmt: skip


@pytest.mark.parametrize("line", LOOK_UPS)
@pytest.mark.parametrize(
    ("asker", "hidden"),
    [
        (ANNE, ("Betatown", "Beta Private", "beta.example")),
        (BERT, ("Alphaville", "Alpha Private", "alpha.example")),
        (ALONE, ("Alphaville", "Betatown", "alpha.example", "beta.example", "Private")),
    ],
)
async def test_no_look_up_shows_what_is_anothers(
    world: World, line: str, asker: Asker, hidden: tuple[str, ...]
) -> None:
    shown = await world.ask(line.format(mixed=world.mixed), asker)
    for word in hidden:
        assert word not in shown
    if line not in ("/sources list", "/status"):
        assert "Commonburg" in shown or "japan" not in line
        own = {"A": "Alphaville", "B": "Betatown"}.get(asker.guild_id or "")
        assert own is None or own in shown or line == "/latest country:Japan" or line == "/brief japan"


async def test_counts_are_of_what_is_visible(world: World) -> None:
    assert "2 stories" in await world.ask("/latest", ANNE)
    assert "1 story" in await world.ask("/latest", ALONE)
    assert "3 articles" in await world.ask("/search envoys", ANNE)
    assert "1 article" in await world.ask("/search envoys", ALONE)
    shown = await world.ask(f"/story {world.mixed}", ANNE)
    assert "2 independent outlets" in shown
    assert "3 independent" not in shown
    assert "1 outlet" in await world.ask(f"/story {world.mixed}", ALONE)


async def test_a_mixed_story_has_no_points_or_actors_of_hidden_articles(world: World) -> None:
    for asker, hidden in ((ANNE, "river-b"), (BERT, "river-a")):
        shown = await world.ask(f"/story {world.mixed}", asker)
        assert hidden not in shown
        assert "river-c" in shown
    assert "Brazil" in await world.ask(f"/story {world.mixed}", BERT)
    assert "Brazil" not in await world.ask(f"/story {world.mixed}", ANNE)
    assert "river-c" in await world.ask("/brief brazil", BERT)
    assert "river-c" not in await world.ask("/brief brazil", ANNE)
    assert "river-c" not in await world.ask("/latest country:Brazil", ANNE)


async def test_a_story_of_hidden_articles_alone_is_not_there(world: World) -> None:
    (own,) = [s for s in (await world.app.store.recent_stories(at(-5), scope_of(PRIVATE_A), 10)) if len(s.members) == 1]
    assert "quotas" in await world.ask(f"/story {own.number}", ANNE)
    for asker in (BERT, ALONE):
        with pytest.raises(InputError, match="There is no story"):
            await world.ask(f"/story {own.number}", asker)


async def test_the_kinds_of_outlet_that_weigh_a_story_are_those_that_its_readers_see(world: World) -> None:
    story = await world.app.store.story_by_number(world.mixed)
    assert story is not None
    kinds = {}
    for url in (SHARED, PRIVATE_A):
        candidate = await world.app.stories.candidate(story, scope_of(url))
        assert candidate is not None
        kinds[url] = candidate.kinds
    assert kinds == {SHARED: ("wire",), PRIVATE_A: (None,)}


def scope_of(*urls: str) -> Scope:
    return Scope(sources=frozenset(source_id(url) for url in urls))


async def test_digests_and_alerts_tell_what_their_server_sees(world: World) -> None:
    app = world.app
    for guild in "AB":
        await world.ask("/digest schedule times:09:00 zone:UTC", replace(ANNE, guild_id=guild, channel_id=guild))
        await world.ask("/alerts add dispute", replace(ANNE, guild_id=guild, user_id=guild * 2))
    await world.ask("/alerts add dispute", ALONE)
    await app.deliverer.deliver()  # the messages that confirm the alerts
    later = [article(url, f"lake-{n}", hours=0.2) for n, url in enumerate((PRIVATE_A, PRIVATE_B, SHARED))]
    for count in range(1, 4):
        await world.take(*later[:count])
    world.clock.turn(timedelta(hours=2))
    await app.alerter.sweep()
    await app.publisher.dispatch()
    await app.deliverer.deliver()
    said = {delivery.target.id: text_of(delivery.post) for delivery in world.messenger.sent}
    assert said.keys() == {"A", "B", "AA", "BB", "anne"}
    for target in ("A", "AA"):
        assert "Alphaville" in said[target]
        assert "Betatown" not in said[target]
        assert "beta.example" not in said[target]
    for target in ("B", "BB"):
        assert "Betatown" in said[target]
        assert "Alphaville" not in said[target]
    assert "Commonburg" in said["anne"]
    assert "Alphaville" not in said["anne"]
    assert "Betatown" not in said["anne"]


async def test_hidden_articles_make_no_update(world: World) -> None:
    """Server A is told the story once; what then comes from B's private source alone is no news to A."""
    app = world.app
    for guild in "AB":
        await world.ask("/digest schedule times:09:00,10:00 zone:UTC", replace(ANNE, guild_id=guild, channel_id=guild))
    told = [article(SHARED, "bridge", hours=0.5)]
    await world.take(*told)
    world.clock.turn(timedelta(hours=1))
    await app.publisher.dispatch()
    await world.take(*told, article(PRIVATE_B, "bridge-b", hours=1.5))
    world.clock.turn(timedelta(hours=1))
    await app.publisher.dispatch()
    await app.deliverer.deliver()
    slots = {s.guild_id: await app.store.slots(s.id) for s in await app.subscriptions.digests(None)}
    assert [slot.outcome for slot in slots["B"]] == ["sent", "sent"]
    assert [slot.outcome for slot in slots["A"]] == ["empty", "sent"]


async def test_relevance_and_age_of_a_story_are_those_of_its_visible_articles(world: World) -> None:
    old, new = article(SHARED, "bridge"), article(PRIVATE_B, "bridge-b", hours=-0.5)
    old = replace(old, understanding=replace(old.understanding, relevance=0.2, diplomatic=False))
    placed = Placement(story=None, relation="starts")
    story = grow(None, old.article, old.understanding, placed, source_id=old.article.source_id, backlog=True)
    joins = Placement(story=story.id, relation="joins")
    story = grow(story, new.article, new.understanding, joins, source_id=new.article.source_id)
    await world.app.store.take_in(Intake(entry=None, reading=old, story=story))
    kept = await world.app.store.take_in(Intake(entry=None, reading=new, story=story))
    a = await world.app.stories.candidate(kept, await world.app.subscriptions.scope("A"))
    b = await world.app.stories.candidate(kept, await world.app.subscriptions.scope("B"))
    assert a is not None
    assert b is not None
    assert (a.story.relevance, a.story.diplomatic, a.story.backlog) == (0.2, False, True)
    assert (b.story.relevance, b.story.diplomatic, b.story.backlog) == (kept.relevance, True, False)


@pytest.mark.parametrize("line", ["/digest list", "/digest preview", "/digest preview Secret", "/digest now Secret"])
async def test_direct_messages_show_no_servers_digests(world: World, line: str) -> None:
    await world.ask("/digest schedule times:09:00 zone:UTC name:Secret countries:Japan", ANNE)
    mine = await ask_or_refusal(world, line, replace(ALONE, may_manage=True))
    assert "yet. Set one up with /digest schedule" in mine
    assert "Secret" not in mine
    if "Secret" not in line:
        assert "Secret" not in await ask_or_refusal(world, line, BERT)


async def ask_or_refusal(world: World, line: str, asker: Asker) -> str:
    try:
        return await world.ask(line, asker)
    except InputError as error:
        return str(error)


async def test_what_a_server_calls_a_source_is_read_in_that_server_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, app = "https://gamma.example/feed", world.app
    carl, dora = replace(ANNE, guild_id="C"), replace(ANNE, guild_id="D")
    await app.subscriptions.add_source("C", url, "Gamma Gazette", name="Codename Heron")
    await app.subscriptions.add_source("D", url, "Gamma Gazette")
    monkeypatch.setitem(WORDS, url, "Gammaton")
    number = (await world.take(article(url, "dam"))).number
    lines = ("/sources list", "/latest", "/search dam", f"/story {number}", f"/explain {number}", "/digest list")
    await world.ask('/digest schedule times:09:00 zone:UTC sources:"Codename Heron"', carl)
    await world.ask('/digest schedule times:09:00 zone:UTC sources:"Gamma Gazette"', dora)
    said = {asker: [await world.ask(line, asker) for line in lines] for asker in (carl, dora)}
    assert [name for name in ("Codename Heron", "Gamma Gazette") for text in said[carl] if name in text] == [
        "Codename Heron"
    ] * len(lines)
    assert [name for name in ("Codename Heron", "Gamma Gazette") for text in said[dora] if name in text] == [
        "Gamma Gazette"
    ] * len(lines)
    assert "Gammaton" in await world.ask('/search dam source:"Codename Heron"', carl)
    assert "Codename Heron" in await world.ask('/brief source:"Codename Heron"', carl)
    with pytest.raises(InputError, match="No source here is called"):
        await world.ask('/search dam source:"Codename Heron"', dora)
    assert "Codename Heron" in await world.ask("/sources remove Codename Heron", carl)
    assert "names" not in str(await app.preferences.get("guild", "C"))


async def test_a_source_that_leaves_the_configuration_is_unsubscribed_not_deleted(world: World) -> None:
    subscriptions, store = world.app.subscriptions, world.app.store
    await subscriptions.add_source("A", SHARED, "Shared Sun")
    await subscriptions.declare(())
    left = await store.source(source_id(SHARED))
    assert left is not None
    assert (left.operator, left.shared) == (False, False)
    assert (await store.reading("river-c")) is not None
    assert "Commonburg" in await world.ask("/search envoys", ANNE)  # it subscribed to the source itself
    assert "Commonburg" not in await world.ask("/search envoys", BERT)
    with pytest.raises(InputError, match="There is no story"):
        await world.ask(f"/story {world.mixed}", ALONE)
    await subscriptions.remove_source("A", "Shared Sun")
    assert "Commonburg" not in await world.ask("/search envoys", ANNE)
