"""An alert in words, for any network."""

from bot.model import Alert, Button, Change, DigestItem, Post, PostItem

_MAX_LINES = 5
"""Source lines under the story: the story's page has all."""


def alert_post(alert: Alert, zone: str = "UTC") -> Post:
    """The direct message of one alert. A story that one outlet alone reports says so before anything else."""
    item = alert.item
    kind = "Update" if item.update else "Alert"
    unconfirmed = item.independent <= 1
    return Post(
        heading=f"UNCONFIRMED · {kind}" if unconfirmed else kind,
        intro="Only one outlet reports this so far." if unconfirmed else None,
        items=(_item(item, unconfirmed=unconfirmed),),
        footer="You asked for this: /alerts list shows your alerts, /alerts remove stops one.",
        buttons=_buttons(alert),
        zone=zone,
        private=True,
    )


def _item(item: DigestItem, *, unconfirmed: bool) -> PostItem:
    badge = "unconfirmed" if unconfirmed else "update" if item.update else None
    return PostItem(
        title=item.headline,
        url=item.url,
        number=item.number or None,
        badge=badge,
        points=(*(_changed(change) for change in item.changes), *(point.text for point in item.summary.points)),
        lines=item.lines[-_MAX_LINES:],
        note=_coverage(item),
    )


def _buttons(alert: Alert) -> tuple[Button, ...]:
    mine = Button(label="My alerts", action="/alerts list")
    number = alert.item.number
    return (Button(label=f"Story {number}", action=f"/story {number}"), mine) if number else (mine,)


def _changed(change: Change) -> str:
    return f"Changed: “{change.was}” is now “{change.now}”."


def _coverage(item: DigestItem) -> str:
    outlets = "1 outlet" if item.independent <= 1 else f"{item.independent} independent outlets"
    return f"{outlets}, {item.copies} republishing" if item.copies else outlets
