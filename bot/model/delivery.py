"""Messages on their way: recorded before they are sent."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.model.message import Post
from bot.model.subscription import Target

DeliveryState = Literal["due", "claimed", "unknown", "sent", "failed", "dead"]

NONCE_LENGTH = 25
"""Discord refuses a longer nonce (Create Message, field `nonce`)."""


EDIT = ":edit:"
"""Stands in the key of every edit, after the key of its message."""


def nonce_of(key: str) -> str:
    """The nonce of the delivery `key`: the same for every try, over restarts, and at most 25 characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:NONCE_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the network answered: the id of the message that now stands there.

    `look` is the network's own word for how it is laid out, where an edit has to keep to that; None: not known. `by` is
    its id of whom the message stands under, where that is not the bot itself: only they can edit it.
    """

    message_id: str
    at: datetime
    look: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message: `key` names it for ever (subscription or rule, slot or story version, part).

    due -> claimed (a lease until `lease_until`) -> sent | failed (tried again at `next_try`) | dead (given up:
    `problem`). A claim whose lease ran out is `unknown`: it may stand in the channel, and is looked for before any
    second send.

    `edits` makes it an edit: not a message of its own, but new words for the one that the delivery with that key put
    there. It waits for that one, may be repeated without harm, and yields to a later edit of the same message.
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
    edits: str | None = None

    @property
    def nonce(self) -> str:
        """What makes the network drop a repeated send within its window, and what the message is known again by: an
        edited message keeps its own.
        """
        return nonce_of(self.edits or self.key)


def edit_of(sent: Delivery, post: Post, version: str, now: datetime) -> Delivery:
    """New words for the message of `sent`. `version` tells the edits of one message apart: the same one is recorded
    once.
    """
    key = f"{sent.edits or sent.key}{EDIT}{version}"
    return replace(
        sent,
        key=key,
        slot_id=key,
        part=0,
        parts=1,
        post=post,
        state="due",
        attempts=0,
        created=now,
        next_try=now,
        lease_until=None,
        receipt=None,
        problem=None,
        edits=sent.edits or sent.key,
    )
