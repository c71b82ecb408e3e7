"""The reference article of issue 2, point 8: a real page's text with a caption, a time line, two rankings, no headline.

It lies in the founders' shared folder and is skipped where that is absent; nothing of it stands here but the facts
that its key points must hold, as a reader put them.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.fakes.command import attache
from tests.shared import shared

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def source() -> list[str]:
    """The article's lines, as copied."""
    return shared("data/seed_article.txt").read_text(encoding="utf-8").splitlines()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def answer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    file: Path = shared("data/seed_article.txt")
    ended = await attache("read", file, "--json", cwd=tmp_path_factory.mktemp("read"))
    assert ended.status == 0, ended.err
    return ended.json


def points(answer: Any) -> list[str]:
    return [point["text"] for point in answer["summary"]["points"]]


async def test_agency_place_and_time_are_told_apart_from_the_text(answer: Any) -> None:
    article = answer["article"]
    assert article["agency"] == "Jiji Press"
    assert article["dateline"]["place"] == "Washington"
    assert article["published"] == "2025-05-20T01:52:00Z"  # 10:52 JST
    assert article["language"] == "en"


async def test_the_title_comes_from_the_first_sentence(answer: Any, source: list[str]) -> None:
    title = answer["article"]["title"].rstrip(".")
    assert len(title.split()) >= 8
    assert title in source[2]
    assert not title.startswith("Washington (Jiji")
    assert title not in source[0]


async def test_no_caption_time_line_or_ranking_is_told(answer: Any, source: list[str]) -> None:
    furniture = [line for line in (*source[:2], *source[8:]) if len(line) > 1]
    assert len(furniture) >= 10
    told = [answer["article"]["text"], answer["summary"]["headline"], answer["article"]["title"], *points(answer)]
    for line in furniture:
        assert all(line not in text for text in told), line
        assert line in answer["article"]["furniture"]
    body = answer["article"]["text"].split("\n\n")
    assert [paragraph.strip() for paragraph in body if paragraph.strip()] == source[2:8]


async def test_who_and_what(answer: Any) -> None:
    codes = [actor["code"] for actor in answer["understanding"]["actors"]]
    assert {"JPN", "USA"} <= set(codes[:3])
    assert len(codes) > 2
    assert answer["understanding"]["diplomatic"] is True
    consultations = [
        event
        for event in answer["understanding"]["events"]
        if event["type"] == "CONSULT" and event["tense"] == "future" and not event["negated"]
    ]
    assert {"JPN", "USA"} in [{*event["source"], *event["target"]} for event in consultations]
    assert answer["understanding"]["events"][0]["type"] == "CONSULT"


KEY = {
    "talks this week in Washington": r"negotiations in Washington this week",
    "Bessent takes part after the G7": r"Bessent\b.*\btake part\b.*\b(Group of Seven|G-?7)",
    "the push for an early conclusion": r"early conclusion",
    "no announcement is expected": r"no announcements?\b.*\bexpected",
    "the condition for a G7 statement": r"joint statement\b.*\bonly sign\b.*\bconsistent with U\.S\. priorities",
}


async def test_three_to_five_points(answer: Any) -> None:
    assert 3 <= len(points(answer)) <= 5


@pytest.mark.parametrize("what", KEY)
async def test_the_points_that_a_reader_would_call_the_key_points(answer: Any, what: str) -> None:
    assert any(re.search(KEY[what], point) for point in points(answer)), points(answer)


async def test_every_point_and_mention_quotes_the_text(answer: Any) -> None:
    text = answer["article"]["text"]
    spans = [evidence for point in answer["summary"]["points"] for evidence in point["evidence"]]
    spans += [event["evidence"] for event in answer["understanding"]["events"] if event["evidence"]]
    spans += answer["understanding"]["dates"]
    assert len(spans) >= 5
    for span in spans:
        assert text[span["start"] : span["end"]] == span["text"] != ""
