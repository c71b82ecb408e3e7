"""On the way to the outbox: whose messenger a target needs, and a post's parts as deliveries under their keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Delivery, Post, Target, TargetKind
from bot.ports import Messenger


class Messengers(Protocol):
    """The messenger of each kind of target; None for one that this process does not serve."""

    def of(self, kind: TargetKind) -> Messenger | None:
        """By the target's kind."""


def deliveries(owner: str, slot: str, target: Target, posts: Sequence[Post], now: datetime) -> tuple[Delivery, ...]:
    """The messages of one slot or alert, each under its own key."""
    return tuple(
        Delivery(
            key=f"{slot}:{part}",
            owner_id=owner,
            slot_id=slot,
            part=part,
            parts=len(posts),
            target=target,
            post=post,
            created=now,
            next_try=now,
        )
        for part, post in enumerate(posts)
    )
