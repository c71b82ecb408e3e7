"""Summaries of stories over real worker processes, one of which dies."""

from dataclasses import replace

from bot.ports import Budget, Reading
from bot.service.summaries import ONE_ARTICLE, PooledSummarizer
from bot.service.workers import WorkerPool
from tests.contract.store_samples import reading
from tests.unit.service.test_workers import PATIENT, STORY


def readings(second: str) -> tuple[Reading, ...]:
    first = reading("a", text=STORY)
    point = replace(first.summary, headline="Japan and Peru open talks")
    return replace(first, summary=point), reading("b", text=second)


async def test_when_a_worker_dies_over_a_story_its_first_article_stands_in_and_says_so() -> None:
    async with WorkerPool(PATIENT) as pool:
        summarizer = PooledSummarizer(pool)
        fallen = await summarizer.summarize(readings("DIE-AT-ONCE"), Budget())
        good = await summarizer.summarize(readings("Peru said on Monday that the talks would last a week."), Budget())
    assert fallen == replace(readings("")[0].summary, fallback=ONE_ARTICLE)
    assert good.fallback is None


async def test_one_article_has_its_own_points_whatever_happens() -> None:
    alone = reading("a", text="DIE-AT-ONCE")
    async with WorkerPool(PATIENT) as pool:
        assert await PooledSummarizer(pool).summarize([alone], Budget(points=2)) == alone.summary
