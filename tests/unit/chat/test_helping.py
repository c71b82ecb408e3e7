"""What `/help` says of everything, of a family, and of one command."""

import pytest

from bot.chat.commands import COMMANDS, FAMILIES, Command
from bot.chat.helping import GROUPS, help_on
from bot.errors import InputError
from bot.model import Post

VISIBLE = [command for command in COMMANDS if not command.hidden]


def text(post: Post) -> str:
    rows = [" ".join((item.title, *item.points)) for item in post.items]
    return "\n".join(filter(None, (post.heading, post.intro, *rows, post.footer)))


def test_each_command_stands_in_one_group() -> None:
    grouped = [name for _, names in GROUPS for name in names]
    assert sorted(grouped) == sorted({command.path[0] for command in VISIBLE})
    assert set(FAMILIES) == {command.path[0] for command in VISIBLE if len(command.path) > 1}


def test_the_overview_fits_a_screen() -> None:
    post = help_on("")
    assert sum(len(item.points) + 1 for item in post.items) <= 30
    assert "/latest: The newest diplomatic stories" in text(post)
    assert "/digest schedule, edit, list, history, remove, now, preview: Digests that are posted" in text(post)
    assert "[" not in text(post)


@pytest.mark.parametrize("command", VISIBLE, ids=lambda command: command.name)
def test_a_command_is_told_with_all_its_options(command: Command) -> None:
    for asked in (command.name, f"/{command.name}", command.name.upper()):
        post = help_on(asked)
        assert post.heading == f"/{command.name}"
        assert [item.title for item in post.items] == [option.name for option in command.options]
        assert command.description in text(post)
        assert ("(Manage Server)" in text(post)) == command.manage_server


def test_the_values_of_an_option_are_told() -> None:
    assert "How many stories (1 to 10)" in text(help_on("latest"))
    assert "What to do: show, export, delete" in text(help_on("privacy"))
    assert "newspaper, broadcaster" in text(help_on("search"))


def test_a_family_is_told_without_options() -> None:
    post = help_on("/alerts")
    assert [item.title for item in post.items] == [f"/{c.name}" for c in VISIBLE if c.path[0] == "alerts"]
    assert all(len(item.points) == 1 for item in post.items)
    assert "/help alerts add" in text(post)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("serch", "no command /serch. /help lists them. Did you mean /search?"), ("digest never", "no command /digest n")],
)
def test_what_is_no_command_is_said(asked: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence.replace("?", r"\?")):
        help_on(asked)
