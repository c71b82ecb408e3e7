"""When a digest comes and what it asks for, between what people type and the model: `/digest schedule`, `[[digests]]`.

Parsers raise InputError, whose sentence says what to write instead.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import InputError
from bot.model import EventType, Filter, Schedule, Source
from bot.model.subscription import MOST_HOURS
from bot.service.naming import actor_name, countries_of
from bot.text.event_names import event_called, event_label, no_event
from bot.text.languages import LANGUAGES, language_called

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_SETS = {"daily": tuple(range(7)), "weekdays": (0, 1, 2, 3, 4), "weekends": (5, 6)}
MOST_VALUES = 20
"""Values of one wish of a filter: a sentence that lists more is read by nobody."""


def parse_schedule(
    times: str = "",
    days: str = "",
    zone: str = "UTC",
    *,
    every: int | None = None,
    live: bool = False,
    per_hour: int | None = None,
    per_day: int | None = None,
    now: datetime | None = None,
) -> Schedule:
    """A Schedule from what people type: "08:00,18:30", "weekdays" or "mon,fri", "Asia/Tokyo"; or `every` so many
    hours, from the one time of day in `times` or the next full hour after `now`; or `live`.
    """
    ways = [way for way, given in (("every", every is not None), ("live", live)) if given]
    if len(ways) > 1 or (live and times):
        raise InputError("Choose one way: times of day, every so many hours, or live.")
    if not ways and not times.strip():
        raise InputError("Say when: times:08:00,18:30, or every:6 (hours), or live:true (as it happens).")
    place, weekdays = parse_zone(zone), _weekdays(days)
    if every is not None:
        if not 1 <= every <= MOST_HOURS:
            raise InputError(f"every takes 1 to {MOST_HOURS} hours.")
        return Schedule(every=every, anchor=_anchor(times, place, now), weekdays=weekdays, zone=place)
    if live:
        return _live(weekdays, place, per_hour, per_day)
    if per_hour is not None or per_day is not None:
        raise InputError("per_hour and per_day are the caps of a live digest; give live:true with them.")
    return Schedule(times=_times(times), weekdays=weekdays, zone=place)


def _live(weekdays: tuple[int, ...], zone: str, per_hour: int | None, per_day: int | None) -> Schedule:
    hourly = per_hour if per_hour is not None else Schedule(live=True).per_hour
    daily = per_day if per_day is not None else max(Schedule(live=True).per_day, hourly)
    if not 1 <= hourly <= daily:
        raise InputError("per_hour must be at least 1, and per_day no less than per_hour.")
    return Schedule(live=True, weekdays=weekdays, zone=zone, per_hour=hourly, per_day=daily)


def _anchor(times: str, zone: str, now: datetime | None) -> datetime | None:
    """From when hours are counted; without a time of day the next full hour of the zone."""
    if now is None:
        return None
    local = now.astimezone(ZoneInfo(zone))
    if not times.strip():
        full = local.replace(minute=0, second=0, microsecond=0)
        return (full.astimezone(now.tzinfo) + timedelta(hours=1)).replace(tzinfo=now.tzinfo)
    chosen = _times(times)
    if len(chosen) > 1:
        raise InputError("With every, times takes one time of day: the one to count from.")
    return local.replace(hour=chosen[0].hour, minute=chosen[0].minute, second=0, microsecond=0).astimezone(now.tzinfo)


def parse_zone(zone: str) -> str:
    """An IANA zone by its name, whatever the case; InputError suggests some."""
    wanted = zone.strip().replace(" ", "_").casefold()
    names = _zones()
    if wanted in names:
        return names[wanted]
    near = sorted(name for plain, name in names.items() if plain.endswith("/" + wanted))
    hint = f" Did you mean {near[0]}?" if near else " Use a name such as Europe/Paris or Asia/Tokyo."
    raise InputError(f"“{zone[:40]}” is not an IANA time zone.{hint}")


@cache
def _zones() -> dict[str, str]:
    """All zones by their names in small letters, once: to list them is to open each of some 600 files."""
    return {name.casefold(): name for name in available_timezones()}


def _times(text: str) -> tuple[time, ...]:
    found: set[time] = set()
    for part in text.replace(";", ",").split(","):
        hour, colon, minute = part.strip().partition(":")
        if not (hour.isdecimal() and (minute.isdecimal() if colon else True)):
            raise InputError(f"“{part.strip()[:20]}” is not a time of day; write 08:00 or 08:00,18:30.")
        if int(hour) > 23 or int(minute or 0) > 59:
            raise InputError(f"“{part.strip()[:20]}” is not a time of day between 00:00 and 23:59.")
        found.add(time(int(hour), int(minute or 0)))
    if len(found) > 24:
        raise InputError("A digest has at most 24 times a day.")
    return tuple(sorted(found))


def _weekdays(text: str) -> tuple[int, ...]:
    wanted = text.strip().lower() or "daily"
    if wanted in _DAY_SETS:
        return _DAY_SETS[wanted]
    chosen: set[int] = set()
    for part in wanted.replace(";", ",").split(","):
        day = part.strip()[:3]
        if day not in DAYS:
            raise InputError(f"“{part.strip()[:20]}” is not a day; write daily, weekdays, weekends, or mon,wed,fri.")
        chosen.add(DAYS.index(day))
    return tuple(sorted(chosen))


# --- filters ----------------------------------------------------------------------------------------------------


def parse_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of actors: "Japan+USA, China+India"."""
    pairs: list[tuple[str, str]] = []
    for part in _parts(text):
        names = [name for name in part.split("+") if name.strip()]
        if len(names) != 2:
            raise InputError(f"“{part[:40]}” is no pair; write Japan+USA, and commas between pairs.")
        first, second = (countries_of(name) for name in names)
        if first == second:
            raise InputError(f"“{part[:40]}” names one country twice.")
        pairs.append((first[0], second[0]))
    return tuple(dict.fromkeys(pairs))


def parse_events(text: str) -> tuple[EventType, ...]:
    """Types of event: "sanctions, AGREE"."""
    return tuple(dict.fromkeys(map(parse_event, _parts(text))))


def parse_event(text: str) -> EventType:
    """The one type that a word or a code names."""
    found = event_called(text)
    if found is None:
        raise InputError(no_event(text))
    return found


def parse_sources(text: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """The ids of the sources that are named, by name, address or id."""
    by_name: dict[str, str] = {}
    for source in sources:
        for name in (source.name, source.url, source.id):
            by_name.setdefault(name.casefold(), source.id)
    found = []
    for part in _parts(text):
        if part.casefold() not in by_name:
            raise InputError(f"There is no source called “{part[:60]}” here. See /sources list.")
        found.append(by_name[part.casefold()])
    return tuple(dict.fromkeys(found))


def parse_languages(text: str) -> tuple[str, ...]:
    """ISO 639-1 codes: "en, Japanese"."""
    found = []
    for part in _parts(text):
        code = language_called(part)
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise InputError(f"“{part.casefold()[:20]}” is no language that I know; write a code such as en, fr or ja.")
        found.append(code)
    return tuple(dict.fromkeys(found))


def parse_topics(text: str) -> tuple[str, ...]:
    """Words or phrases, one of which a story must hold."""
    return tuple(dict.fromkeys(_parts(text)))


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if len(parts) > MOST_VALUES:
        raise InputError(f"That is a list of {len(parts)}; at most {MOST_VALUES} are taken.")
    return parts


# --- in words ---------------------------------------------------------------------------------------------------


def schedule_words(schedule: Schedule) -> str:
    """When it comes: "at 08:00, 18:30 Asia/Tokyo, Monday to Friday"."""
    days = _day_words(schedule.weekdays)
    if schedule.live:
        cap = f"at most {_count(schedule.per_hour, 'story', 'stories')} an hour and {schedule.per_day} a day"
        return f"as it happens, {days}, {cap} ({schedule.zone})"
    if schedule.every is not None:
        hours = "every hour" if schedule.every == 1 else f"every {schedule.every} hours"
        return f"{hours}, {days} ({schedule.zone})"
    return f"at {', '.join(f'{wall:%H:%M}' for wall in schedule.times)} {schedule.zone}, {days}"


def filter_words(asked: Filter, names: Mapping[str, str]) -> str:
    """What it asks for, after "stories": "about Japan, from The X"; "" for everything. `names`: of sources."""
    pairs = [f"{actor_name(first)} with {actor_name(second)}" for first, second in asked.pairs]
    about = _any_of([*map(actor_name, asked.countries), *pairs])
    sources = _any_of([names.get(source, "a source that is gone") for source in asked.sources])
    wishes = (
        f"about {about}" if about else "",
        f"of type {_any_of([*map(event_label, asked.events)])}" if asked.events else "",
        f"on {_any_of(asked.keywords)}" if asked.keywords else "",
        f"from {sources}" if sources else "",
        f"in {_any_of([LANGUAGES.get(code, code) for code in asked.languages])}" if asked.languages else "",
        f"of relevance {asked.minimum_relevance:.0%} or more" if asked.minimum_relevance > 0 else "",
        f"with {asked.minimum_sources} independent outlets or more" if asked.minimum_sources > 1 else "",
    )
    return ", ".join(wish for wish in wishes if wish)


def _any_of(values: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(values[:-1]), *values[-1:])))


def _day_words(weekdays: tuple[int, ...]) -> str:
    named = {tuple(range(7)): "every day", (0, 1, 2, 3, 4): "Monday to Friday", (5, 6): "Saturday and Sunday"}
    return named.get(weekdays) or ", ".join(DAYS[day].capitalize() for day in weekdays)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def moment(when: datetime | None, zone: str) -> str:
    """A moment as people read it in their zone: "Mon 5 Oct, 08:00 JST"; "never" for None."""
    if when is None:
        return "never"
    local = when.astimezone(ZoneInfo(zone))
    name = local.tzname() or "UTC"
    return f"{local:%a} {local.day} {local:%b, %H:%M} {f'UTC{name}' if name[:1] in '+-' else name}"
