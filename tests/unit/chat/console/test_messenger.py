"""Deliveries to the console."""

import io

from bot.chat.console.look import make_console
from bot.chat.console.messenger import ConsoleMessenger
from bot.model import Delivery, Target
from bot.ports import Messenger, Sent, TryLater
from tests.unit.chat.console.posts import DIGEST, NOW, FixedClock

DELIVERY = Delivery(
    key="digest:1:2026-11-22:1",
    owner_id="1",
    slot_id="2026-11-22",
    part=1,
    parts=1,
    target=Target(kind="console", id="console"),
    post=DIGEST,
    created=NOW,
    next_try=NOW,
)


class GoneTerminal(io.StringIO):
    """A file whose reader went away."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


async def test_a_delivery_is_printed_and_receipted() -> None:
    file = io.StringIO()
    messenger: Messenger = ConsoleMessenger(make_console(file), FixedClock())
    outcome = await messenger.send(DELIVERY)
    assert isinstance(outcome, Sent)
    assert outcome.receipt.at == NOW
    assert outcome.receipt.message_id == f"console-{DELIVERY.nonce}"
    assert "Morning brief" in file.getvalue()


async def test_it_has_no_history_and_one_page() -> None:
    messenger: Messenger = ConsoleMessenger(make_console(io.StringIO()), FixedClock())
    await messenger.send(DELIVERY)
    assert await messenger.find(DELIVERY) is None
    assert messenger.pages(DIGEST) == (DIGEST,)


async def test_a_terminal_that_is_gone_is_an_outcome() -> None:
    outcome = await ConsoleMessenger(make_console(GoneTerminal()), FixedClock()).send(DELIVERY)
    assert isinstance(outcome, TryLater)
    assert "Broken pipe" in outcome.reason
