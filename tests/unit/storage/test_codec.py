"""JSON of the model's values."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.errors import StoreError
from bot.model import Article, Evidence, KeyPoint
from bot.storage.codec import clean, decode, decode_json, encode

ARTICLE = Article(
    id="1", title="T", arrived=datetime(2026, 10, 5, 8, 0, 0, 123456, tzinfo=UTC), language="en", text="x"
)


def test_a_value_comes_back_as_its_type() -> None:
    assert decode(Article, encode(ARTICLE)) == ARTICLE


@pytest.mark.parametrize(
    "data", ["", "{", "[]", "{}", '{"id": 1}', b"\xff", '"x"', encode(ARTICLE).replace("2026", "20x6")]
)
def test_anything_else_is_damage(data: str | bytes) -> None:
    with pytest.raises(StoreError, match="damaged value where a Article"):
        decode(Article, data)


def test_what_must_not_be_built_is_damage() -> None:
    with pytest.raises(StoreError):
        decode(KeyPoint, '{"text": "No evidence.", "evidence": []}')
    with pytest.raises(StoreError):
        decode(Evidence, '{"article": "1", "start": 0, "end": 9, "text": "short"}')


def test_lone_surrogates_become_one_character_each() -> None:
    assert clean("a\ud83db") == "a\ufffdb"
    assert decode_json(encode({"k\udc00": ["\ud800", 1]})) == {"k\ufffd": ["\ufffd", 1]}


FIRST_MEETINGS = """
import dataclasses, gc, sys, threading
from bot.storage.codec import decode

sys.setswitchinterval(1e-6)
gc.set_threshold(30)

def fresh():
    @dataclasses.dataclass
    class Inner:
        a: int = 0
        b: tuple[str, ...] = ()
        c: str | None = None
    @dataclasses.dataclass
    class Middle:
        x: Inner
        y: tuple[Inner, ...] = ()
    @dataclasses.dataclass
    class Outer:
        p: Middle
        q: tuple[Middle, ...] = ()
    return Inner, Middle, Outer

def meet(kind, data, together):
    together.wait()
    for _ in range(20):
        decode(kind, data)

inner = '{"a": 1, "b": ["q"], "c": "s"}'
middle = '{"x": %s, "y": [%s]}' % (inner, inner)
outer = '{"p": %s, "q": [%s]}' % (middle, middle)
for _ in range(100):
    Inner, Middle, Outer = fresh()
    together = threading.Barrier(6)
    pairs = [(Outer, outer), (Middle, middle), (Inner, inner)] * 2
    threads = [threading.Thread(target=meet, args=(*pair, together)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_threads_may_meet_a_type_for_the_first_time_together() -> None:
    """In a process of its own: what went wrong ended the whole process."""
    assert subprocess.run([sys.executable, "-c", FIRST_MEETINGS], check=False).returncode == 0
