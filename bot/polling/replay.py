"""Recorded answers in the place of the network: what was fetched once is fetched again from a folder.

For trying a configuration without the outlets behind it. The folder holds `outlets.json`:
`{"outlets": [{"origin": "http://127.0.0.1:8001", "files": {"/feed.xml": {"file": "a/feed.xml", "content_type": "…",
"modified": "2026-10-05T08:00:00+00:00"}}}]}`. Addresses that are not recorded go to the network as ever.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import InputError
from bot.model import Validators
from bot.polling.client import FEED_ACCEPT
from bot.ports import Fetched, Fetcher, FetchResult, NotModified

MANIFEST = "outlets.json"
_NONE = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One answer."""

    body: bytes
    content_type: str
    modified: str


def recorded(folder: Path) -> Mapping[str, Recorded]:
    """Everything in the folder by its address, read at once; InputError when it does not hold a recording."""
    root = folder.resolve()
    try:
        manifest = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
        return {
            outlet["origin"] + path: _recorded(root, row)
            for outlet in manifest["outlets"]
            for path, row in outlet["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"network.replay names {folder}, which holds no recording ({error}).") from error


def _recorded(root: Path, row: Mapping[str, str]) -> Recorded:
    file = (root / row["file"]).resolve()
    if not file.is_relative_to(root):
        raise ValueError(f"{row['file']} lies outside the folder")
    modified = format_datetime(datetime.fromisoformat(row["modified"]), usegmt=True)
    return Recorded(body=file.read_bytes(), content_type=row["content_type"], modified=modified)


class ReplayFetcher:
    """ports.Fetcher over a recording, with `otherwise` for what it does not hold."""

    def __init__(self, answers: Mapping[str, Recorded], otherwise: Fetcher) -> None:
        self._answers, self._otherwise = answers, otherwise

    async def fetch(self, url: str, *, validators: Validators = _NONE, accept: str = FEED_ACCEPT) -> FetchResult:
        """The recorded answer; NotModified when `validators` are those of the recording."""
        parts = urlsplit(url)
        answer = self._answers.get(f"{parts.scheme}://{parts.netloc}{parts.path or '/'}")
        if answer is None:
            return await self._otherwise.fetch(url, validators=validators, accept=accept)
        held = Validators(last_modified=answer.modified)
        if validators.last_modified == answer.modified:
            return NotModified(validators=held)
        kind, _, charset = answer.content_type.partition("charset=")
        return Fetched(
            url=url,
            status=200,
            body=answer.body,
            content_type=kind.strip(" ;"),
            charset=charset or None,
            validators=held,
        )
