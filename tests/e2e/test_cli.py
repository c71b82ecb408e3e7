"""The command line as people and scripts use it: each command in a process of its own, exit statuses, bad input."""

import asyncio
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.demo import settings as sample
from bot.demo.content import sample_news
from bot.demo.outlets import SampleOutlets
from bot.model import Delivery, Post, Target
from bot.ports import Plan
from bot.service.clock import no_probe
from bot.storage import open_store
from tests.fakes.command import Ended, attache, environment
from tests.fakes.web import reply, web

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = """\
GENEVA (Alpine Wire) - Japan and Peru opened talks on fishing rights in Geneva on Monday, the Swiss government said.

The talks are expected to end on Friday with a joint statement on quotas for squid and anchovy.

Peruvian Foreign Minister Ximena Huarcaya said that her country would not accept more than 40 Japanese vessels.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Japan and Peru open talks | The Gazette</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Japan and Peru open talks on fishing</h1>{}</article>
<footer>© The Gazette</footer></body></html>""".format("".join(f"<p>{part}</p>" for part in TEXT.split("\n\n")))


def files_in(folder: Path) -> dict[str, bytes]:
    """All files by name, but for the lock that names who holds a store."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".lock")}


def rows(*values: object) -> str:
    return "\n".join(value if isinstance(value, str) else json.dumps(value) for value in values) + "\n"


# --- one article ---------------------------------------------------------------------------------------------------


async def test_an_article_is_read_from_a_file_an_address_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "c.toml").write_text('[network]\nallow_private = ["127.0.0.0/8"]\n')
    async with web() as site:
        site.answers["/a"] = reply(PAGE.encode(), content_type="text/html; charset=utf-8")
        text, html, url, piped, refused = await asyncio.gather(
            attache("read", "a.txt", "--json", "--points", "2", cwd=tmp_path),
            attache("read", "a.html", "--json", "--explain", "--published", "2026-10-05T08:00:00+02:00", cwd=tmp_path),
            attache("read", site.url("/a"), "--json", "--config", "c.toml", cwd=tmp_path),
            attache("read", "-", "--explain", cwd=tmp_path, stdin=TEXT),
            attache("read", site.url("/a"), cwd=tmp_path),
        )
        address = site.url("/a")
    for ended in (text, html, url, piped):
        assert ended.status == 0, ended.err
    assert text.json["article"]["dateline"]["place"] == "Geneva"
    assert text.json["article"]["agency"] == "Alpine Wire"
    assert len(text.json["summary"]["points"]) == 2
    assert text.json["explain"] is None
    assert html.json["article"]["title"] == "Japan and Peru open talks on fishing"
    assert html.json["article"]["published"] == "2026-10-05T06:00:00Z"
    assert "Sport" not in html.json["article"]["text"]
    assert {"stage", "outcome", "reason", "spans"} == html.json["explain"][0].keys()
    assert "Each point in its place" in piped.out
    assert url.json["article"]["url"] == address
    assert url.json["article"]["text"] == html.json["article"]["text"]
    for answer in (text.json, html.json, url.json):
        assert {"JPN", "PER"} <= {actor["code"] for actor in answer["understanding"]["actors"]}
        for point in answer["summary"]["points"]:
            for e in point["evidence"]:
                assert answer["article"]["text"][e["start"] : e["end"]] == e["text"]
    assert "Japan and Peru opened talks" in piped.out
    assert "diplomatic" in piped.out
    assert "Alpine Wire, no date given" in piped.out
    assert refused.status == 1  # a loopback address, and no permission for it
    assert "could not be fetched" in refused.err
    assert "Traceback" not in refused.err


async def test_texts_as_windows_writes_them_are_read(tmp_path: Path) -> None:
    text = TEXT + "\n\nThe ministers called the talks “useful” and “open”, and will meet again in Zürich on Friday."
    (tmp_path / "wide.txt").write_bytes(text.encode("utf-16"))
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    for ended in await asyncio.gather(*(attache("read", f"{n}.txt", "--json", cwd=tmp_path) for n in ("wide", "old"))):
        assert ended.status == 0, ended.err
        assert "“useful” and “open”, and will meet again in Zürich" in ended.json["article"]["text"]


async def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<html><body><nav>Home</nav></body></html>")
    for words, status, sentence in (
        (("read", "absent.txt"), 1, "absent.txt cannot be read"),
        (("read", "a.example.org/x"), 1, "For the page on the web: https://a.example.org/x"),
        (("read", "empty.html"), 1, "."),
        (("read", "-", "--published", "yesterday"), 1, "must be ISO 8601"),
        (("read",), 2, "attache read INPUT"),
        (("read", "-", "--points", "0"), 2, "--points"),
    ):
        ended = await attache(*words, cwd=tmp_path)
        assert (ended.status, ended.out) == (status, ""), words
        assert sentence in ended.err, words
        assert "Traceback" not in ended.err


# --- JSON lines ----------------------------------------------------------------------------------------------------

GOOD = {"id": "good", "text": TEXT, "published": "2026-10-05T08:00:00Z", "outlet": "Gazette", "lang": "en"}


async def test_every_line_is_answered_in_order(tmp_path: Path) -> None:
    given = rows(
        GOOD,
        "this is no JSON",
        {"id": 7, "html": PAGE},
        {"id": "both", "html": PAGE, "text": TEXT},
        "",
        {"id": "neither"},
        {"text": TEXT},
        {"id": "when", "text": TEXT, "published": "soon"},
        {"id": "types", "text": 3},
        {"id": "empty", "html": "<html></html>"},
        "[" * 5000,
        '{"id": "deep", "text": "x", "more": ' + "[" * 5000 + "]" * 5000 + "}",
        {"id": "year 0", "text": TEXT, "published": "0001-01-01T00:00:00+14:00"},
        {"id": "last", "text": TEXT, "unknown": "keys are passed over"},
    )
    ended = await attache("read", "--jsonl", "--points", "1", cwd=tmp_path, stdin=given)
    assert ended.status == 0, ended.err
    answers = ended.lines
    ids = ["good", "line 2", 7, "both", "line 5", "neither", "line 7", "when", "types", "empty", "line 11"]
    ids += ["line 12", "year 0", "last"]
    assert [answer["id"] for answer in answers] == ids
    assert [answer["id"] for answer in answers if "error" not in answer] == ["good", 7, "last"]
    for answer in answers:
        if "error" in answer:
            assert answer.keys() == {"id", "error"}
            assert answer["error"].keys() == {"code", "message"}
            assert answer["error"]["code"] in {"bad_line", "bad_input"}
            assert len(answer["error"]["message"]) > 10
    codes = {answer["id"]: answer["error"]["code"] for answer in answers if "error" in answer}
    assert codes["line 2"] == codes["types"] == "bad_line"
    assert codes["both"] == codes["neither"] == codes["when"] == codes["empty"] == "bad_input"
    assert len(answers[0]["summary"]["points"]) == 1
    assert answers[0]["article"]["outlet"] == "Gazette"


async def test_stories_summaries_and_checks_by_line(tmp_path: Path) -> None:
    retold = TEXT.replace("(Alpine Wire) ", "").replace("opened talks", "began talks")
    other = "LIMA - The president of Chile will visit Norway next week for talks on lithium, her office said on Monday."
    story_lines = rows(
        {**GOOD, "id": "a"},
        {"id": "b", "text": other, "published": "2026-10-05T09:00:00Z"},
        "nothing",
        {"id": "c", "text": retold, "published": "2026-10-05T10:00:00Z", "outlet": "Other"},
    )
    articles = [{**GOOD, "id": "x"}, {"id": "y", "text": retold}]
    summary_lines = rows({"id": 1, "articles": articles}, {"id": 2, "articles": []}, {"id": 3})
    check_lines = rows(
        {"id": "true", "text": TEXT, "claim": "Japan and Peru opened talks on fishing rights in Geneva on Monday."},
        {"id": "false", "text": TEXT, "claim": "Japan and Brazil ended talks on 300 ships in Vienna."},
        {"id": "half", "text": TEXT},
    )
    (tmp_path / "checks.jsonl").write_text(check_lines)
    stories, summaries, checks = await asyncio.gather(
        attache("stories", "--jsonl", cwd=tmp_path, stdin=story_lines),
        attache("summarize", "--jsonl", "--points", "2", cwd=tmp_path, stdin=summary_lines),
        attache("check", "--jsonl", "checks.jsonl", cwd=tmp_path),
    )
    for ended in (stories, summaries, checks):
        assert ended.status == 0, ended.err
    a, b, bad, c = stories.lines
    assert a.keys() == {"id", "story", "relation", "of", "changes"}
    assert (a["relation"], b["relation"]) == ("starts", "starts")
    assert bad["error"]["code"] == "bad_line"
    assert c["story"] == a["story"] != b["story"]
    assert c["relation"] in {"copy", "joins", "updates"}
    first, empty, none = summaries.lines
    assert len(first["summary"]["points"]) == 2
    assert {e["article"] for p in first["summary"]["points"] for e in p["evidence"]} <= {"x", "y"}
    assert empty["error"]["code"] == "bad_input"
    assert (none["id"], none["error"]["code"]) == (3, "bad_line")
    true, false, half = checks.lines
    assert (true["problems"], half["error"]["code"]) == ([], "bad_line")
    assert true["score"] > false["score"]
    assert false["problems"]


async def test_a_title_that_was_cut_from_a_sentence_says_so(tmp_path: Path) -> None:
    long = "Envoys of Poland and Ukraine met in Warsaw on Tuesday and agreed to reopen two border crossings to lorries"
    cut, whole = await asyncio.gather(
        attache("read", "-", cwd=tmp_path, stdin=f"{long} that have been closed since March.\n\nThey meet again."),
        attache("read", "-", cwd=tmp_path, stdin="Poland and Ukraine reopen two crossings.\n\nEnvoys met on Tuesday."),
    )
    assert "agreed to reopen two border crossings …" in " ".join(cut.out.split())
    assert re.search(r"^Poland and Ukraine reopen two crossings$", whole.out, re.MULTILINE)


# --- the archive and the store -------------------------------------------------------------------------------------


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def polled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """A folder with config.toml and a store that holds one round of the sample news."""
    folder = tmp_path_factory.mktemp("polled")
    now = datetime.now(UTC)
    async with SampleOutlets(sample_news(now), now=now) as outlets:
        (folder / "config.toml").write_text(sample.toml_text(sample.settings(outlets, folder)), encoding="utf-8")
        ended = await attache("poll", cwd=folder)
        assert ended.status == 0, ended.err
    yield folder


async def test_the_archive_is_searched(polled: Path) -> None:
    found, pair, kind, nothing, wrong, unknown = await asyncio.gather(
        attache("search", '"patrol ships"', "--json", cwd=polled),
        attache("search", "--country", "Japan", "--country", "IDN", "--json", "--limit", "2", cwd=polled),
        attache("search", "--lang", "ja", "--since", "2d", "--source", "東洋日報", "--json", cwd=polled),
        attache("search", "no such words stand anywhere", cwd=polled),
        attache("search", "x", "--since", "long ago", cwd=polled),
        attache("search", "x", "--country", "Atlantis", cwd=polled),
    )
    assert len(found.lines) >= 2
    assert all("patrol ships" in (one["article"]["title"] + one["article"]["text"]).lower() for one in found.lines)
    assert all(isinstance(one["story"], int) for one in found.lines)
    assert len(pair.lines) == 2
    for one in pair.lines:
        assert {"JPN", "IDN"} <= {actor["code"] for actor in one["understanding"]["actors"]}
    assert [one["article"]["language"] for one in kind.lines] == ["ja", "ja"]
    assert nothing.status == 0
    assert (wrong.status, unknown.status) == (1, 1)
    assert "--since must look like" in wrong.err
    assert "Atlantis" in unknown.err


async def test_an_archive_with_nothing_in_it_says_what_fills_it(tmp_path: Path) -> None:
    assert "The archive is empty: attache poll fills it" in (await attache("search", "x", cwd=tmp_path)).out


async def test_a_backup_brings_everything_back(polled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "life"
    shutil.copytree(polled, folder)
    text = (folder / "config.toml").read_text().replace(polled.as_posix(), folder.as_posix())
    (folder / "config.toml").write_text(text)
    scheduled = "/digest schedule times:08:00 zone:UTC name:Kept\n/settings style:embeds\nquit\n"
    assert (await attache("console", cwd=folder, stdin=scheduled)).status == 0
    saved = await attache("backup", "saved", cwd=folder)
    assert saved.status == 0, saved.err
    again = await attache("backup", "saved", cwd=folder)
    assert again.status == 1
    assert "saved" in again.err
    for file in folder.glob("attache.sqlite*"):
        file.unlink()
    restored = await attache("restore", "saved", cwd=folder)
    assert restored.status == 0, restored.err
    found, preview, listed = await asyncio.gather(
        attache("search", "patrol ships", "--json", cwd=folder),
        attache("digest", "preview", "Kept", cwd=folder),
        attache("console", cwd=folder, stdin="/digest list\nquit\n"),
    )
    assert len(found.lines) >= 2
    assert preview.status == 0
    assert "Preview: nothing was sent" in preview.out
    assert "Kept" in listed.out
    absent = await attache("restore", "no such folder", cwd=folder)
    assert absent.status == 1
    assert "no such folder" in absent.err


async def test_sources_are_looked_after(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[network]\nallow_private = ["127.0.0.0/8"]\n[[sources]]\nurl = "http://127.0.0.1:9/feed"\nname = "Mine"\n'
    )
    items = "".join(f"<item><title>Envoys meet {n}</title><link>http://x.example/{n}</link></item>" for n in range(3))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Feed</title>{items}</channel></rss>'
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Hi</body></html>'
    async with web() as site:
        site.answers["/feed"] = reply(feed.encode(), content_type="application/rss+xml")
        site.answers["/home"] = reply(page.encode(), content_type="text/html")
        tested = await attache("sources", "test", site.url("/home"), cwd=tmp_path)
        assert files_in(tmp_path).keys() == {"config.toml"}
        added = await attache("sources", "add", site.url("/home"), "--name", "A Feed", cwd=tmp_path)
        again = await attache("sources", "add", site.url("/feed"), cwd=tmp_path)
        dead = await attache("sources", "add", site.url("/nothing"), cwd=tmp_path)
        address = site.url("/feed")
    assert (tested.status, added.status) == (0, 0), added.err
    assert "The Feed: 3 items" in tested.out
    assert address in added.out
    assert again.status == dead.status == 1
    assert "is a source already" in again.err
    listed = await attache("sources", "list", "--json", cwd=tmp_path)
    assert {one["source"]["name"] for one in listed.lines} == {"A Feed", "Mine"}
    exported = await attache("sources", "export", cwd=tmp_path)
    assert address in exported.out
    (tmp_path / "list.opml").write_text(exported.out.replace("/feed", "/other"), encoding="utf-8")
    (tmp_path / "bad.opml").write_text("no xml", encoding="utf-8")
    imported, bad, catalog = await asyncio.gather(
        attache("sources", "import", "list.opml", cwd=tmp_path),
        attache("sources", "import", "bad.opml", cwd=tmp_path),
        attache("sources", "catalog", "--json", cwd=tmp_path),
    )
    assert "2 sources added" in imported.err
    assert bad.status == 1
    assert "Traceback" not in bad.err
    assert len(catalog.lines) >= 10
    removed = await attache("sources", "remove", "A Feed", cwd=tmp_path)
    mine = await attache("sources", "remove", "Mine", cwd=tmp_path)
    assert (removed.status, mine.status) == (0, 1)
    assert "stands in the configuration" in mine.err


async def test_the_doctor_says_what_needs_attention(polled: Path, tmp_path: Path) -> None:
    well = await attache("doctor", cwd=polled)
    assert well.status == 0, well.out
    assert "6, 0 failing; last poll " in well.out
    assert "no bot runs" in well.out
    assert "none is set; only attache run needs one" in well.out
    (tmp_path / "config.toml").write_text(
        '[network]\nallow_private = ["127.0.0.0/8"]\n[[sources]]\nurl = "http://127.0.0.1:9/feed"\nname = "Dead"\n'
    )
    poll = await attache("poll", cwd=tmp_path)
    assert poll.status == 0
    assert poll.err.count("127.0.0.1 cannot be reached") == poll.err.count("Dead: ") == 1
    ill = await attache("doctor", cwd=tmp_path)
    assert ill.status == 1
    assert "Dead: " in ill.out
    assert "given up   0 messages" in ill.out
    store = await open_store(f"sqlite:///{tmp_path}/attache.sqlite", probe=no_probe)
    now = datetime.now(UTC)
    lost = Delivery(
        key="k", owner_id="s", slot_id="k", part=0, parts=1, target=Target(kind="channel", id="1"),
        post=Post(heading="x"), created=now, next_try=now,
    )  # fmt: skip
    await store.plan(Plan(owner_id="s", slot_id="k", record=None, deliveries=(lost,)))
    await store.settle(replace(lost, state="dead", problem="The channel no longer exists."))
    await store.close()
    ill = await attache("doctor", cwd=tmp_path)
    assert "given up   1 message in the last week" in ill.out
    assert "k: The channel no longer exists." in ill.out


async def test_the_doctor_reads_the_token_file_and_shows_nothing_of_it(tmp_path: Path) -> None:
    missing = await attache("doctor", cwd=tmp_path, env={"ATTACHE_DISCORD_TOKEN_FILE": "nowhere"})
    assert missing.status == 1
    assert "ATTACHE_DISCORD_TOKEN_FILE cannot be read" in missing.out
    assert "no source has been polled yet" in missing.out
    set_ = await attache("doctor", cwd=tmp_path, env={"ATTACHE_DISCORD_TOKEN": "s3cret"})
    assert (set_.status, "s3cret" in set_.out + set_.err) == (0, False)
    assert "token      one is set" in set_.out


# --- configuration and store that cannot be used -------------------------------------------------------------------


async def test_every_mistake_of_a_configuration_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'zone = "Mars/Olympus"\n[polling]\nintervall = "PT5M"\n[network]\nallow_private = ["everything"]\n'
    )
    for words in (("search", "x"), ("run",)):
        ended = await attache(*words, cwd=tmp_path)
        assert (ended.status, ended.out) == (1, "")
        assert "3 mistakes" in ended.err
        for key in ("zone", "polling.intervall", "polling.interval?", "network.allow_private[1]"):
            assert key in ended.err
    absent = await attache("config", "--config", "absent.toml", cwd=tmp_path)
    assert absent.status == 1
    assert "config.example.toml" in absent.err


async def test_the_effective_configuration_is_shown_without_secrets(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(
        '[store]\nurl = "postgresql://user:hunter2@host/db"\n[summarizer]\nbackend = "openai"\nmodel = "m"\n'
        'base_url = "https://me:hunter2@llm.example/v1"\napi_key_env = "KEY"\n[polling]\ninterval = 600\n'
    )
    env = {"KEY": "hunter2", "ATTACHE_DISCORD_TOKEN": "hunter2", "ATTACHE_ZONE": "Asia/Tokyo"}
    ended = await attache("config", "-c", "c.toml", cwd=tmp_path, env=env)
    assert ended.status == 0, ended.err
    shown: dict[str, Any] = ended.json
    assert shown["zone"] == "Asia/Tokyo"
    assert shown["polling"]["interval"] == "PT600S"
    assert shown["summarizer"]["api_key_env"] == "KEY"
    assert "hunter2" not in ended.out + ended.err


async def refused(folder: Path, url: str, *words: str) -> Ended:
    """What a command says of a store that it cannot use."""
    (folder / "c.toml").write_text(f'[store]\nurl = "{url}"\n')
    ended = await attache(*words, "--config", "c.toml", cwd=folder)
    assert ended.status == 1
    assert ended.out == ""
    assert ended.err.startswith("attache: ")
    assert "Traceback" not in ended.err
    return ended


async def test_a_store_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"my diary\n" * 100)
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    before = files_in(tmp_path)
    for name in before:
        words = ("poll",) if name == "notes.txt" else ("search", "x")
        assert name in (await refused(tmp_path, f"sqlite:///{name}", *words)).err
    after = files_in(tmp_path)
    del after["c.toml"]
    assert after == before
    later = await refused(tmp_path, "postgresql://u:secret@h/db", "search", "x")
    assert "later version" in later.err
    assert "secret" not in later.err


async def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    try:
        (locked / "probe").touch()
    except PermissionError:
        ended = await refused(tmp_path, "sqlite:///locked/x.sqlite", "search", "x")
        assert "x.sqlite" in ended.err
    else:
        pytest.skip("this user may write everywhere")
    finally:
        locked.chmod(0o700)


# --- use -----------------------------------------------------------------------------------------------------------

FAMILIES = (
    "demo", "run", "console", "poll", "read", "stories", "summarize", "check", "search", "story", "digest preview",
    "sources add", "sources list", "sources remove", "sources test", "sources import", "sources export",
    "sources catalog", "doctor", "config", "backup", "restore", "migrate", "eval",
)  # fmt: skip


async def test_every_command_has_help(tmp_path: Path) -> None:
    """In one process for all: starting one for each would take longer than the rest of these tests."""
    script = (
        "import sys\n"
        "from bot import cli\n"
        "cli._load()\n"
        "for line in sys.stdin:\n"
        "    print('===', line.strip())\n"
        "    cli.app([*line.split(), '--help'], exit_on_error=False)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=tmp_path, env=environment(),
    )  # fmt: skip
    out, _ = await process.communicate("\n".join(FAMILIES).encode())
    assert process.returncode == 0
    helps = dict(part.split("\n", 1) for part in out.decode().split("=== ")[1:])
    assert list(helps) == list(FAMILIES)
    overview = await attache("--help", cwd=tmp_path)
    assert overview.status == 0
    titles = ["Start here", "The bot", "What it has read", "Upkeep", "JSON lines and figures", "Options"]
    assert re.findall(r"^╭─ (.*?) ─", overview.out, re.MULTILINE) == titles
    assert overview.out.index(" demo ") < overview.out.index(" read ") < overview.out.index(" run ")
    assert not any("default: False" in shown for shown in helps.values())
    for words, shown in helps.items():
        assert f"Usage: attache {words}" in shown
        assert len(shown.splitlines()) > 5
        assert words.split()[0] in overview.out
    assert files_in(tmp_path) == {}


async def test_wrong_use_is_status_2(tmp_path: Path) -> None:
    for words in ((), ("nonsense",), ("read", "x", "--nonsense"), ("search", "--limit", "many"), ("restore",)):
        ended = await attache(*words, cwd=tmp_path)
        assert ended.status == (2 if words else 0), words
        assert "Traceback" not in ended.err
    assert files_in(tmp_path) == {}


async def test_a_bot_without_a_token_says_how_to_give_one(tmp_path: Path) -> None:
    missing, empty = await asyncio.gather(
        attache("run", cwd=tmp_path),
        attache("run", cwd=tmp_path, env={"ATTACHE_DISCORD_TOKEN_FILE": "nowhere"}),
    )
    assert missing.status == empty.status == 1
    assert "ATTACHE_DISCORD_TOKEN" in missing.err
    assert "ATTACHE_DISCORD_TOKEN_FILE cannot be read" in empty.err
