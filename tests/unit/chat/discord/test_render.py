"""Posts as Discord would have to take them."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings

from bot.chat import lines
from bot.chat.discord.markup import clean
from bot.chat.discord.render import Look, cards, embeds, line_of, pages
from bot.model import Button, Post, PostItem
from tests.fakes.discord import buttons_of, components_in, text_of
from tests.fakes.discord.rules import COMPONENTS_V2, operation_of, problems
from tests.unit.chat.discord.posts import POSTS, digest, line

NONCE = "0123456789abcdef012345678"
STORY = """\
**{number} · [Ministers of Arland and Borduria agree on fishing quotas for area {number}]\
(https://wire.example/story/{number}?utm=1)**{badge}
- Point {number}.0: the two sides will meet again in June.
- Point {number}.1: the two sides will meet again in June.
- Point {number}.2: the two sides will meet again in June.
-# [Reuters](https://wire.example/a), 20 May 14:05 JST · [Jiji Press](https://jiji.example/b), 14:20 JST
-# 3 independent outlets, 2 republishing"""
CREATE = operation_of("POST", "/channels/1/messages")


def card_body(post: Post, look: Look | None = None) -> dict[str, Any]:
    components: list[dict[str, Any]] = cards(post, look).to_components()  # type: ignore[no-untyped-call]
    return {"components": components, "flags": COMPONENTS_V2}


def embed_body(post: Post, look: Look | None = None) -> dict[str, Any]:
    embed, view = embeds(post, look)
    return {"embeds": [embed.to_dict()], "components": view.to_components() if view else []}


def refused(body: dict[str, Any]) -> list[str]:
    assert CREATE is not None
    return problems(CREATE, body)


def test_a_digest_reads_well() -> None:
    body = card_body(digest(2))
    assert refused(body) == []
    texts = [part["content"] for part in components_in(body["components"]) if part["type"] == 10]
    assert texts == [
        "## Morning digest\nWed 20 May 2026, 14:30 JST · 3 stories",
        STORY.format(number=1, badge=""),
        STORY.format(number=2, badge=" `update`"),
        "-# Sources: 12 feeds · /help",
    ]
    assert [button["label"] for button in buttons_of(body)] == [
        "More",
        "Evidence",
        "More",
        "Evidence",
        "What was left out",
    ]


def test_the_day_is_named_again_when_it_changes() -> None:
    item = PostItem(title="t", lines=(line("A", 5, 5), line("B", 16, 0), line("C", 17, 0, None, 21)))
    text = text_of(card_body(Post(heading="h", items=(item,), zone="Asia/Kathmandu")))
    assert "20 May 10:50 UTC+0545" in text
    assert "[B](https://wire.example/a), 21:45 UTC+0545 · C, 21 May 22:45 UTC+0545" in text


def test_embeds_say_the_same_words() -> None:
    post = digest(3)
    body = embed_body(post)
    assert refused(body) == []
    shown = text_of(body)
    for item in post.items:
        assert item.title in shown
        assert all(point in shown for point in item.points)
    assert body["embeds"][0]["footer"]["text"] == "Sources: 12 feeds · /help"


@pytest.mark.parametrize("stories", [1, 2, 5, 6, 7, 8, 12])
def test_the_richest_form_that_fits_is_chosen(stories: int) -> None:
    post = replace(
        digest(stories, points=0), buttons=tuple(Button(label=str(i), action=f"/story {90 + i}") for i in range(10))
    )
    parts = pages(post)
    for part in parts:
        assert refused(card_body(part)) == []
    more = [button for part in parts for button in buttons_of(card_body(part)) if button["label"] == "More"]
    assert len(more) == (stories if 1 < stories <= 7 else 0)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(POSTS)
def test_every_post_becomes_messages_that_discord_takes(post: Post) -> None:
    parts = pages(post)
    assert pages(post) == parts
    for part in parts:
        assert refused(card_body(part, Look(nonce=NONCE))) == []
        assert refused(embed_body(part, Look(nonce=NONCE))) == []
        assert pages(part) == (part,)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(POSTS)
def test_pages_lose_and_repeat_nothing(post: Post) -> None:
    parts = pages(post)
    assert tuple(item for part in parts for item in part.items) == post.items
    words = re.sub(r"\s", "", "".join(part.intro or "" for part in parts))
    assert words == re.sub(r"\s", "", post.intro or "")
    assert Counter(button for part in parts for button in part.buttons) == Counter(post.buttons)
    assert [part.footer for part in parts if part.footer] == ([post.footer] if post.footer else [])
    assert {(part.zone, part.private) for part in parts} == {(post.zone, post.private)}


def test_a_list_of_short_rows_is_one_message() -> None:
    rows = tuple(PostItem(title=f"/command {number}", points=("What it does.",)) for number in range(40))
    (part,) = pages(Post(heading="Commands", items=rows))
    assert refused(card_body(part)) == []
    shown = text_of(card_body(part)).splitlines()
    assert [line for line in shown if line.startswith("**")] == [f"**/command {number}**" for number in range(40)]


def test_parts_are_counted_in_their_headings() -> None:
    parts = pages(digest(15, points=5))
    total = len(parts)
    assert total > 1
    assert [part.heading for part in parts] == [f"Morning digest ({n} of {total})" for n in range(1, total + 1)]


def test_one_item_that_is_too_big_is_shortened_with_an_ellipsis() -> None:
    item = PostItem(
        title="t", url="https://example.org/", points=("word " * 1000, "second " * 1000), lines=(line("A", 1, 1),)
    )
    text = text_of(card_body(Post(heading="h", items=(item,))))
    assert "…" in text
    assert "[A](https://wire.example/a)" in text


def test_many_outlets_are_counted_and_not_cut_apart() -> None:
    outlets = tuple(line(f"Outlet number {n}", 5, 5, "https://example.org/" + "x" * 90) for n in range(60))
    text = text_of(card_body(Post(heading="h", items=(PostItem(title="t", lines=outlets),))))
    assert re.search(r"Outlet number \d+, 05:05 UTC · and \d+ more", text)


def test_an_empty_post_still_is_a_message() -> None:
    assert refused(card_body(Post(heading=""))) == []
    assert refused(embed_body(Post(heading="\u200b"))) == []


# --- buttons -------------------------------------------------------------------------------------------------------


def test_buttons_carry_their_command_line() -> None:
    post = Post(
        heading="h", buttons=(Button(label="Next", action='/search "a b" page:2'), Button(label="3", action="/story 3"))
    )
    search, _ = lines.find(["search"])
    ids = [button["custom_id"] for button in buttons_of(card_body(post, Look(origin=search)))]
    assert [line_of(custom) for custom in ids] == [('/search "a b" page:2', True), ("/story 3", False)]


def test_a_storys_buttons_stand_under_it() -> None:
    post = replace(digest(3), buttons=tuple(Button(label=f"Story {n}", action=f"/story {n}") for n in (1, 2, 3, 9)))
    assert [button["label"] for button in buttons_of(card_body(post))] == [*["More", "Evidence"] * 3, "Story 9"]
    assert [button["label"] for button in buttons_of(embed_body(post))] == [
        *(f"Story {n}" for n in (1, 2, 3, 9)),
        *(f"Evidence {n}" for n in (1, 2, 3)),
    ]


def test_a_storys_button_goes_with_its_part() -> None:
    post = replace(
        digest(15, points=5), buttons=tuple(Button(label=str(n), action=f"/story {n}") for n in range(1, 11))
    )
    for part in pages(post):
        numbers = {item.number for item in part.items}
        assert {int(button.label) for button in part.buttons} == {
            number for number in numbers if number and number < 11
        }


def test_a_line_that_is_too_long_or_doubled_has_no_button() -> None:
    post = Post(
        heading="h",
        buttons=tuple(Button(label="x", action=action) for action in ("/search " + "a" * 100, "/help", "/help")),
    )
    assert [button["custom_id"] for button in buttons_of(card_body(post))] == ["c:/help"]


def test_links_are_checked_and_their_labels_shortened() -> None:
    post = Post(
        heading="h",
        buttons=(
            Button(label="w" * 200, action="https://example.org/", link=True),
            Button(label="no", action="ftp://x/", link=True),
        ),
    )
    (button,) = buttons_of(card_body(post))
    assert button["url"] == "https://example.org/"
    assert len(button["label"]) == 80


def test_foreign_buttons_are_not_ours() -> None:
    assert line_of("something:else") is None
    assert line_of(f"k:{NONCE}|/story 3") == ("/story 3", False)


def test_no_look_mentions_anybody() -> None:
    post = Post(
        heading="@everyone", intro="<@1>", items=(PostItem(title="@here <@&2>", points=("<#3>",)),), footer="@everyone"
    )
    for body in (card_body(post), embed_body(post)):
        shown = text_of(body)
        assert not re.search(r"(?<!\\)<[@#]", shown)
        if "embeds" not in body:
            assert not re.search(r"(?<!\\)@", shown)


def test_labels_are_cleaned() -> None:
    (button,) = buttons_of(card_body(Post(heading="h", buttons=(Button(label="\u202e\u200b", action="/help"),))))
    assert button["label"] == "…"
    assert clean("\u202e") == ""


def test_views_are_not_kept_in_memory() -> None:
    async def stopped() -> bool:
        return cards(digest()).is_finished()

    import asyncio

    assert asyncio.run(stopped())
    assert isinstance(cards(digest()), discord.ui.LayoutView)
