"""How a story stands, and what has become of one that was told: decisions only."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from bot.model import AlertStatus, Change, Member, SourceLine, Standing, Story, Telling

Move = Literal["none", "weak", "strong"]

_TAKEN_BACK = re.compile(
    r"\W*(?:retract(?:ed|ion)|withdrawn|story (?:withdrawn|killed)|kill(?:ed)?:|advisory: (?:story|withdraw)"
    r"|(?:dépêche|article) (?:annulée?|retirée?)|retrait de|zurückgezogen|nota retirada|retractado|anulada?:"
    r"|отозвано|記事取り消し|取り消し|撤稿|撤回報道)",
    re.IGNORECASE,
)
"""How outlets and agencies begin the title of a report that they take back."""


def standing(story: Story, lines: Sequence[SourceLine], independent: int) -> Standing:
    """How `story` stands for somebody who sees `lines` of it, of `independent` outlets."""
    seen = {line.article_id for line in lines}
    updates = [member for member in story.members if member.article_id in seen and member.relation == "updates"]
    return Standing(
        version=story.version,
        independent=independent,
        events=story.events,
        phase=story.phase,
        corrections=_changes(member for member in updates if member.of == member.article_id),
        developments=_changes(member for member in updates if member.of != member.article_id),
        retracted=_taken_back(lines),
    )


def _changes(members: Iterable[Member]) -> tuple[Change, ...]:
    return tuple(dict.fromkeys(change for member in members for change in member.changes))


def _taken_back(lines: Sequence[SourceLine]) -> bool:
    """Whether the newest report of every outlet says that it is taken back."""
    newest = {line.outlet: line for line in lines}
    return bool(newest) and all(line.relation != "copy" and _TAKEN_BACK.match(line.title) for line in newest.values())


def first_status(now: Standing) -> AlertStatus:
    """What an alert says when it tells a story for the first time."""
    return "unconfirmed" if now.independent <= 1 else "plain"


def status(now: Standing, told: Telling) -> AlertStatus:
    """What the message of `told` has to say now."""
    if now.retracted:
        return "retracted"
    if told.status in ("corrected", "retracted") or new_corrections(now, told):
        return "corrected"
    return "confirmed" if told.status == "unconfirmed" and now.independent > 1 else told.status


def new_corrections(now: Standing, told: Telling) -> tuple[Change, ...]:
    """What outlets have put right in their own articles since."""
    return tuple(change for change in now.corrections if change not in told.standing.corrections)


def outdated(now: Standing, told: Telling) -> bool:
    """Whether the message of `told` says what is no longer so: it is to be edited."""
    confirmed = told.standing.independent <= 1 < now.independent and told.status in ("unconfirmed", "corrected")
    return status(now, told) != told.status or bool(new_corrections(now, told)) or confirmed


def edited(now: Standing, told: Telling) -> Telling:
    """`told` after its message was edited. Events, developments and phase are still to be told: an edit tells none."""
    before = told.standing
    return Telling(
        story_id=told.story_id,
        number=told.number,
        status=status(now, told),
        delivery=told.delivery,
        rule=told.rule,
        standing=Standing(
            version=now.version,
            independent=now.independent,
            events=before.events,
            phase=before.phase,
            corrections=now.corrections,
            developments=before.developments,
            retracted=now.retracted,
        ),
    )


def moved(now: Standing, before: Standing, *, follows: bool = False) -> Move:
    """Whether there is something to tell anew. Strong: another kind of event, or a fact that later reports put
    differently. Weak: it left its first hours. More outlets alone are none, but to those who follow the story: they
    hear of the second one, and of corrections.
    """
    if now.version <= before.version:
        return "none"
    if set(now.events) - set(before.events) or set(now.developments) - set(before.developments):
        return "strong"
    if follows and (set(now.corrections) - set(before.corrections) or now.retracted != before.retracted):
        return "strong"
    if follows and before.independent <= 1 < now.independent:
        return "strong"
    return "weak" if now.phase != before.phase and now.phase == "developing" else "none"
