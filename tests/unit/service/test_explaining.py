"""What happened to an item: the true step at which it stopped, for those who may know of it and for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.commands import Asker
from bot.errors import InputError
from bot.model import Decision, Entry, Scope, Source, SourceState, source_id
from bot.ports import PollRecord
from bot.service.explaining import Explanation, Viewer
from bot.service.slot_words import page_lines
from tests.contract.store_samples import at
from tests.unit.service.test_visibility import (
    ALONE,
    ANNE,
    BERT,
    PRIVATE_A,
    PRIVATE_B,
    SHARED,
    World,
    article,
    world,
)

__all__ = ["world"]

HOUR = timedelta(hours=1)


async def explain(world: World, item: str, asker: Asker) -> Explanation:
    scope = await world.app.subscriptions.scope(asker.guild_id)
    digests = await world.app.subscriptions.digests(asker.guild_id or f"dm:{asker.user_id}")
    return await world.app.explainer.explain(item, Viewer(scope=scope, digests=digests, user_id=asker.user_id))


def way(found: Explanation) -> list[tuple[str, str, str | None]]:
    return [(step.stage, step.went, step.digest) for step in found.steps]


async def test_a_story_that_was_told_says_where_and_when_and_one_that_was_not_says_why(world: World) -> None:
    for name, more in (("Everything", ""), ("Kenya", " countries:Kenya"), ("Outlets", " outlets:3")):
        await world.ask(f"/digest schedule times:09:00,10:00 zone:UTC name:{name}{more}", ANNE)
    bridge = article(SHARED, "bridge", hours=0.5)
    await world.take(bridge)
    world.clock.turn(HOUR)
    await world.app.publisher.dispatch()
    await world.app.deliverer.deliver()
    found = await explain(world, f"{bridge.article.url}#comments", ANNE)
    assert way(found)[:4] == [
        ("fetched", "on", None), ("read", "on", None), ("relevant", "on", None), ("story", "on", None),
    ]  # fmt: skip
    sent = next(step for step in found.steps if step.stage == "sent")
    assert (sent.digest, sent.words, sent.at) == ("Everything", "It was told in channel a.", world.clock.now())
    last = {step.digest: step for step in found.steps if step.digest}
    assert (last["Kenya"].stage, last["Kenya"].went) == ("filters", "stopped")
    assert "none of the countries" in last["Kenya"].words
    assert "3 independent ones were asked for" in last["Outlets"].words
    assert last["Everything"].words == "It was told before, and nothing has changed since."
    assert "What happened to" in await world.ask(f"/explain {found.story}", ANNE)


async def test_a_story_that_waits_for_its_slot_or_is_too_old_says_so(world: World) -> None:
    await world.ask("/digest schedule times:09:00 zone:UTC name:Morning", ANNE)
    bridge = article(SHARED, "bridge", hours=0.1)
    await world.take(bridge)
    assert (await explain(world, str(bridge.article.url), ANNE)).steps[-1].went == "waits"
    world.clock.turn(timedelta(days=5))
    last = (await explain(world, str(bridge.article.url), ANNE)).steps[-1]
    assert (last.stage, last.went) == ("window", "stopped")
    assert "24 hours that the next digest looks back" in last.words


@pytest.mark.parametrize(
    ("item", "asker"), [("river-b", ANNE), ("tariffs", ANNE), ("river-a", BERT), ("quotas", ALONE)]
)
async def test_what_only_another_server_follows_was_never_seen(world: World, item: str, asker: Asker) -> None:
    url = {"river-b": PRIVATE_B, "tariffs": PRIVATE_B, "river-a": PRIVATE_A, "quotas": PRIVATE_A}[item]
    said = await world.ask(f"/explain {url}/{item}", asker)
    assert "No source that is followed here has listed this address" in said
    for word in ("Alphaville", "Betatown", "Private"):
        assert word not in said


async def test_no_explanation_names_anothers_digest_filter_source_or_count(world: World) -> None:
    await world.ask("/digest schedule times:09:00 zone:UTC name:Secret topics:hush", BERT)
    await world.ask("/digest schedule times:09:00 zone:UTC name:Own", ANNE)
    world.clock.turn(HOUR)
    await world.app.publisher.dispatch()
    await world.app.deliverer.deliver()
    for asker in (ANNE, ALONE):
        for item in (f"{SHARED}/river-c", str(world.mixed)):
            said = await world.ask(f"/explain {item}", asker)
            for word in ("Secret", "hush", "Betatown", "Beta Private", "3 articles"):
                assert word not in said
    operator = Asker(network="console", user_id="console", may_manage=True)
    assert "Secret" in await world.ask(f"/explain {world.mixed}", operator)


async def test_what_was_listed_and_gave_no_article_says_where_it_stopped(world: World) -> None:
    store, url = world.app.store, "https://alpha.example/news/1"
    entry = Entry(
        id="e1", source_id=source_id(PRIVATE_A), guid="1", url=url, title="Envoys", published=at(0), arrived=at(0)
    )
    state = SourceState(source_id=source_id(PRIVATE_A), polled=True, last_poll=at(0))
    await store.record_poll(PollRecord(state=state, entries=(entry,)))
    assert way(await explain(world, url, ANNE)) == [("fetched", "on", None), ("read", "waits", None)]
    dropped = Decision(stage="extraction", outcome="dropped", reason="The page holds no article.")
    await store.settle_entry("e1", page_lines(entry.source_id, url, at(0.1), (dropped,)))
    found = await explain(world, url, ANNE)
    assert way(found) == [("fetched", "on", None), ("read", "stopped", None)]
    assert found.steps[-1].words == "The page holds no article."
    assert way(await explain(world, url, BERT)) == [("fetched", "stopped", None)]


async def test_an_address_of_a_site_that_is_followed_names_the_source_and_how_it_stands(world: World) -> None:
    said = await world.ask("/explain https://alpha.example/never", ANNE)
    assert "“Alpha Private” has not been polled yet" in said
    state = SourceState(source_id=source_id(PRIVATE_A), last_poll=at(0), problem="The server says 403.")
    await world.app.store.record_poll(PollRecord(state=state))
    assert "with a problem: The server says 403" in await world.ask("/explain https://alpha.example/never", ANNE)


async def test_the_same_address_from_a_source_that_is_seen_is_explained(world: World) -> None:
    await world.app.store.put_source(Source(id="x", url="https://x.example/", name="X"))
    both = article(SHARED, "bridge", hours=0.1)
    hidden = replace(both, article=replace(both.article, id="hidden", source_id="x", published=at(0.2)))
    await world.take(both)
    await world.take(hidden)
    assert way(await explain(world, str(both.article.url), ANNE))[0] == ("fetched", "on", None)


@pytest.mark.parametrize("item", ["", "no address at all", "ftp://x.example/a", "99999"])
async def test_what_is_neither_an_address_nor_a_story_is_refused(world: World, item: str) -> None:
    with pytest.raises(InputError):
        await world.app.explainer.explain(item, Viewer(scope=Scope(sources=None), digests=()))
