"""Messages on their way: recorded before they are sent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.message import Post
from bot.model.subscription import Target

DeliveryState = Literal["due", "claimed", "unknown", "sent", "failed", "dead"]

NONCE_LENGTH = 25
"""Discord refuses a longer nonce (Create Message, field `nonce`)."""


def nonce_of(key: str) -> str:
    """The nonce of the delivery `key`: the same for every try, over restarts, and at most 25 characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:NONCE_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the network answered: the id of the message that now stands there."""

    message_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message: `key` names it for ever (subscription or rule, slot or story version, part).

    due -> claimed (a lease until `lease_until`) -> sent | failed (tried again at `next_try`) | dead (given up:
    `problem`). A claim whose lease ran out is `unknown`: it may stand in the channel, and is looked for before any
    second send.
    """

    key: str
    owner_id: str
    slot_id: str
    part: int
    parts: int
    target: Target
    post: Post
    state: DeliveryState = "due"
    attempts: int = 0
    created: datetime
    next_try: datetime
    lease_until: datetime | None = None
    receipt: Receipt | None = None
    problem: str | None = None

    @property
    def nonce(self) -> str:
        """What makes the network drop a repeated send within its window."""
        return nonce_of(self.key)
