"""Typed lines, and values from any network, onto calls of commands: parsed and checked, or refused in words."""

import difflib
import re
from collections.abc import Mapping

from bot.chat.commands import COMMANDS, Asker, Call, Command, Option, Value
from bot.errors import InputError

_BY_PATH = {command.path: command for command in COMMANDS}


def find(words: list[str]) -> tuple[Command, list[str]]:
    """The command that `words` begin with, and the words after it; InputError names what stands near."""
    for length in (2, 1):
        command = _BY_PATH.get(tuple(word.lower() for word in words[:length]))
        if command is not None and len(words) >= length:
            return command, words[length:]
    name = words[0].lower() if words else ""
    family = [command.path[-1] for command in COMMANDS if command.path[0] == name]
    if family:
        raise InputError(f"/{name} needs one of: {', '.join(family)}. /help {name} says what each does.")
    raise InputError(f"There is no command /{words[0][:40] if words else ''}. Type /help for the list.")


def parse_line(line: str, asker: Asker) -> Call:
    """A call from a typed line or a button: `/search "cease-fire talks" country:JPN page:2`.

    Options are `name:value` anywhere, or by position; the first greedy option takes all loose words. InputError says
    what is missing or wrong and shows the usage.
    """
    text = line.strip().removeprefix("/")
    command, words = find(_split(text))
    given: dict[str, str] = {}
    loose: list[str] = []
    names = {option.name for option in command.options}
    for word in words:
        name, colon, value = word.partition(":")
        if colon and name.lower() in names and value:
            quoted = len(value) > 2 and value.startswith('"') and value.endswith('"')
            given[name.lower()] = value[1:-1] if quoted else value
        else:
            if colon and value:
                _refuse_unknown(command, name, value)
            loose.append(word)
    _place_loose(command, loose, given)
    return Call(command=command, asker=asker, options=checked(command, given))


ALIKE = 0.75
"""How alike a word and an option must be for the word to be taken for the option misspelt: "contry" is .92 like
"country" and "lng" .86 like "lang"; a search for "event:" or "notes:" is still a search.
"""


_ELSEWHERE = frozenset(option.name for command in COMMANDS for option in command.options)


def _refuse_unknown(command: Command, name: str, value: str) -> None:
    """InputError for what looks like an option and is none: taken for words, a filter would silently filter nothing.

    Words that merely have a colon pass: addresses, times, what is quoted, and in free searches what is no option of
    any command.
    """
    names = [option.name for option in command.options]
    if not name.isidentifier() or value.startswith("//"):
        return
    if near := difflib.get_close_matches(name.lower()[:40], sorted(names), n=1, cutoff=ALIKE):
        raise InputError(f"/{command.name} has no option “{name[:40]}”. Did you mean {near[0]}:{value[:40]}?")
    free = any(option.name in ("query", "about") for option in command.options)
    if name.isascii() and name.islower() and (name in _ELSEWHERE or not free):
        has = f"It has {', '.join(names)}." if names else "It takes none."
        quoted = f' For the words themselves, put them in quotes: "{name}:{value[:40]}".' if free else ""
        raise InputError(f"/{command.name} has no option “{name[:40]}”. {has}{quoted}")


_WORD = re.compile(r'[^\s"]*"[^"]*"|\S+')


def _split(text: str) -> list[str]:
    """Words; a quoted phrase stays one word and keeps its quotation marks, as searches need them."""
    return _WORD.findall(text)


def _place_loose(command: Command, loose: list[str], given: dict[str, str]) -> None:
    free = [option for option in command.options if option.name not in given]
    for option in free:
        if not loose:
            return
        if option.greedy:
            given[option.name] = " ".join(loose)
            loose.clear()
        else:
            given[option.name] = loose.pop(0)
    if loose:
        raise InputError(f"“{' '.join(loose)[:60]}” is too much. Usage: {command.usage}")


def checked(command: Command, given: Mapping[str, Value]) -> dict[str, Value]:
    """Options of the right kind and within their limits; InputError otherwise. Used for every network."""
    result: dict[str, Value] = {}
    for option in command.options:
        if option.name in given:
            result[option.name] = _checked_value(option, given[option.name])
        elif option.required:
            raise InputError(f"{option.name} is missing. Usage: {command.usage}")
    return result


def _checked_value(option: Option, value: Value) -> Value:
    if option.kind == "integer":
        try:
            number = int(value)
        except ValueError:
            raise InputError(f"{option.name} must be a number, not “{str(value)[:40]}”.") from None
        low, high = option.minimum, option.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            bounds = f"be at least {low}" if high is None else f"lie between {low} and {high}"
            raise InputError(f"{option.name} must {bounds}.")
        return number
    if option.kind == "boolean":
        return value if isinstance(value, bool) else str(value).lower() in {"true", "yes", "on", "1"}
    text = str(value).strip()
    return _choice(option, text) if option.choices else text[:500]


def _choice(option: Option, text: str) -> str:
    """The choice that was typed, in any case, with spaces or without: "State media" is state_media."""
    plain = "_".join(text.casefold().split())
    for choice in option.choices:
        if choice.casefold() == plain:
            return choice
    raise InputError(f"{option.name} must be one of: {', '.join(option.choices)}.")
