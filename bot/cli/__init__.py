"""The command line: `attache`. A file for each family of commands; `--help` on each.

Exit status: 0 done, 1 failed with a sentence on standard error, 2 wrong use. JSON goes to standard output alone.
"""

import sys

from cyclopts import App, CycloptsError

from bot import __version__
from bot.cli.common import REST
from bot.errors import AttacheError

app = App(
    name="attache",
    help="A Discord bot that reads diplomatic news so that people do not have to. Start with: attache demo",
    version=f"attache {__version__}",
    result_action="return_value",
    help_format="plaintext",  # there is no markup in it, and a reader of Markdown is a quarter of --help
    group_commands=REST,
)


def _load() -> None:
    """Each family adds its commands; the stages that they need are imported when a command runs."""
    from bot.cli import archive, items, running, sources, upkeep

    for family in (running, items, archive, sources, upkeep):
        family.add(app)


def main() -> None:
    """Run one command and exit with its status."""
    _utf8()
    _load()
    try:
        status = app(print_error=True, exit_on_error=False)
    except CycloptsError:
        sys.exit(2)
    except AttacheError as error:
        print(f"attache: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # the shell's prompt on a line of its own, not after ours
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _utf8() -> None:
    """Whatever the locale says: our text has every script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
