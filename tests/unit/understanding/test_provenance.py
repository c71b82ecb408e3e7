"""Kinds of outlets: our labelled ones, precedence, and any input."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Source, source_id
from bot.service.provenance import described, outlet_names
from bot.understanding.provenance import outlet_kind

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "understanding" / "provenance.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text("utf8").splitlines()]


@pytest.mark.parametrize("held", [False, True])
def test_labelled_outlets(held: bool) -> None:
    rows = [row for row in ROWS if row["held"] is held]
    right = [outlet_kind(row["name"], row["url"]) == row["kind"] for row in rows]
    assert sum(right) >= 0.95 * len(right)


def test_a_third_is_held_out() -> None:
    assert len(ROWS) >= 120
    assert sum(row["held"] for row in ROWS) * 3 >= len(ROWS) - 2


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("Some page", "https://www.betar.gov.bd/news", "state_media"),  # listed, though the host is a government's
        ("Radio Free Asia", "https://www.rfa.org/x", "broadcaster"),
        ("Xinhua", "https://www.who.int/x", "organisation"),  # the address is harder to borrow than a name
        ("notgov", "https://notgov.uk.example/x", None),
        ("x", "https://evil.com/reuters.com", None),
        ("x", "https://reuters.com.evil.example/", None),
        ("x", "https://go.example.jp/", None),
        ("The Herald", "https://www.herald.co.zw/x", "state_media"),
        ("The Herald", "https://www.heraldscotland.com/x", "newspaper"),
    ],
)
def test_what_counts_more(name: str, url: str, kind: str | None) -> None:
    assert outlet_kind(name, url) == kind


@given(st.none() | st.text(max_size=300), st.none() | st.text(max_size=300))
def test_any_name_and_address(name: str | None, url: str | None) -> None:
    outlet_kind(name, url)


def source(name: str, kind: str | None = None) -> Source:
    url = "https://feeds.example/x"
    return Source(id=source_id(url), url=url, name=name, outlet_kind=kind)  # type: ignore[arg-type]


def test_the_operators_word_wins() -> None:
    assert described(source("Xinhua", "newspaper")).outlet_kind == "newspaper"
    assert described(source("Xinhua")).outlet_kind == "state_media"
    assert described(source("Nobody knows")).outlet_kind is None


def test_what_speaks_for_somebody_says_so() -> None:
    names = [next(iter(outlet_names([source(name)]).values())) for name in ("Xinhua", "Reuters", "Unknown Page")]
    assert names == ["Xinhua (state media)", "Reuters", "Unknown Page"]
