"""Serve what `attache demo --keep DIR` left, where DIR/config.toml looks for it: `python -m bot.demo.serve DIR`."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.demo.outlets import MANIFEST, PAGES
from bot.demo.pages import Resource
from bot.demo.sites import HOST, Sites
from bot.errors import InputError


@asynccontextmanager
async def serve_kept(directory: Path) -> AsyncIterator[Mapping[str, str]]:
    """Serve while the context is open; gives each outlet's name and address. InputError says what stands in the way."""
    kept = _load(directory)
    addresses: dict[str, str] = {}
    async with Sites() as sites:
        for name, port, pages in kept:
            try:
                await sites.open(partial(_same, pages), port=port)
            except OSError as problem:
                raise InputError(f"{name} cannot be served on port {port}: {problem.strerror}.") from problem
            addresses[name] = f"http://{HOST}:{port}"
        yield addresses


def _load(directory: Path) -> list[tuple[str, int, Mapping[str, Resource]]]:
    """All files are read at the start, so that what is served never reaches outside the folder later."""
    folder = (directory / PAGES).resolve()
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return [
            (
                outlet["name"],
                int(outlet["port"]),
                {path: _resource(folder, row) for path, row in outlet["files"].items()},
            )
            for outlet in manifest["outlets"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise InputError(f"{directory} does not hold what `attache demo --keep` leaves ({problem}).") from problem


def _resource(folder: Path, row: Mapping[str, str]) -> Resource:
    file = (folder / row["file"]).resolve()
    if not file.is_relative_to(folder):
        raise ValueError(f"{row['file']} lies outside the folder")
    return Resource(
        content_type=row["content_type"], body=file.read_bytes(), modified=datetime.fromisoformat(row["modified"])
    )


def _same(pages: Mapping[str, Resource]) -> Mapping[str, Resource]:
    return pages


async def _serve(directory: Path) -> None:
    async with serve_kept(directory) as addresses:
        for name, address in addresses.items():
            sys.stderr.write(f"{name}: {address}\n")
        sys.stderr.write("Serving until Ctrl-C.\n")
        await asyncio.Event().wait()


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 after Ctrl-C, 1 when the folder cannot be served, 2 for wrong use."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m bot.demo.serve DIR\n")
        return 2
    try:
        asyncio.run(_serve(Path(arguments[0])))
    except KeyboardInterrupt:
        return 0
    except InputError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
