"""The definitions of commands, and lines that people and buttons give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.commands import COMMANDS, Asker, Call
from bot.chat.lines import parse_line
from bot.chat.words import command_line
from bot.errors import InputError

ME = Asker(network="console", user_id="me", may_manage=True)


def options(line: str) -> dict[str, object]:
    return dict(parse_line(line, ME).options)


@pytest.mark.parametrize(
    ("line", "path", "given"),
    [
        ("/latest", ("latest",), {}),
        ("latest", ("latest",), {}),
        ("/LATEST country:Japan", ("latest",), {"country": "Japan"}),
        ("/search cease-fire talks", ("search",), {"query": "cease-fire talks"}),
        ('/search "cease-fire talks" page:2', ("search",), {"query": '"cease-fire talks"', "page": 2}),
        ('/search query:"cease-fire talks"', ("search",), {"query": "cease-fire talks"}),
        ("/search what's new", ("search",), {"query": "what's new"}),
        ("/brief japan", ("brief",), {"about": "japan"}),
        ("/brief south korea since:3d", ("brief",), {"about": "south korea", "since": "3d"}),
        ("/story 3", ("story",), {"number": 3}),
        ("/search talks kind:wire lang:ja", ("search",), {"query": "talks", "kind": "wire", "lang": "ja"}),
        ("/country south korea since:2w", ("country",), {"name": "south korea", "since": "2w"}),
        ("/relations JPN CHN", ("relations",), {"first": "JPN", "second": "CHN"}),
        ('/relations first:"South Korea" second:Japan', ("relations",), {"first": "South Korea", "second": "Japan"}),
        ("/search event:SANCTION note:worthy", ("search",), {"event": "SANCTION", "query": "note:worthy"}),
        ("/search Iran 14:30 Re:Zero", ("search",), {"query": "Iran 14:30 Re:Zero"}),
        ('/search "event:talks" kind:"State media"', ("search",), {"query": '"event:talks"', "kind": "state_media"}),
        ("/digest now", ("digest", "now"), {}),
        ("/digest now Morning digest", ("digest", "now"), {"name": "Morning digest"}),
        ("/alerts add sanctions country:RUS", ("alerts", "add"), {"keywords": "sanctions", "country": "RUS"}),
        ("/summarize https://a.org/x?y=1", ("summarize",), {"url": "https://a.org/x?y=1"}),
        ("/digest schedule 08:00 Asia/Tokyo", ("digest", "schedule"), {"times": "08:00", "zone": "Asia/Tokyo"}),
    ],
)
def test_lines_are_read(line: str, path: tuple[str, ...], given: dict[str, object]) -> None:
    call = parse_line(line, ME)
    assert call.command.path == path
    assert dict(call.options) == given


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/nothing", "There is no command /nothing"),
        ("", "There is no command"),
        ("/digest", "/digest needs one of: schedule, edit, list, history, remove, now, preview. /help digest says"),
        ("/latest contry:japan", "/latest has no option “contry”. Did you mean country:japan?"),
        ("/latest pages:2", "Did you mean page:2?"),
        ("/story three", "must be a number"),
        ("/story 0", "must be at least 1"),
        ("/latest count:99", "must lie between 1 and 10"),
        ("/status now please", "is too much"),
        ("/privacy action:burn", "must be one of"),
        ("/search talks kind:blog", "must be one of"),
        ("/alerts add foo level:loud", "has no option “level”. It has keywords, country, pairs"),
        ("/country japan event:talks", "has no option “event”. It has name, since, page."),
        ("/brief japan times:08:00", 'For the words themselves, put them in quotes: "times:08:00"'),
        ("/relations japan", "second is missing"),
    ],
)
def test_mistakes_are_sentences(line: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_line(line, ME)


@given(st.text(max_size=200))
def test_any_line_is_a_call_or_a_sentence(line: str) -> None:
    try:
        assert parse_line(line, ME).command in COMMANDS
    except InputError as error:
        assert str(error).strip()


@given(st.text(alphabet=st.characters(blacklist_characters='"“”', blacklist_categories=("Cs", "Cc", "Z")), min_size=1))
def test_a_page_button_asks_for_the_same_thing(word: str) -> None:
    call = parse_line(f'/search "{word} talks" since:3d', ME)
    again = parse_line(command_line(call, 2), ME)
    assert again.number("page", 1) == 2
    assert again.text("since") == "3d"
    assert again.text("query").strip("“”") == f"{word} talks"


def test_names_are_as_discord_demands() -> None:
    for command in COMMANDS:
        for name in (*command.path, *(option.name for option in command.options)):
            assert name == name.lower()
            assert 1 <= len(name) <= 32
        for text in (command.description, *(option.description for option in command.options)):
            assert 1 <= len(text) <= 100
        required = [option.required for option in command.options]
        assert required == sorted(required, reverse=True)
        assert isinstance(Call(command=command, asker=ME).text("none"), str)
