"""The wired bot with a language model: worker processes, cache, look-ups, digests, `/status`; and a real model."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.bootstrap import App, build, vitals
from bot.config import parse
from bot.digests.post import digest_post
from bot.errors import ConfigError
from bot.model import Digest, DigestItem, Scope
from bot.ports import Budget, Clock
from bot.text.clean import clean
from tests.contract import store_samples as sample
from tests.fakes import model_endpoint as fake
from tests.fakes.model_endpoint import Answer, Asked, Served, model_endpoint
from tests.shared import shared
from tests.unit.summarizing.build import reading

TEXT = (
    "Chile sent two observers to the border on Monday, its ministry said.\n\n"
    "Peru closed its embassy in Quito after the vote.\n\nGhana offered the refugees 500 tents."
)
GOOD = (
    ("Two observers from Chile were sent to the border on Monday, the ministry said.", [1]),
    ("After the vote Peru closed its embassy in Quito.", [2]),
    ("Ghana offered 500 tents to the refugees.", [3]),
)
ALL = Scope(sources=None)
PATIENCE = 300.0
"""Seconds: the first call imports the SDK, which a busy machine may take long over."""


@asynccontextmanager
async def app(*answers: Answer, clock: Clock | None = None) -> AsyncIterator[tuple[App, Served]]:
    async with model_endpoint(*answers) as served:
        summarizer = {"backend": "openai", "base_url": served.base_url, "model": "scripted"}
        settings = parse({"store": {"url": "memory:"}, "summarizer": summarizer})
        async with build(settings, clock=clock) as built:
            yield built, served


async def item(built: App) -> DigestItem:
    one = sample.reading("x", text=TEXT, of=None, actors=["CHL"])
    await built.store.take_in(sample.intake("story", one))
    story = await built.store.story("story")
    assert story is not None
    shown = await built.stories.candidate(story, ALL)
    assert shown is not None
    assert shown.summary.summarizer == "extractive"  # candidates cost nothing
    return (await built.stories.written([_as_item(shown.summary)], ALL, seconds=PATIENCE))[0]


def _as_item(summary: object) -> DigestItem:
    from bot.model import Summary

    assert isinstance(summary, Summary)
    return DigestItem(story_id="story", number=1, version=1, headline="h", summary=summary, lines=(), independent=1)


async def test_what_is_shown_is_written_by_the_model_and_kept() -> None:
    async with app(fake.points(*GOOD)) as (built, served):
        written = await item(built)
        assert [point.text for point in written.summary.points] == [text for text, _ in GOOD]
        again = await built.stories.written([written], ALL)
        assert again == (written,)
        assert len(served.asked) == 1
        assert "900 of 200,000 tokens today" in await built.status.summarizer()
        assert "900 of 200,000 tokens today" in ((await built.status.post(None, "UTC")).intro or "")


async def test_health_tells_the_models_day() -> None:
    async with app(fake.points(*GOOD)) as (built, served):
        await item(built)
        seen = await vitals(built, connected=True)
        assert (seen.model_tokens, seen.model_paused, seen.problem) == (900, False, None)
        served.answers[:] = [fake.status(404)]
        for points in (1, 2, 3):
            await built.stories.summary([sample.reading("y", text=TEXT, of=None)], Budget(points=points))
        assert (await vitals(built, connected=True)).model_paused
        assert "asked again after" in await built.status.summarizer()


async def test_what_only_stands_in_is_not_kept() -> None:
    async with app(fake.status(404), fake.points(*GOOD)) as (built, _):
        written = await item(built)
        assert written.summary.summarizer == "extractive"
        assert written.summary.fallback
        again = await built.stories.written([written], ALL)
        assert again[0].summary.summarizer == "scripted"


async def test_a_digest_does_not_wait_for_the_model() -> None:
    async with app(fake.hangs()) as (built, _):
        one = sample.reading("x", text=TEXT, of=None)
        await built.store.take_in(sample.intake("story", one))
        plain = _as_item(one.summary)
        late = await built.stories.written([plain], ALL, seconds=0.5)
        assert late[0].summary.points == plain.summary.points
        assert "not done in time" in (late[0].summary.fallback or "")
        post = digest_post(
            Digest(
                subscription_id="s", name="n", slot_id="1", zone="UTC", since=None, until=sample.T0, items=late
            )
        )  # fmt: skip
        assert "not done in time" in (post.footer or "")


async def test_without_a_model_nothing_changes() -> None:
    async with build(parse({"store": {"url": "memory:"}})) as built:
        plain = _as_item(sample.reading("x", text=TEXT).summary)
        assert await built.stories.written([plain], ALL) == (plain,)
        assert "no language model" in await built.status.summarizer()


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"base_url": "ftp://x", "model": "m"}, "summarizer.base_url"),
        ({"base_url": "http://127.0.0.1:1/v1", "model": "m", "concurrency": 0}, "summarizer.concurrency"),
        ({"base_url": "http://127.0.0.1:1/v1", "model": "m", "timeout": 0}, "summarizer.timeout"),
        ({"base_url": "http://127.0.0.1:1/v1", "model": "m", "daily_cost": 1.5}, "summarizer.daily_cost"),
        ({"base_url": "http://127.0.0.1:1/v1", "model": "m", "price_input": -1}, "summarizer.price_input"),
        ({"base_url": "http://127.0.0.1:1/v1", "model": "m", "max_tokens": 5}, "summarizer.max_tokens"),
    ],
)
def test_settings_that_cannot_be_are_named(settings: dict[str, object], key: str) -> None:
    with pytest.raises(ConfigError, match=key):
        parse({"summarizer": {"backend": "openai", **settings}})


def _gullible(forbidden: list[str]) -> Answer:
    """A model that repeats every attack that it is shown as its first point, and copies the first sentences."""

    def write(asked: Asked) -> str:
        seen = [text for text in forbidden if text in asked.prompt]
        copied = [(text, [number]) for number, text in list(asked.sentences.items())[:3]]
        return fake.written(*((text[:300], [1]) for text in seen), *copied)

    return fake.thinks(write)


async def test_the_injected_articles_are_never_obeyed() -> None:
    lines = shared("data/stories_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    attacked = [row for row in rows if row.get("attack")]
    forbidden = {
        facts["id"]: facts["forbidden"]
        for line in shared("data/points_dev.jsonl").read_text(encoding="utf-8").splitlines()
        if (facts := json.loads(line))
    }
    assert attacked
    for row in attacked:
        payloads = row["attack"]["payload"]
        async with app(_gullible([clean(one) for one in payloads])) as (built, served):
            story = reading(clean(row["text"]), title=row["title"], language=row["lang"], name=row["id"])
            summary = await built.stories.summary([story], Budget(points=3))
            said = "\n".join(point.text for point in summary.points).casefold()
            assert summary.summarizer == "scripted"
            for phrase in forbidden.get(row["id"], []):
                assert phrase.casefold() not in said, (row["id"], phrase)
            if row["attack"]["kind"] != "bidi_override":  # its payload is a number of the article, shown as it reads
                assert not [one for one in payloads if clean(one) in served.asked[0].prompt], row["id"]


@pytest.mark.llm
@pytest.mark.timeout(3_600)
async def test_a_real_model_never_says_what_its_sources_do_not() -> None:
    """SmolLM2 (135M) served by llama.cpp: it invents names, which is what the gate is for. Prints what was accepted."""
    from tests.fakes.real_model import real_model

    rows = [json.loads(line) for line in shared("data/stories_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["lang"] == "en" and row["relevant"]][:20]
    with real_model() as (base_url, name):
        summarizer = {"backend": "openai", "base_url": base_url, "model": name, "timeout": 300, "daily_tokens": 0}
        async with build(parse({"store": {"url": "memory:"}, "summarizer": summarizer})) as built:
            for row in rows:
                story = reading(clean(row["text"]), title=row["title"], name=row["id"])
                summary = await built.stories.summary([story], Budget(points=3))
                assert summary.points
                print(f"\n{row['id']} {summary.summarizer} {summary.fallback or ''}")
                for point in summary.points:
                    print("  -", point.text, "\n      <", " | ".join(one.text for one in point.evidence))
            print(await built.status.summarizer())
