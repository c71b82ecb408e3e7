"""The sources that serve while nobody has named any: a small list of public feeds, package data."""

import csv
from importlib.resources import files

from bot.model import OutletKind, Source, normalize_url, source_id

_KINDS: dict[str, OutletKind] = {
    "organisation": "organisation",
    "government": "government",
    "broadcaster": "broadcaster",
    "newspaper": "newspaper",
    "think_tank": "think_tank",
    "wire": "wire",
}


def starter_sources() -> tuple[Source, ...]:
    """Shared with every server, as the operator's own would be."""
    text = files("bot.service").joinpath("starter.csv").read_text(encoding="utf-8")
    return tuple(
        Source(
            id=source_id(row["url"]),
            url=normalize_url(row["url"]),
            name=row["name"],
            country=row["country"] or None,
            language=row["language"] or None,
            outlet_kind=_KINDS.get(row["kind"]),
            shared=True,
            operator=True,
        )
        for row in csv.DictReader(text.splitlines())
    )
