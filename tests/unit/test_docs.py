"""The documents say what the product does: where the two part, this fails."""

import re
import shlex
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import get_type_hints
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from cyclopts import App, CycloptsError, MissingArgumentError

from bot.chat.commands import COMMANDS, Command
from bot.chat.helping import told
from bot.cli import archive, items, running, sources, upkeep
from bot.config import Settings
from bot.service import delivering
from bot.web.health import Vitals, exposition
from tests.shared import shared

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
}
LOCKS = ("requirements.lock", "requirements-dev.lock")
CI = (".ci/run", ".ci/pip.lock")

_FENCE = re.compile(r"^( *)```.*?\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(text: str) -> Iterator[str]:
    """Lines of code blocks, with continued lines joined."""
    for match in _FENCE.finditer(text):
        yield from (line.strip() for line in match[2].replace("\\\n", " ").splitlines())


def inline(text: str) -> list[str]:
    """What stands in backticks outside code blocks."""
    return _CODE.findall(_FENCE.sub("", text))


@cache
def command_line() -> App:
    """All commands, as `attache` has them, in an App of our own."""
    app = App(name="attache", result_action="return_value")
    for family in (running, items, archive, sources, upkeep):
        family.add(app)
    return app


def paths(app: App, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that does something: ("sources", "list")."""
    for name in app:
        if name.startswith("-"):
            continue
        below = list(paths(app[name], (*before, name)))
        yield from below or [(*before, name)]


# --- the two commands ------------------------------------------------------------------------------------------------


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1].replace(" -q", "")
    assert ci in set(blocks(README))
    assert ci in set(blocks(PAGES["CONTRIBUTING.md"]))


def test_the_run_command_installs_by_hash_and_needs_nothing_else() -> None:
    wanted = "pip install --require-hashes -r requirements.lock && pip install --no-deps . && attache demo"
    assert wanted in set(blocks(README))


# --- commands --------------------------------------------------------------------------------------------------------


def rows(start: str, text: str = README) -> dict[str, str]:
    """Rows of a page's tables whose first cell is code that begins with `start`."""
    found = (re.match(r"\| `([^`]+)` \| (.*) \|$", line) for line in text.splitlines())
    return {match[1]: match[2] for match in found if match and match[1].startswith(start)}


VISIBLE = [command for command in COMMANDS if not command.hidden]


@pytest.mark.parametrize("command", VISIBLE, ids=lambda command: command.name)
def test_each_slash_command_is_told_in_short_and_in_full(command: Command) -> None:
    what = command.description + (". *Manage Server*" if command.manage_server else "")
    assert rows("/")[f"/{command.name}"] == what
    section = PAGES["docs/commands.md"].partition(f"### /{command.name}\n")[2].partition("\n#")[0]
    assert what in section
    assert f"`{command.usage}`" in section or not command.options
    assert rows("", section) == {option.name: told(option) for option in command.options}


def test_no_slash_command_is_told_that_is_not_there() -> None:
    names = {f"/{command.name}" for command in VISIBLE}
    assert set(rows("/")) == names
    assert set(re.findall(r"^### (.*)", PAGES["docs/commands.md"], re.MULTILINE)) == names


def test_readme_tells_each_command_of_the_command_line() -> None:
    told = {tuple(word for word in name.split()[1:] if not re.match("[A-Z-]", word)) for name in rows("attache ")}
    assert told == set(paths(command_line()))


def told_lines() -> list[tuple[str, str, bool]]:
    """Each use of `attache` in the documents, and whether it stands in a code block and so must be whole."""
    found = []
    for page, text in PAGES.items():
        for line in blocks(text):
            found += [(page, part.strip(), True) for part in line.split("&&") if part.strip().startswith("attache ")]
        found += [(page, code, False) for code in inline(text) if code.startswith("attache ")]
    return found


@pytest.mark.parametrize(("page", "line", "whole"), told_lines())
def test_each_use_of_the_command_line_parses(page: str, line: str, whole: bool) -> None:
    words = shlex.split(line, comments=True)[1:]
    if "…" in words:
        pytest.fail(f"{page}: {line} is cut short")
    try:
        command_line().parse_args(words, exit_on_error=False, print_error=False)
    except MissingArgumentError:
        assert not whole, f"{page}: {line} lacks an argument"
    except CycloptsError as error:
        pytest.fail(f"{page}: {line}: {error}")


def test_uses_of_the_command_line_are_found_at_all() -> None:
    lines = [line for _, line, _ in told_lines()]
    assert "attache demo" in lines
    assert "attache backup backups/monday" in lines


def test_readme_tells_the_permissions_of_the_invite() -> None:
    import discord

    from bot.chat.discord.client import invite_url

    query = parse_qs(urlsplit(invite_url(1)).query)
    table = README.partition("| permission | why |")[2].partition("\n\n")[0]
    told = [name for row in re.findall(r"^\| ([A-Z][^|]*) \|", table, re.MULTILINE) for name in row.split(", ")]
    names = {name.lower().replace(" ", "_").replace("channels", "channel") for name in told}
    assert discord.Permissions(int(query["permissions"][0])) == discord.Permissions(**dict.fromkeys(names, True))
    assert all(f"`{scope}`" in README for scope in query["scope"][0].split())


# --- configuration ---------------------------------------------------------------------------------------------------


def keys() -> dict[str, object]:
    """Each key, "polling.interval", with its default."""
    found: dict[str, object] = {}
    for section in fields(Settings):
        kind = get_type_hints(Settings)[section.name]
        default = getattr(Settings(), section.name)
        if is_dataclass(kind):
            found |= {f"{section.name}.{key.name}": getattr(default, key.name) for key in fields(kind)}
        else:
            found[section.name] = default
    return found


def test_readme_tells_each_section_of_the_configuration() -> None:
    names = {name.partition(".")[0] for name in keys() if "." in name}
    assert set(rows("[")) == {f"[{name}]" for name in names} | {"[[sources]]"}


@pytest.mark.parametrize("page", PAGES)
def test_each_key_that_a_document_names_is_there(page: str) -> None:
    sections = {name.partition(".")[0] for name in keys() if "." in name}
    for code in inline(PAGES[page]):
        match = re.match(r"([a-z]+)\.([a-z_]+)(?= =|$)", code)
        if match and match[1] in sections and match[2] != "db":
            assert match[0] in keys(), f"{page} names {code}"


def test_each_toml_block_is_a_configuration() -> None:
    from bot.config import parse

    found = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found
    for text in found:
        parse(tomllib.loads(text))


def test_privacy_tells_the_times_that_are_kept() -> None:
    text = PAGES["PRIVACY.md"]
    assert keys()["retention.articles"] == timedelta(days=365)
    assert "a year" in text
    for key in ("text", "removed_server", "journal"):
        default = keys()[f"retention.{key}"]
        assert isinstance(default, timedelta)
        assert f"{default.days} days" in text


# --- what the pages say of the rest ----------------------------------------------------------------------------------


def test_operating_tells_each_metric() -> None:
    vitals = Vitals(
        connected=True,
        sources=1,
        sources_failing=0,
        outbox_waiting=0,
        seconds_since_poll=1.0,
        workers_killed=0,
        sending_stopped=False,
    )
    given = set(re.findall(r"^# TYPE (\S+)", exposition(vitals).decode(), re.MULTILINE))
    assert set(re.findall(r"`(attache_\w+)`", PAGES["docs/operating.md"])) == given


def test_operating_names_lines_that_are_logged() -> None:
    section = PAGES["docs/operating.md"].partition("## Logs")[2].partition("\n## ")[0]
    events = [name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in _CODE.findall(row)]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    assert len(events) > 5
    for event in events:
        assert re.search(rf'log\.\w+\(\s*"{event}"', code), event


def test_delivery_tells_the_numbers_that_are_used() -> None:
    from bot.chat.discord import breaker, messenger

    text = " ".join(PAGES["docs/delivery.md"].split())
    assert timedelta(minutes=2) == delivering.LEASE
    assert "a lease of two minutes" in text
    assert f"after {delivering.FIRST_PAUSE.seconds} seconds" in text
    assert f"{delivering.MOST_ATTEMPTS} tries" in text
    assert f"the last {messenger.HISTORY} messages" in text
    assert f"after {breaker.LIMIT} answers" in text


# --- links, paths, addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in _LINK.findall(PAGES[page]):
        if not re.match(r"https?://|#", link):
            assert ((ROOT / page).parent / link.partition("#")[0]).exists(), link


NOT_YET = {"tests/contract/test_summarizer.py"}
"""What the documents name as planned, or as to be written by whoever needs it."""


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_document_names_are_there(page: str) -> None:
    for code in inline(PAGES[page]):
        if re.fullmatch(r"(bot|tests|docs|\.ci)/[\w./-]*", code) and "NAME" not in code and code not in NOT_YET:
            assert (ROOT / code).exists(), f"{page} names {code}"


MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|tmp|Users|mnt)/")
REGISTRY = re.compile(r"pypi\.|pythonhosted|index-url|find-links|artifactory|--trusted-host", re.IGNORECASE)


@pytest.mark.parametrize("name", [*PAGES, *LOCKS, *CI, "Dockerfile", "config.example.toml", "pyproject.toml"])
def test_nothing_names_this_machine_or_a_registry(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not MACHINE.search(text)
    assert not REGISTRY.search(text)


def test_the_picture_is_whole_and_loads_nothing() -> None:
    text = (ROOT / "docs" / "digest.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)  # ours, from our own repository
    words = " ".join(" ".join(element.itertext()) for element in root)
    assert "stories from" in words
    assert re.findall(r"https?://[^\"' )]+", text) == ["http://www.w3.org/2000/svg"]


# --- locks and rules -------------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Each requirement of a lock with the lines that belong to it."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return {line.split("==")[0].strip(): line for line in text.splitlines() if line and not line.startswith("#")}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert len(locked(name)) > 20
    for package, line in locked(name).items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", package), line[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), package


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def plain(names: Iterable[str]) -> set[str]:
        return {re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", name)[0].lower()) for name in names}  # PEP 503

    runtime, dev = (plain(locked(lock)) for lock in LOCKS)
    assert plain(project["project"]["dependencies"]) <= runtime
    assert plain(project["dependency-groups"]["dev"]) <= dev
    assert runtime <= dev
    for name, line in locked("requirements.lock").items():
        assert locked("requirements-dev.lock")[name].split()[0] == line.split()[0]


def test_the_import_rules_are_those_that_were_agreed() -> None:
    agreed = shared("importlinter.ini").read_text(encoding="utf-8")
    assert (ROOT / ".importlinter").read_text(encoding="utf-8") == agreed
