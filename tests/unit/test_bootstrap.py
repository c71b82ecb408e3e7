"""What opening the bot does to a store that another one runs on."""

from pathlib import Path

import pytest

from bot.bootstrap import build
from bot.config import parse


@pytest.mark.parametrize("beside", [True, False])
async def test_a_look_up_beside_a_running_bot_leaves_its_sources_alone(beside: bool, tmp_path: Path) -> None:
    store = {"url": f"sqlite:///{(tmp_path / 'a.db').as_posix()}"}
    settings = parse({"store": store, "sources": [{"url": "https://a.example/feed", "name": "A"}]})
    other = parse({"store": store, "sources": [{"url": "https://b.example/feed", "name": "B"}]})
    async with build(settings, exclusive="attache run") as bot:
        if beside:
            async with build(other):
                pass
            found = {source.name: source.shared for source in await bot.store.sources()}
    if not beside:
        async with build(other) as app:
            found = {source.name: source.shared for source in await app.store.sources()}
    assert found == ({"A": True} if beside else {"A": False, "B": True})
