"""The configuration that makes the bot read the sample outlets: plain values in the shape of the TOML file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.demo.outlets import SampleOutlets

STORE = "attache.sqlite"

KEPT_PORT = 8761
"""First port of outlets whose pages are kept: a source is known by its address, so a second demo in the same folder
should find the sources of the first. No service is registered for the next ten ports."""

Scalar = str | int | bool | Sequence[str]
Table = Mapping[str, Scalar]
Tree = Mapping[str, Table | Sequence[Table]]


def settings(outlets: SampleOutlets, directory: Path) -> dict[str, Table | Sequence[Table]]:
    """As `config.toml` would parse: the store in `directory`, loopback admitted, the outlets as shared sources."""
    return {
        "store": {"url": f"sqlite:///{(directory.absolute() / STORE).as_posix()}"},
        "network": {"allow_private": ["127.0.0.0/8"]},
        "sources": [
            {
                "url": source.url,
                "name": source.name,
                "country": source.country,
                "language": source.language,
                "tags": list(source.tags),
                "shared": True,
            }
            for source in outlets.sources
        ],
    }


def toml_text(tree: Tree) -> str:
    """`tree` as TOML: tables, and arrays of tables, of strings, numbers, booleans and lists of strings."""
    blocks: list[str] = []
    for name, value in tree.items():
        if isinstance(value, Mapping):
            blocks.append("\n".join([f"[{name}]", *_lines(value)]))
        else:
            blocks.extend("\n".join([f"[[{name}]]", *_lines(table)]) for table in value)
    return "\n\n".join(blocks) + "\n"


def _lines(table: Table) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: Scalar) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "[" + ", ".join(_value(item) for item in value) + "]"


_README = """\
What `attache demo` left here
=============================

pages/        the sample outlets' feeds and pages, all invented
config.toml   the configuration that reads them; the store it names lies beside it

The outlets were web servers inside the demo, and went with it. Serve them again, at the same addresses:

    python -m bot.demo.serve "{directory}"

and, in another terminal:

    attache poll --config "{config}"
    attache run --config "{config}"
"""


def keep(outlets: SampleOutlets, directory: Path) -> Path:
    """Leave pages, `config.toml` and a README in `directory`; returns the configuration's path. Blocks briefly."""
    directory.mkdir(parents=True, exist_ok=True)
    outlets.write_pages(directory)
    config = directory / "config.toml"
    config.write_text(toml_text(settings(outlets, directory)), encoding="utf-8")
    readme = _README.format(directory=directory, config=config)
    (directory / "README.txt").write_text(readme, encoding="utf-8")
    return config
