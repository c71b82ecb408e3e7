"""Stores of every format there was, brought to the present one: no row is lost, and every value can still be read.

`tests/golden/stores/formatN.sqlite.gz` was written by the code of its time, with something in every table. A new
format gets a file of its own before it is released; an old file is never made anew.
"""

import gzip
import sqlite3
from pathlib import Path

import pytest

from bot.service.clock import no_probe
from bot.storage.sqlite import SqliteStore
from bot.storage.sqlite.backup import backup, restore
from bot.storage.sqlite.schema import FORMAT
from tests.contract.test_store_faults import everything

STORES = Path(__file__).parents[3] / "golden" / "stores"
FORMATS = range(1, FORMAT + 1)

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(params=FORMATS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    path.write_bytes(gzip.decompress((STORES / f"format{request.param}.sqlite.gz").read_bytes()))
    return path


def columns(path: Path) -> dict[str, list[str]]:
    """The tables that hold what was stored; the word index is rebuilt from them."""
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = [name for (name,) in names if not name.startswith(("article_words_", "sqlite_"))]
        found = {t: [row[1] for row in connection.execute(f"PRAGMA table_info({t})")] for t in tables}
    connection.close()
    return found


def rows(path: Path, of: dict[str, list[str]]) -> Rows:
    with sqlite3.connect(path) as connection:
        found = {
            table: sorted(connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
            for table, names in of.items()
        }
    connection.close()
    return found


async def test_no_row_is_lost(old: Path) -> None:
    known = columns(old)
    before = rows(old, known)
    assert [table for table, held in before.items() if not held and table != "open_article"] == []
    store = await SqliteStore.open(old, probe=no_probe)
    held = await everything(store)
    await store.close()
    assert rows(old, known) == before
    assert [what for what, values in held.items() if not values] == []


async def test_a_backup_of_it_is_restored_and_brought_up(old: Path, tmp_path: Path) -> None:
    known = columns(old)
    before = rows(old, known)
    backup(old, tmp_path / "copy")
    restore(tmp_path / "new.db", tmp_path / "copy")
    store = await SqliteStore.open(tmp_path / "new.db", probe=no_probe)
    assert len(await store.deliveries("s")) == 2
    assert len(await store.rules()) == 1
    await store.close()
    assert rows(tmp_path / "new.db", known) == before
