"""Commands over single items: read, stories, summarize, check. They need no store and no token."""

import asyncio
import codecs
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from cyclopts import App, Parameter
from cyclopts.validators import Number

from bot.cli.common import PROGRAMS, START, Config, flag, json_lines, put_json, say, settings_from
from bot.config import Settings
from bot.errors import InputError
from bot.ports import Budget, Json, PageInput
from bot.text import encoding

if TYPE_CHECKING:
    from bot.ports import Reading
    from bot.service.workers import WorkerPool


def _no_option(kind: object, value: str | None) -> None:
    """The lone hyphen is an input, so the parser lets all hyphens through: what is left is a mistyped option."""
    del kind
    if value is not None and value.startswith("-") and value != "-":
        raise ValueError(f"there is no option {value}")


_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What Windows calls a text in "Unicode" begins with."""

_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/.", re.IGNORECASE)
"""What is typed for a page's address without https:// before it: a host, and more behind a slash."""

_INPUT = Parameter(allow_leading_hyphen=True, validator=_no_option)
_File = Annotated[str | None, _INPUT, Parameter(help="The file (default: standard input).")]
_COUNT = Number(gte=1, lte=10_000)
Points = Annotated[
    int | None, Parameter(name="--points", validator=_COUNT, help="Key points (default 3 to 5, by length).")
]
Words = Annotated[
    int | None, Parameter(name="--max-words", validator=_COUNT, help="Words in all points together, at most.")
]
Lines = Annotated[
    bool, Parameter(name="--jsonl", negative="", show_default=False, help="A JSON object on each line in and out.")
]


def add(app: App) -> None:
    """Add this family to the command line."""
    app.command(read, group=START, sort_key=2)
    app.command(stories, group=PROGRAMS, sort_key=1)
    app.command(summarize, group=PROGRAMS, sort_key=2)
    app.command(check, group=PROGRAMS, sort_key=3)


class Line(msgspec.Struct, kw_only=True):
    """A line in, as the JSON contract names its fields. `id` comes back as it is."""

    id: str | int
    html: str | None = None
    text: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    outlet: str | None = None
    lang: str | None = None


class ManyLine(msgspec.Struct, kw_only=True):
    """A line of `summarize`: one story."""

    id: str | int
    articles: list[Line]


class ClaimLine(msgspec.Struct, kw_only=True):
    """A line of `check`."""

    id: str | int
    text: str
    claim: str


def read(
    source: Annotated[
        str | None, _INPUT, Parameter(help="A .html or .txt file, an address, or - for standard input.")
    ] = None,
    /,
    *,
    json: Annotated[bool, flag("The whole answer as JSON.")] = False,
    jsonl: Lines = False,
    explain: Annotated[bool, flag("Say what each stage decided, and why.")] = False,
    points: Points = None,
    max_words: Words = None,
    url: Annotated[str | None, Parameter(help="The page's address, when it is read from a file.")] = None,
    published: Annotated[str | None, Parameter(help="When it was published, ISO 8601.")] = None,
    config: Config = None,
) -> int:
    """Read one article and show what the bot makes of it; with --jsonl, one a line."""
    settings = settings_from(config)
    budget = Budget(points=points, words=max_words)
    if jsonl:
        return asyncio.run(_read_lines(settings, source, budget, explain=explain))
    if source is None:
        say("Name a file or an address, or - for standard input. Usage: attache read INPUT")
        return 2
    return asyncio.run(_read_one(settings, source, budget, as_json=json, explain=explain, url=url, published=published))


def stories(
    source: _File = None,
    /,
    *,
    jsonl: Lines = True,
    config: Config = None,
) -> int:
    """Group articles into stories, in order of arrival: a line in for each article, a line out at the end of input."""
    del jsonl
    return asyncio.run(_stories(settings_from(config), source))


def summarize(
    source: _File = None,
    /,
    *,
    jsonl: Lines = True,
    points: Points = None,
    max_words: Words = None,
    config: Config = None,
) -> int:
    """Summarize stories of several articles: a line in for each story, a line out."""
    del jsonl
    return asyncio.run(_summarize(settings_from(config), source, Budget(points=points, words=max_words)))


def check(
    source: _File = None,
    /,
    *,
    jsonl: Lines = True,
    config: Config = None,
) -> int:
    """Check claims against texts: is each grounded? A line in, a line out."""
    del jsonl
    return asyncio.run(_check(settings_from(config), source))


# --- one article ------------------------------------------------------------------------------------------------


async def _read_one(
    settings: Settings,
    source: str,
    budget: Budget,
    *,
    as_json: bool,
    explain: bool,
    url: str | None,
    published: str | None,
) -> int:
    from bot.bootstrap import worker_options
    from bot.cli.writing import writing
    from bot.ports import Reading, Unreadable
    from bot.service.report import reading_json
    from bot.service.request import ReadRequest
    from bot.service.workers import WorkerPool

    page = await _page(settings, source, url, published)
    async with WorkerPool(worker_options(settings)) as pool, writing(settings, pool) as write:
        answer = await pool.run(ReadRequest(page=page, budget=budget), (Reading, Unreadable))
        if isinstance(answer, Unreadable):
            raise InputError(answer.reason)
        answer = await write.reading(answer, budget)
    if as_json:
        put_json(reading_json(answer, explain=explain), pretty=sys.stdout.isatty())
    else:
        from bot.cli.show import show_reading

        show_reading(answer, explain=explain, zone=settings.zone)
    return 0


async def _page(settings: Settings, source: str, url: str | None, published: str | None) -> PageInput:
    now = datetime.now(UTC)
    when = _moment(published)
    if source.startswith(("http://", "https://")):
        body, charset, address = await _fetched(settings, source)
        return PageInput(id=source, html=body, charset=charset, url=url or address, published=when, arrived=now)
    try:
        body = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        page = f" For the page on the web: https://{source}" if _ADDRESS.match(str(source)) else ""
        raise InputError(f"{source} cannot be read: {error.strerror}.{page}") from error
    if b"\0" in body[:8192] and not body.startswith(_UTF16):  # no text has it otherwise; pictures and archives do
        raise InputError(f"{'The input' if source == '-' else source} is neither text nor a web page.")
    identity = url or (Path(source).name if source != "-" else "stdin")
    if source.lower().endswith((".html", ".htm", ".xhtml")) or (source == "-" and body.lstrip()[:1] == b"<"):
        return PageInput(id=identity, html=body, url=url, published=when, arrived=now)
    return PageInput(id=identity, text=encoding.decode(body), url=url, published=when, arrived=now)


async def _fetched(settings: Settings, url: str) -> tuple[bytes, str | None, str]:
    from bot.bootstrap import open_fetcher
    from bot.ports import Fetched, FetchFailed

    async with open_fetcher(settings) as fetcher:
        result = await fetcher.fetch(url, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.5")
    if not isinstance(result, Fetched):
        why = result.message if isinstance(result, FetchFailed) else "It answered nothing."
        raise InputError(f"{url} could not be fetched. {why}")
    return result.body, result.charset, result.url


def _moment(text: str | None) -> datetime | None:
    """The moment in UTC (so where no zone is named); InputError when it is not ISO 8601."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the latter: a zone that leads out of the years 1 to 9999
        raise InputError(f"published must be ISO 8601, not “{text[:40]}”.") from None


def _page_of(line: Line, arrived: datetime) -> PageInput:
    if (line.html is None) == (line.text is None):
        raise InputError("a line needs either html or text")
    return PageInput(
        id=str(line.id),
        html=line.html.encode("utf-8", "replace") if line.html is not None else None,
        charset="utf-8" if line.html is not None else None,
        text=line.text,
        title=line.title,
        url=line.url,
        outlet=line.outlet,
        language=line.lang,
        published=_moment(line.published),
        arrived=arrived,
    )


# --- JSON lines -------------------------------------------------------------------------------------------------


async def _read_lines(settings: Settings, source: str | None, budget: Budget, *, explain: bool) -> int:
    from bot.cli.jsonl import each_line, many_workers
    from bot.cli.writing import writing
    from bot.service.report import reading_json

    decode = msgspec.json.Decoder(Line).decode
    async with many_workers(settings) as pool, writing(settings, pool) as write:

        async def ask(line: bytes) -> dict[str, Json]:
            given = decode(line)
            reading = await write.reading(await _reading(pool, given, budget), budget)
            return reading_json(reading, explain=explain) | {"id": given.id}

        return await each_line(json_lines(source), ask, _as_it_is)


def _as_it_is(answer: dict[str, Json]) -> dict[str, Json]:
    return answer


async def _reading(pool: "WorkerPool", line: Line, budget: Budget) -> "Reading":
    from bot.ports import Reading, Unreadable
    from bot.service.request import ReadRequest

    page = _page_of(line, datetime.now(UTC))
    answer = await pool.run(ReadRequest(page=page, budget=budget), (Reading, Unreadable))
    if isinstance(answer, Unreadable):
        raise InputError(answer.reason)
    return answer


async def _stories(settings: Settings, source: str | None) -> int:
    from bot.cli.jsonl import each_line, many_workers
    from bot.ports import Reading
    from bot.service.streaming import StoryStream

    decode = msgspec.json.Decoder(Line).decode
    stream = StoryStream()
    async with many_workers(settings) as pool:

        async def ask(line: bytes) -> tuple[Line, Reading]:
            given = decode(line)
            return given, await _reading(pool, given, Budget())

        def take(answer: tuple[Line, Reading]) -> dict[str, Json]:
            given, reading = answer
            places[len(lines)] = stream.add(reading)
            return {"id": given.id}

        # Kept to the end: a later article may show that two stories were one all along.
        lines: list[dict[str, Json]] = []
        places: dict[int, int] = {}
        status = await each_line(json_lines(source), ask, take, lines.append)
    answers = stream.answers()
    for number, line in enumerate(lines):
        put_json(answers[places[number]] | line if number in places else line)
    return status


async def _summarize(settings: Settings, source: str | None, budget: Budget) -> int:
    from bot.cli.jsonl import each_line, many_workers
    from bot.cli.writing import writing
    from bot.service.report import summary_json

    decode = msgspec.json.Decoder(ManyLine).decode
    async with many_workers(settings) as pool, writing(settings, pool) as write:

        async def ask(line: bytes) -> dict[str, Json]:
            given = decode(line)
            if not given.articles:
                raise InputError("articles is empty")
            readings = [await _reading(pool, article, Budget()) for article in given.articles]
            summary = await write.summary(readings, budget)
            return {"id": given.id, "summary": summary_json(summary)}

        return await each_line(json_lines(source), ask, _as_it_is)


async def _check(settings: Settings, source: str | None) -> int:
    from bot.cli.jsonl import each_line, many_workers
    from bot.service.tasks import Checked, CheckRequest

    decode = msgspec.json.Decoder(ClaimLine).decode
    async with many_workers(settings) as pool:

        async def ask(line: bytes) -> dict[str, Json]:
            given = decode(line)
            found = await pool.run(CheckRequest(claim=given.claim, text=given.text), Checked)
            return {"id": given.id, "score": found.score, "problems": list(found.problems)}

        return await each_line(json_lines(source), ask, _as_it_is)
