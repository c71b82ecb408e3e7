"""The pool over real processes: deadlines, deaths, priorities, ends."""

import asyncio
import os
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.bootstrap import worker_options
from bot.config import parse
from bot.errors import WorkerAbsent, WorkerCrashed, WorkerTimeout
from bot.ports import PageInput, Reading, Unreadable
from bot.service.request import ReadRequest
from bot.service.workers import URGENT, Options, WorkerPool

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
PATIENT = Options(module="tests.fakes.worker", deadline=100.0)
HASTY = Options(module="tests.fakes.worker", deadline=3.0)
"""A test waits as long for a page that hangs. On a busy machine a good page may take longer too."""
STORY = (
    "GENEVA - Japan and Peru opened talks on fishing rights in Geneva on Monday, the Swiss foreign ministry said. "
    "The talks are expected to end on Friday with a joint statement."
)


def request(text: str) -> ReadRequest:
    return ReadRequest(page=PageInput(id="a", title="Japan and Peru open talks", text=text, arrived=NOON))


async def read(pool: WorkerPool, text: str) -> Reading | Unreadable:
    return await pool.run(request(text), (Reading, Unreadable))


async def test_answers_come_back_typed() -> None:
    async with WorkerPool(PATIENT) as pool:
        answer = await read(pool, STORY)
    assert isinstance(answer, Reading)
    assert answer.article.text.startswith("GENEVA")
    assert answer.article.arrived == NOON


@pytest.mark.parametrize(("gate", "loaded"), [(True, 2), (False, 0)])
async def test_the_tables_of_the_gate_are_there_before_the_first_item(gate: bool, loaded: int) -> None:
    async with WorkerPool(replace(PATIENT, gate=gate)) as pool:
        with pytest.raises(WorkerCrashed, match=f"loaded: {loaded}"):
            await read(pool, "TABLES")


def test_only_a_bot_with_a_model_loads_them() -> None:
    model = {"backend": "openai", "base_url": "http://127.0.0.1:9", "model": "m"}
    assert worker_options(parse({"summarizer": model})).gate
    assert not worker_options(parse({})).gate


async def test_an_item_that_hangs_is_killed_and_the_next_is_served() -> None:
    async with WorkerPool(HASTY) as pool:
        with pytest.raises(WorkerTimeout, match="3 seconds"):
            await read(pool, "LOOP-FOR-EVER")
        assert pool.killed == 1
        answer = None
        while answer is None:
            with suppress(WorkerTimeout):
                answer = await read(pool, STORY)
        assert isinstance(answer, Reading)


async def test_an_item_that_kills_its_worker_fails_alone() -> None:
    async with WorkerPool(PATIENT) as pool:
        with pytest.raises(WorkerCrashed):
            await read(pool, "DIE-AT-ONCE")
        assert isinstance(await read(pool, STORY), Reading)


async def test_an_answer_that_cannot_be_read_fails_alone() -> None:
    async with WorkerPool(PATIENT) as pool:
        with pytest.raises(WorkerCrashed, match="cannot be read"):
            await asyncio.wait_for(read(pool, "BABBLE"), 100)
        assert isinstance(await asyncio.wait_for(read(pool, STORY), 100), Reading)


async def test_a_process_that_cannot_be_started_fails_its_item_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with WorkerPool(PATIENT) as pool:
        with monkeypatch.context() as broken:
            broken.setattr(sys, "executable", "/nowhere/python")
            with pytest.raises(WorkerAbsent, match="could not be started"):
                await asyncio.wait_for(read(pool, STORY), 100)
        assert isinstance(await asyncio.wait_for(read(pool, STORY), 100), Reading)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no address-space limit for a process")
async def test_an_item_that_fills_memory_fails_alone() -> None:
    async with WorkerPool(PATIENT) as pool:
        with pytest.raises(WorkerCrashed, match="MemoryError"):
            await read(pool, "FILL-MEMORY")
        assert isinstance(await read(pool, STORY), Reading)


async def test_what_people_wait_for_goes_first() -> None:
    order: list[str] = []

    async def ask(pool: WorkerPool, name: str, priority: int) -> None:
        await pool.run(request(STORY), (Reading, Unreadable), priority=priority)
        order.append(name)

    async with WorkerPool(PATIENT) as pool:
        await read(pool, STORY)
        first = asyncio.create_task(ask(pool, "first", 1))
        await asyncio.sleep(0)
        rounds = [asyncio.create_task(ask(pool, "round", 1)) for _ in range(3)]
        urgent = asyncio.create_task(ask(pool, "urgent", URGENT))
        await asyncio.gather(first, urgent, *rounds)
    assert order.index("urgent") <= 1


async def test_processes_are_replaced_and_end_with_the_pool() -> None:
    pids: set[int] = set()
    async with WorkerPool(Options(module="tests.fakes.worker", deadline=100.0, recycle=1)) as pool:
        for _ in range(2):
            await read(pool, STORY)
            pids |= {process.pid for process in pool.processes}
    assert not pool.processes
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
