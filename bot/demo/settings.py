"""The configuration that makes the bot read the sample outlets: plain values in the shape of the TOML file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.demo.outlets import PAGES, SampleOutlets
from bot.errors import InputError

STORE = "attache.sqlite"


Scalar = str | int | bool | Sequence[str]
Table = Mapping[str, Scalar]
Tree = Mapping[str, Table | Sequence[Table]]


def settings(outlets: SampleOutlets, directory: Path, replay: Path | None = None) -> dict[str, Table | Sequence[Table]]:
    """As `config.toml` would parse: the store in `directory`, loopback admitted, the outlets as shared sources.

    `replay` is a folder that answers for the outlets when they are gone.
    """
    network: dict[str, Scalar] = {"allow_private": ["127.0.0.0/8"]}
    if replay is not None:
        network["replay"] = replay.absolute().as_posix()
    return {
        "store": {"url": f"sqlite:///{(directory.absolute() / STORE).as_posix()}"},
        "network": network,
        "sources": [
            {
                "url": source.url,
                "name": source.name,
                "country": source.country,
                "language": source.language,
                "kind": source.outlet_kind,
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

The outlets were web servers inside the demo, and went with it. The configuration answers for them from pages/
(`network.replay`), so that this repeats the demo's round, and runs the bot on it:

    attache poll --config "{config}"
    attache console --config "{config}"
    attache run --config "{config}"
"""


def keep(outlets: SampleOutlets, directory: Path) -> Path:
    """Leave pages, `config.toml` and a README in `directory`; returns the configuration's path. Blocks briefly.

    InputError when a configuration is there: its store knows outlets at other addresses, which nothing answers for.
    """
    config = directory / "config.toml"
    if config.exists():
        raise InputError(f"{config} is there already. Name another folder, or delete this one.")
    directory.mkdir(parents=True, exist_ok=True)
    outlets.write_pages(directory)
    config.write_text(toml_text(settings(outlets, directory, replay=directory / PAGES)), encoding="utf-8")
    readme = _README.format(directory=directory, config=config.resolve())  # to be copied in any folder
    (directory / "README.txt").write_text(readme, encoding="utf-8")
    return config
