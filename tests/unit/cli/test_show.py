"""`attache read --explain` for people: what stands where, each heading once."""

import re
from datetime import UTC, datetime

import pytest

from bot.cli.show import show_reading
from bot.ports import PageInput, Reading
from bot.service.reading import read
from bot.service.request import ReadRequest

TEXT = (
    "ATLANTA - Voters in Georgia chose a governor on Tuesday, Georgia officials said.\n\n"
    "France and Chad signed a treaty on water in Paris on Friday, the French foreign ministry said.\n\n"
    "The treaty follows three years of talks between France and Chad, and it covers the lake that both use."
)


def shown(capsys: pytest.CaptureFixture[str], *, explain: bool) -> str:
    page = PageInput(
        id="x", text=TEXT, title="France, Chad sign treaty", language="en", arrived=datetime(2025, 1, 1, tzinfo=UTC)
    )
    reading = read(ReadRequest(page=page))
    assert isinstance(reading, Reading)
    show_reading(reading, explain=explain, zone="UTC")
    return capsys.readouterr().out


def test_each_heading_stands_once(capsys: pytest.CaptureFixture[str]) -> None:
    headings = re.findall(r"^(\w+: (?:kept|dropped|changed))$", shown(capsys, explain=True), re.MULTILINE)
    assert "understanding: kept" in headings
    assert len(headings) == len(set(headings))


def test_what_was_matched_and_what_decided_is_said_with_places(capsys: pytest.CaptureFixture[str]) -> None:
    said = re.sub(r"\s+", " ", shown(capsys, explain=True))
    at = [match.start() for match in re.finditer("France", TEXT)]
    assert f"France (FRA): in the title, “France” at {at[0]}" in said
    assert "not counted as Georgia but as United States [at " in said
    assert "what decided: " in said
    assert "diplomatic from 0.5 on: " in said


def test_nothing_is_explained_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, explain=False)
    assert "Names matched" not in said
    assert "understanding:" not in said
