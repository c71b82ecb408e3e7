"""Alerts in words, for any network."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model import Alert, AlertStatus, Button, Change, DigestItem, Post, PostItem, SourceLine
from bot.text.languages import language_notes, marked

_MAX_LINES = 5
"""Source lines under the story: the story's page has all."""
_FULL = 4
"""Stories of a bundle that are told with their points; the rest is headlines, so that a dozen fit one message."""
_BUNDLE_POINTS = 2
MOST_BUNDLED = 40
"""Stories in one bundle: nobody reads more on waking; the footer counts the rest."""

_HEADINGS: Mapping[AlertStatus, str] = {
    "unconfirmed": "UNCONFIRMED",
    "confirmed": "CONFIRMED",
    "corrected": "CORRECTED",
    "retracted": "RETRACTED",
}
_ONE_OUTLET = "Only one outlet reports this so far."
_ASKED = "You asked for this: /alerts list shows your alerts, /alerts remove stops one."
_FOLLOWED = "You follow this story: /unfollow stops it, /following shows all that you follow."


def alert_post(alert: Alert, zone: str = "UTC") -> Post:
    """The direct message of one alert. A story that one outlet alone reports says so before anything else."""
    item = alert.item
    kind = "Update" if item.update else "Alert"
    if alert.follows:
        kind = "A story that you follow"
    unconfirmed = item.independent <= 1
    return Post(
        heading=f"UNCONFIRMED · {kind}" if unconfirmed else kind,
        intro=_ONE_OUTLET if unconfirmed else None,
        items=(_item(item),),
        footer=_FOLLOWED if alert.follows else _ASKED,
        buttons=_buttons(alert),
        zone=zone,
        private=True,
    )


def bundle_post(alerts: Sequence[Alert], why: str, zone: str = "UTC") -> Post:
    """Several alerts in one message; `why` they come together, as a sentence."""
    shown, more = alerts[:MOST_BUNDLED], len(alerts) - MOST_BUNDLED
    items = [_short(_item(alert.item), full=number < _FULL) for number, alert in enumerate(shown)]
    rest = f"{more} more stories matched: /latest shows what is new. " if more > 0 else ""
    return Post(
        heading=f"{len(alerts)} alerts",
        intro=why,
        items=tuple(items),
        footer=rest + _ASKED,
        buttons=(
            Button(label="Mute all 24 h", action="/alerts mute all"),
            Button(label="My alerts", action="/alerts list"),
        ),
        zone=zone,
        private=True,
    )


def revised(post: Post, number: int, status: AlertStatus, item: DigestItem, changes: Sequence[Change]) -> Post:
    """The message `post` after the story of that number has become `status`: its words stay, but for what is no longer
    so. `item` is how the story stands now, `changes` what was put right since.
    """
    rows = tuple(_revised(row, status, item, changes) if row.number == number else row for row in post.items)
    if len(post.items) != 1:
        return replace(post, items=rows)
    return replace(post, heading=_heading(status, post.heading), intro=_intro(status, item), items=rows)


def _heading(status: AlertStatus, before: str) -> str:
    kind = before.rpartition(" · ")[2]
    return f"{_HEADINGS[status]} · {kind}" if status in _HEADINGS else kind


def _intro(status: AlertStatus, item: DigestItem) -> str | None:
    outlets = _ONE_OUTLET if item.independent <= 1 else f"{item.independent} independent outlets report this now."
    match status:
        case "retracted":
            return "The outlets that reported this have taken it back."
        case "corrected":
            return f"What was first reported has been corrected. {outlets}"
        case "unconfirmed" | "confirmed":
            return outlets
        case "plain":
            return None


def _revised(row: PostItem, status: AlertStatus, item: DigestItem, changes: Sequence[Change]) -> PostItem:
    said = tuple(words for words in map(_changed, changes) if words not in row.points)
    return replace(
        row,
        badge=status if status in _HEADINGS else row.badge,
        points=(*said, *row.points),
        lines=_newest(item.lines) if row.lines else (),
        note="; ".join(filter(None, (_coverage(item), (row.note or "").partition("; ")[2]))),  # its words stay
    )


def _short(row: PostItem, *, full: bool) -> PostItem:
    if full:
        return replace(row, points=row.points[:_BUNDLE_POINTS])
    return replace(row, points=(), lines=())


def _item(item: DigestItem) -> PostItem:
    badge = "unconfirmed" if item.independent <= 1 else "update" if item.update else None
    return PostItem(
        title=item.headline,
        url=item.url,
        number=item.number or None,
        badge=badge,
        points=(*map(_changed, item.changes), *(marked(point.text, point.translated) for point in item.summary.points)),
        lines=_newest(item.lines),
        note="; ".join((_coverage(item), *language_notes(item.original, item.summary.untranslated))),
        into=item.into,
    )


def _newest(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    return lines[-_MAX_LINES:]


def _buttons(alert: Alert) -> tuple[Button, ...]:
    """Each is a command line, so that it works after a restart and can be typed in the console."""
    number = alert.item.number
    line = " ".join(filter(None, (f"/story {number}", alert.item.into)))
    story = [Button(label=f"Story {number}", action=line)] if number else []
    more = Button(label="More like this", action=f"/alerts more {number}")
    mute = Button(label="Mute 24 h", action=f"/alerts mute {alert.rule_id}")
    if alert.follows:
        return (*story, more, mute, Button(label="Unfollow", action=f"/unfollow {alert.rule_id}"))
    follow = [Button(label="Follow story", action=f"/follow {number}"), more] if number else []
    return (*story, *follow, mute, Button(label="Stop", action=f"/alerts stop {alert.rule_id}"))


def _changed(change: Change) -> str:
    return f"Changed: “{change.was}” is now “{change.now}”."


def _coverage(item: DigestItem) -> str:
    outlets = "1 outlet" if item.independent <= 1 else f"{item.independent} independent outlets"
    return f"{outlets}, {item.copies} republishing" if item.copies else outlets
