"""JSON of the model's values."""

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
