"""Sample outlets, running: real HTTP servers on loopback, one port each.

    async with SampleOutlets(sample_news(clock.now()), now=clock.now()) as outlets:
        for source in outlets.sources: ...

Whoever polls them needs nothing from here but the addresses.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.demo.content import SampleNews, SampleOutlet, newest_first
from bot.demo.feeds import feed_url
from bot.demo.pages import Resource, render_site
from bot.demo.sites import HOST, Sites
from bot.model import OutletKind

MANIFEST = "outlets.json"
PAGES = "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSource:
    """What a configuration says of a source."""

    url: str
    name: str
    country: str
    language: str
    outlet_kind: OutletKind
    tags: tuple[str, ...]


class SampleOutlets:
    """Serves `news` while the context is open. `first_port`: the ports wanted, one after the other; one that is taken
    is replaced by any free one.
    """

    def __init__(self, news: SampleNews, *, now: datetime, first_port: int | None = None) -> None:
        self._news = news
        self._now = now
        self._first_port = first_port
        self._until: datetime | None = None
        self._sites = Sites()
        self._cache: dict[str, Mapping[str, Resource]] = {}
        self._ports: dict[str, int] = {}
        self.answers: Counter[tuple[str, str, int]] = Counter()
        """How often each (outlet key, path, status) was answered."""

    async def __aenter__(self) -> Self:
        try:
            for number, outlet in enumerate(self._news.outlets):
                self._ports[outlet.key] = await self._open(outlet, number)
        except BaseException:
            await self._sites.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._sites.__aexit__()

    async def _open(self, outlet: SampleOutlet, number: int) -> int:
        def heard(path: str, status: int) -> None:
            self.answers[outlet.key, path, status] += 1

        def pages() -> Mapping[str, Resource]:
            return self._site(outlet)

        if self._first_port is not None:
            try:
                return await self._sites.open(pages, port=self._first_port + number, heard=heard)
            except OSError:
                pass  # taken, or refused by the system: any other serves as well
        return await self._sites.open(pages, heard=heard)

    @property
    def base_urls(self) -> Mapping[str, str]:
        """The address of each outlet by its key, without a slash at the end."""
        return {key: f"http://{HOST}:{port}" for key, port in self._ports.items()}

    @property
    def sources(self) -> tuple[SampleSource, ...]:
        """The outlets' feeds, in the order of the outlets."""
        bases = self.base_urls
        return tuple(
            SampleSource(
                url=feed_url(outlet, bases[outlet.key]),
                name=outlet.name,
                country=outlet.country,
                language=outlet.language,
                outlet_kind=outlet.kind,
                tags=outlet.tags,
            )
            for outlet in self._news.outlets
        )

    def publish(self, until: datetime | None) -> None:
        """From now on show only what was published up to `until`; None shows all, as at the start."""
        self._until = until
        self._cache.clear()

    def _site(self, outlet: SampleOutlet) -> Mapping[str, Resource]:
        if outlet.key not in self._cache:
            until = self._until
            written = newest_first(
                article
                for article in self._news.articles
                if article.outlet == outlet.key and (until is None or article.published <= until)
            )
            base = self.base_urls[outlet.key]
            self._cache[outlet.key] = render_site(outlet, written, base, modified=self._now)
        return self._cache[outlet.key]

    def write_pages(self, directory: Path) -> None:
        """Leave all that is served as files under `directory`/pages, as `network.replay` reads them. Blocks briefly."""
        manifest = []
        for outlet in self._news.outlets:
            folder = directory / PAGES / outlet.key
            folder.mkdir(parents=True, exist_ok=True)
            site = self._site(outlet)
            files = {path: _file_name(path) for path in site}
            for path, resource in site.items():
                (folder / files[path]).write_bytes(resource.body)
            manifest.append(
                {
                    "key": outlet.key,
                    "name": outlet.name,
                    "origin": self.base_urls[outlet.key],
                    "files": {
                        path: {
                            "file": f"{outlet.key}/{files[path]}",
                            "content_type": resource.content_type,
                            "modified": resource.modified.isoformat(),
                        }
                        for path, resource in site.items()
                    },
                }
            )
        text = json.dumps({"outlets": manifest}, ensure_ascii=False, indent=1)
        (directory / PAGES / MANIFEST).write_text(text, encoding="utf-8")


def _file_name(path: str) -> str:
    name = path.strip("/").replace("/", "_") or "index"
    return name if name.endswith((".html", ".xml", ".json", ".txt")) else f"{name}.html"
