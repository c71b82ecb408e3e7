"""Who counts as one publisher, and who waits."""

import asyncio

import pytest

from bot.polling.turns import Turns, publisher_of


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("www.example.com", "example.com"),
        ("Feeds.News.Example.com.", "example.com"),
        ("www.mofa.go.jp", "mofa.go.jp"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("www.auswaertiges-amt.de", "auswaertiges-amt.de"),
        ("example.com", "example.com"),
        ("localhost", "localhost"),
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_publisher_of(host: str, publisher: str) -> None:
    assert publisher_of(host) == publisher


async def test_no_more_than_allowed_at_once_and_others_do_not_wait() -> None:
    turns = Turns(at_once=2, burst=100, spacing=0.001)
    inside, most = 0, 0
    release = asyncio.Event()

    async def visit() -> None:
        nonlocal inside, most
        async with turns.turn("a"):
            inside += 1
            most = max(most, inside)
            await release.wait()
            inside -= 1

    visits = [asyncio.create_task(visit()) for _ in range(6)]
    async with turns.turn("b"):
        await asyncio.sleep(0)
    release.set()
    await asyncio.gather(*visits)
    assert most == 2


async def test_after_the_burst_there_is_a_wait_and_unrated_hosts_have_none() -> None:
    turns = Turns(at_once=50, burst=3, spacing=3600)
    done: list[int] = []

    async def visit(number: int) -> None:
        async with turns.turn("a"):
            done.append(number)

    visits = [asyncio.create_task(visit(number)) for number in range(5)]
    await asyncio.sleep(0.02)
    assert len(done) == 3
    for _ in range(20):
        async with turns.turn("local", rated=False):
            pass
    for task in visits:
        task.cancel()
    await asyncio.gather(*visits, return_exceptions=True)


async def test_thousands_of_publishers_are_not_remembered_for_ever() -> None:
    turns = Turns(at_once=1, burst=1, spacing=1)
    async with turns.turn("kept"):
        for number in range(5_000):
            async with turns.turn(f"p{number}"):
                pass
        assert len(turns) <= 2_001
        assert "kept" in turns
