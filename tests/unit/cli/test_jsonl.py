"""JSON lines: one answer for each line, whatever goes wrong, ours included."""

from bot.cli.jsonl import OUR_FAULT, Answer, each_line
from bot.errors import InputError

LINES = [(number, b'{"id": %d}' % number) for number in range(1, 5)]


async def test_a_mistake_of_ours_with_one_line_takes_no_other_along() -> None:
    async def ask(line: bytes) -> int:
        number = int(line[7:-1])
        if number == 2:
            raise ZeroDivisionError
        return number

    def finish(number: int) -> Answer:
        if number == 3:
            raise KeyError("three")
        if number == 4:
            raise InputError("Four is too many.")
        return {"id": number}

    told: list[Answer] = []
    assert await each_line(iter(LINES), ask, finish, told.append) == 0
    assert told == [
        {"id": 1},
        {"id": 2, "error": {"code": "failed", "message": OUR_FAULT}},
        {"id": 3, "error": {"code": "failed", "message": OUR_FAULT}},
        {"id": 4, "error": {"code": "bad_input", "message": "Four is too many."}},
    ]
