"""The configuration that the demo writes: real TOML that says the same as the values."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_test
from hypothesis import strategies as st

from bot.demo.content import sample_news
from bot.demo.outlets import SampleOutlets
from bot.demo.settings import keep, settings, toml_text
from bot.errors import InputError
from bot.polling.replay import recorded

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
texts = st.text(alphabet=st.characters(codec="utf-8"))
tables = st.dictionaries(
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
    texts | st.booleans() | st.integers(-(2**62), 2**62) | st.lists(texts, max_size=3),
    max_size=4,
)


@settings_of_test(max_examples=40)
@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), tables | st.lists(tables, min_size=1, max_size=3))
)
def test_toml_reads_back_as_it_was(tree: dict[str, dict[str, str] | list[dict[str, str]]]) -> None:
    assert tomllib.loads(toml_text(tree)) == tree


async def test_the_kept_configuration_is_the_one_that_the_demo_uses_and_answers_from_its_pages(tmp_path: Path) -> None:
    folder = tmp_path / "new folder"
    async with SampleOutlets(sample_news(NOW), now=NOW) as outlets:
        config = keep(outlets, folder)
        used = settings(outlets, folder)
        feeds = [source.url for source in outlets.sources]
    kept = tomllib.loads(config.read_text(encoding="utf-8"))
    assert kept["network"].pop("replay") == (folder / "pages").as_posix()
    assert kept == used
    assert used["store"] == {"url": f"sqlite:///{(folder / 'attache.sqlite').as_posix()}"}
    assert len(used["sources"]) == 6
    assert f'attache poll --config "{folder.resolve() / "config.toml"}"' in (folder / "README.txt").read_text()
    answers = recorded(folder / "pages")
    assert all(feed in answers for feed in feeds)


async def test_what_was_kept_is_not_written_over_for_its_store_knows_outlets_that_are_gone(tmp_path: Path) -> None:
    async with SampleOutlets(sample_news(NOW), now=NOW) as outlets:
        before = keep(outlets, tmp_path).read_bytes()
        with pytest.raises(InputError, match="Name another folder"):
            keep(outlets, tmp_path)
    assert (tmp_path / "config.toml").read_bytes() == before
