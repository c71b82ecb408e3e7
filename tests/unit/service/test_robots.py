"""What becomes of a site's pages when its robots.txt says no, is not there, or cannot be had (RFC 9309, 2.3.1)."""

import asyncio
from datetime import timedelta

import pytest

from bot.model import Validators
from bot.ports import Fetched, FetchFailed, FetchProblem, FetchResult
from bot.service.robots import ABSENT, AGAIN, FRESH, Robots, silenced
from bot.storage.memory import MemoryPreferences
from tests.contract.store_samples import T0
from tests.fakes.desk import TurnedClock

SITE = "https://a.example"
PAGE = f"{SITE}/news/1"
RULES = b"User-agent: *\nDisallow: /private/\n"


class Server:
    """A site that answers what it was told to. Implements `bot.ports.Fetcher`."""

    def __init__(self, answer: FetchResult) -> None:
        self.answer, self.asked = answer, 0

    async def fetch(self, url: str, *, validators: Validators = Validators(), accept: str = "*/*") -> FetchResult:
        assert url == f"{SITE}/robots.txt"
        self.asked += 1
        await asyncio.sleep(0)
        return self.answer


def rules(body: bytes = RULES) -> Fetched:
    return Fetched(url=f"{SITE}/robots.txt", status=200, body=body, content_type="text/plain")


def failed(problem: FetchProblem = "status", status: int | None = None) -> FetchFailed:
    return FetchFailed(problem=problem, message="a.example has a problem.", status=status)


class Place:
    """Robots over a server, preferences that outlive them, and a clock."""

    def __init__(self, answer: FetchResult) -> None:
        self.server, self.clock, self.preferences = Server(answer), TurnedClock(T0), MemoryPreferences()
        self.restart()

    def restart(self) -> None:
        self.robots = Robots(
            fetcher=self.server, preferences=self.preferences, clock=self.clock, user_agent="Attache/1"
        )

    async def may(self, url: str = PAGE, source: str | None = "src") -> bool:
        return await self.robots.refusal(url, source) is None

    async def silent(self) -> dict[str, str]:
        return await silenced(self.preferences, self.clock.now())


@pytest.mark.parametrize(
    "answer",
    [failed(status=404), failed(status=403), failed(status=410), failed("redirects"), failed("too_large"), rules(b"")],
)
async def test_a_site_without_the_file_allows_everything(answer: FetchResult) -> None:
    place = Place(answer)
    assert await place.may()
    assert await place.silent() == {}


@pytest.mark.parametrize(
    "answer", [failed(status=500), failed(status=503), failed("dns"), failed("connect"), failed("timeout")]
)
async def test_a_file_that_cannot_be_had_forbids_for_now_and_says_so(answer: FetchResult) -> None:
    place = Place(answer)
    refusal = await place.robots.refusal(PAGE, "src")
    assert refusal is not None
    assert (refusal.problem, refusal.retryable) == ("robots", True)
    assert "robots.txt of a.example" in refusal.message
    assert "a.example has a problem" in refusal.message
    said = await place.silent()
    assert list(said) == ["src"]
    assert "only its feed's own text" in said["src"]
    place.clock.turn(AGAIN + timedelta(seconds=1))
    place.server.answer = rules()
    assert await place.may()
    assert not await place.may(f"{SITE}/private/1")
    assert await place.silent() == {}


async def test_what_was_had_before_holds_on_while_the_file_cannot_be_had() -> None:
    place = Place(rules())
    assert await place.may()
    place.server.answer = failed(status=500)
    place.clock.turn(FRESH + timedelta(minutes=1))
    assert await place.may()
    assert not await place.may(f"{SITE}/private/1")
    assert await place.silent() == {}


async def test_after_a_month_it_counts_as_absent_over_restarts() -> None:
    place = Place(failed(status=500))
    assert not await place.may()
    place.clock.turn(ABSENT / 2)
    place.restart()
    assert not await place.may(source="other")
    assert set(await place.silent()) == {"src", "other"}
    place.clock.turn(ABSENT / 2)
    place.restart()
    assert await place.may()
    assert await place.silent() == {}


async def test_pages_read_at_once_ask_for_the_file_once() -> None:
    for answer in (rules(), failed(status=500)):
        place = Place(answer)
        await asyncio.gather(*(place.may(f"{SITE}/news/{number}") for number in range(20)))
        assert place.server.asked == 1


async def test_a_clock_that_was_set_back_does_not_keep_the_file_from_being_asked_for() -> None:
    place = Place(failed(status=500))
    place.clock.turn(timedelta(days=300))
    assert not await place.may()
    place.clock.turn(timedelta(days=-300))
    place.server.answer = rules()
    assert await place.may()


async def test_what_is_no_address_is_left_to_whoever_fetches_it() -> None:
    place = Place(rules())
    assert await place.may("http://[::1")
    assert place.server.asked == 0
