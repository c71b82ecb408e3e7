"""A digest in words, for any network: renderers add only their markup."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import Button, Change, Digest, DigestItem, KeyPoint, Post, PostItem, SourceLine
from bot.text.languages import language_notes, marked

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Named here: those of the calendar module follow the machine's locale."""
_INSTEAD = "The language model could not be used for all points; those are the articles' own sentences."
CORRECTED = "corrected"
"""The badge of a story that was changed where it stands."""
_MAX_LINES = 5
"""Source lines under a story: enough to choose from; the story's page has all."""
_MAX_MISSED = 4
"""Missed slots that a header names; it counts the others."""
_MAX_NAMED = 3
"""Outlets named as new in an update: its source lines have the others."""
_MAX_BUTTONS = 10
"""Two rows of five on Discord."""


def digest_post(digest: Digest) -> Post:
    """The message of one digest; an empty one says so."""
    hidden = sum(story.at != "told" for story in digest.left_out)
    items = tuple(post_item(item) for item in digest.items)
    return Post(
        heading=digest.name,
        intro=_intro(digest),
        items=items,
        footer=_footer(hidden, digest.items),
        buttons=tuple(
            Button(label=f"Story {item.number}", action=item.story_line) for item in items if item.story_line
        )[:_MAX_BUTTONS],
        zone=digest.zone,
    )


def post_item(item: DigestItem) -> PostItem:
    """One story: headline, what changed, key points, one line for each outlet, and how well it is covered."""
    changed = (*(change_words(change) for change in item.changes), *_newer_words(item))
    return PostItem(
        title=item.headline,
        url=item.url,
        number=item.number or None,
        badge="update" if item.update else None,
        points=(*changed, *map(point_words, item.summary.points)),
        lines=_shown(item.lines),
        note="; ".join(_notes(item)) or None,
        known=item.known,
        into=item.into,
    )


def _notes(item: DigestItem) -> tuple[str, ...]:
    """How well it is covered, what outlets put differently, what was translated and what not."""
    languages = language_notes(item.original, item.summary.untranslated)
    return (*([item.aside] if item.aside else []), *_coverage_of_several(item), *item.differ, *languages)


def _newer_words(item: DigestItem) -> tuple[str, ...]:
    """Which outlets have written since the story was told."""
    outlets = list(dict.fromkeys(line.outlet for line in item.newer))
    if not outlets:
        return ()
    named = outlets[:_MAX_NAMED]
    more = f" and {len(outlets) - len(named)} more" if len(outlets) > len(named) else ""
    latest = item.newer[-1]
    headline = f": “{latest.title}”" if latest.title and latest.title != (item.original or item.headline) else ""
    return (f"New since it was told, from {', '.join(named)}{more}{headline}.",)


def point_words(point: KeyPoint) -> str:
    """A key point as it is shown: marked as background where readers know it, with its outlet where its number is that
    outlet's alone, and as translated.
    """
    before = "Background: " if point.background else f"{point.outlet}: " if point.outlet else ""
    return marked(before + point.text, point.translated)


def _coverage_of_several(item: DigestItem) -> tuple[str, ...]:
    """Nothing for one outlet without copies: its line says so."""
    return (coverage(item.independent, item.copies),) if item.independent > 1 or item.copies else ()


def coverage(independent: int, copies: int) -> str:
    """How many outlets stand behind a story: "3 independent outlets, 2 republishing"."""
    words = "1 outlet" if independent <= 1 else f"{independent} independent outlets"
    return f"{words}, {copies} republishing" if copies else words


def change_words(change: Change) -> str:
    """One correction as a sentence."""
    return f"Changed: “{change.was}” is now “{change.now}”."


def corrected(item: PostItem, now: DigestItem, *, words_only: bool = False) -> PostItem:
    """A posted story as it reads after a correction: with its points of now, or (`words_only`) those that it had."""
    said = tuple(change_words(change) for change in now.known if change not in item.known)
    known = tuple(dict.fromkeys((*item.known, *now.known)))
    if words_only:
        return replace(item, badge=CORRECTED, points=(*said, *item.points), known=known)
    fresh = post_item(now)
    return replace(fresh, badge=CORRECTED, points=(*said, *map(point_words, now.summary.points)), known=known)


def period(since: datetime | None, until: datetime, zone: str) -> str:
    """The time that a digest covers, in its zone: "Monday 5 October, 07:00–08:00 JST"."""
    local = ZoneInfo(zone)
    end = until.astimezone(local)
    if since is None:
        return f"{_day(end)}, {end:%H:%M} {_zone_name(end)}"
    start = since.astimezone(local)
    if start.date() == end.date():
        return f"{_day(end)}, {start:%H:%M}–{end:%H:%M} {_zone_name(end)}"
    return f"{_day(start)}, {start:%H:%M} – {_day(end)}, {end:%H:%M} {_zone_name(end)}"


def _intro(digest: Digest) -> str:
    lines = (_lead(digest), _missed(digest), _late(digest), digest.notice)
    return "\n".join(line for line in lines if line)


def _lead(digest: Digest) -> str:
    when = period(digest.since, digest.until, digest.zone)
    if not digest.items:
        return f"Nothing new · {when}"
    outlets = len({line.outlet for item in digest.items for line in item.lines})
    words = f"{_count(len(digest.items), 'story', 'stories')} from {_count(outlets, 'outlet', 'outlets')}"
    updates = sum(item.update for item in digest.items)
    corrections = sum(bool(item.changes) for item in digest.items)
    if updates:
        words += (
            f", {_count(updates, 'update', 'updates')} among them" if updates < len(digest.items) else ", all updates"
        )
    if corrections:
        words += f", {_count(corrections, 'correction', 'corrections')} of what was told before"
    return f"{words} · {when}"


def _missed(digest: Digest) -> str | None:
    """Which slots were missed, in the zone: "This also covers the digests of Mon 09:00 and Mon 12:00, …"."""
    if not digest.missed:
        return None
    local = [moment.astimezone(ZoneInfo(digest.zone)) for moment in digest.missed]
    named = [f"{_DAYS[moment.weekday()][:3]} {moment:%H:%M}" for moment in local[-_MAX_MISSED:]]
    if len(local) > len(named):
        named = [f"{len(local) - len(named)} earlier ones", *named]
    which = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    digests = "the digest" if len(local) == 1 else "the digests"
    return f"This also covers {digests} of {which}. {digest.why or ''}".rstrip()


def _late(digest: Digest) -> str | None:
    if digest.late is None:
        return None
    minutes = max(1, round(digest.late.total_seconds() / 60))
    return f"It comes {minutes} minutes late." if minutes < 120 else f"It comes {round(minutes / 60)} hours late."


def _footer(hidden: int, items: tuple[DigestItem, ...]) -> str | None:
    words = []
    if hidden:
        words.append(f"{_count(hidden, 'story was', 'stories were')} left out; /digest preview says which and why.")
    instead = [item.summary.fallback for item in items if item.summary.fallback]
    if instead:
        whose = _count(len(instead), "story", "stories") if len(instead) < len(items) else "All stories"
        words.append(f"{whose}: {instead[0]}" if len(set(instead)) == 1 else f"{whose}: {_INSTEAD}")
    return " ".join(words) or None


def _shown(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """The newest line of each outlet, oldest first; originals before copies where there is no room for all."""
    newest = {line.outlet: line for line in lines}
    chosen = sorted(newest.values(), key=lambda line: (line.relation == "copy", line.when, line.article_id))[
        :_MAX_LINES
    ]
    return tuple(sorted(chosen, key=lambda line: (line.when, line.article_id)))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _day(moment: datetime) -> str:
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]}"


def _zone_name(moment: datetime) -> str:
    """Letters such as JST; zones without letters of their own ("+03") are named by their offset."""
    name = moment.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name
