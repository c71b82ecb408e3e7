"""Copies of a store, made while it is in use, and putting one back.

SQLite's online backup (https://www.sqlite.org/backup.html) copies one snapshot: in WAL mode it neither waits for
writers nor holds them up. A copy is checked before it gets its name.
"""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from bot.errors import InputError, StoreError, StoreUnavailable
from bot.storage.sqlite.errors import explained, missing
from bot.storage.sqlite.preferences import preferences_path
from bot.storage.sqlite.schema import inspect

STORE, PREFERENCES = "store.db", "preferences.db"
"""The files of a backup."""
_PARTS = ("", "-wal", "-shm", "-journal")


def _copy(source: Path, target: Path) -> None:
    """One database as it stands now, checked and on the disk."""
    reader = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    writer = sqlite3.connect(target)
    try:
        reader.backup(writer)  # all pages in one step: one snapshot, and no start from the beginning after each write
        writer.execute("PRAGMA journal_mode = DELETE")
        problem = writer.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise StoreError(f"The copy of {source} would be damaged ({problem}); nothing was written.")
    finally:
        writer.close()
        reader.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def backup(store: Path, folder: Path) -> None:
    """Copy the store and its preferences into the new folder `folder`, whole or not at all.

    Raises InputError when there is something at `folder`, StoreError when the store cannot be read or the copy not be
    written.
    """
    if folder.exists():
        raise InputError(f"{folder} exists already: name a new folder for the backup.")
    if not inspect(store):
        raise missing(store)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder.parent) as made:
            partial = Path(made) / "copy"
            partial.mkdir()
            _copy(store, partial / STORE)
            beside = preferences_path(store)
            if beside.exists():
                _copy(beside, partial / PREFERENCES)
            partial.rename(folder)
    except sqlite3.Error as error:
        raise explained(error, store) or error from error
    except OSError as error:
        raise StoreUnavailable(
            f"The backup could not be written to {folder} ({error.strerror}): see that there is room and that this "
            "user may write there.",
            url=str(store),
        ) from error


def restore(store: Path, folder: Path) -> Path | None:
    """Put the backup in `folder` in the place of the store, which nobody may be using (hold its `StoreLock`).

    What was there is kept in a folder beside it, whose path is answered; None when nothing was there. Raises
    InputError when `folder` holds no backup, StoreForeign when a newer version made it; then nothing is changed.
    """
    if not (folder / STORE).is_file() or not inspect(folder / STORE):
        raise InputError(f"{folder} is not a backup: it holds no {STORE}.")
    pairs = [(folder / STORE, store), (folder / PREFERENCES, preferences_path(store))]
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=store.parent) as made:
            copies = [(Path(made) / source.name, place) for source, place in pairs if source.is_file()]
            for copy, _ in copies:
                _copy(folder / copy.name, copy)
            kept = _set_aside(store)
            for copy, place in copies:
                copy.rename(place)
    except sqlite3.Error as error:
        raise explained(error, folder / STORE) or error from error
    except OSError as error:
        raise StoreUnavailable(f"The backup could not be put back ({error.strerror}).", url=str(store)) from error
    return kept


def _set_aside(store: Path) -> Path | None:
    """Move the present files into a folder beside them."""
    present = [
        part
        for base in (preferences_path(store), store)
        for part in (base.with_name(base.name + suffix) for suffix in _PARTS)
        if part.exists()
    ]
    if not present:
        return None
    number = 1
    while (aside := store.with_name(f"{store.name}.before-restore-{number}")).exists():
        number += 1
    aside.mkdir()
    for part in present:
        shutil.move(part, aside / part.name)
    return aside
