"""ports.Messenger for the terminal: a delivery is printed."""

from rich.console import Console

from bot.chat.console.render import show
from bot.model import Delivery, Post, Receipt
from bot.ports import Clock, SendOutcome, Sent, TryLater


class ConsoleMessenger:
    """Prints each post whole.

    A terminal has no history to look in: a delivery whose receipt was lost is printed again.
    """

    def __init__(self, console: Console, clock: Clock) -> None:
        self._console, self._clock = console, clock

    async def send(self, delivery: Delivery) -> SendOutcome:
        """Sent, or TryLater when the terminal is gone."""
        now = self._clock.now()
        try:
            show(self._console, delivery.post, now)
        except OSError as problem:
            return TryLater(reason=f"The terminal cannot be written to: {problem.strerror or problem}.")
        return Sent(receipt=Receipt(message_id=f"console-{delivery.nonce}", at=now))

    async def edit(self, delivery: Delivery, receipt: Receipt) -> SendOutcome:
        """A terminal cannot take back what it printed: the new words are printed below."""
        del receipt
        return await self.send(delivery)

    async def find(self, delivery: Delivery) -> Receipt | None:
        """Never finds anything."""
        del delivery
        return None

    def pages(self, post: Post) -> tuple[Post, ...]:
        """A terminal scrolls: one page."""
        return (post,)
