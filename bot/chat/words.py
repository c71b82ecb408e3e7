"""How values are put into words: the rows, notes and buttons that answers are made of. Plain text, no markup."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.commands import Asker, Call
from bot.errors import InputError
from bot.model import Button, DigestItem, Event, EventType, PostItem, Query, Story, Tense
from bot.ports import Json, Reading
from bot.service.evidence import Grounds
from bot.service.explaining import Explanation
from bot.service.lookup import preview
from bot.service.naming import actor_name, countries_named, countries_of
from bot.service.relations import Dealing
from bot.service.schedules import moment, parse_languages
from bot.service.stories import coverage, period, post_item
from bot.text.event_names import event_label, event_name
from bot.text.languages import language_name

NONE = frozenset({"all", "any", "none", "-"})
"""What people type to take a restriction or a choice away."""

RELATIONS = {"starts": "first report", "updates": "updated", "copy": "republished"}
"""What a reader is told of an article's place in its story; that it joins goes without saying."""


_QUOTED = re.compile(r'"([^"]*)"')
"""A phrase travels in a button as “phrase”, for straight marks hold an option together."""


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun: "1 story", "3 stories"."""
    return f"{count} {one if count == 1 else many}"


def about(codes: tuple[str, ...]) -> str:
    """What follows a heading: " about Japan and the United States"; "" for none."""
    names = [actor_name(code) for code in codes]
    return f" about {' and '.join(names)}" if names else ""


def brief_heading(topic: str, filters: Query) -> str:
    """What a brief is on: the countries that its words name by their names, else the words, else its filters."""
    if topic:
        return f"Brief: {' and '.join(map(actor_name, countries_named(topic))) or topic}{filtered(filters)}"
    if filters == Query(limit=filters.limit):
        return "Brief: everything"
    return "Brief" + filtered(filters)


def filtered(query: Query) -> str:
    """What follows a heading for its filters: " about Japan (SANCTION, wire, in English)"; "" for none."""
    language = f"in {language_name(query.language)}" if query.language else None
    source = f"from {query.source}" if query.source else None
    others = ", ".join(
        filter(None, (query.event and event_name(query.event), (query.kind or "").replace("_", " "), source, language))
    )
    return about(query.countries) + (f" ({others})" if others else "")


def story_item(item: DigestItem, *, points: int = 2) -> PostItem:
    """A story as a row: headline, key points, outlets."""
    return post_item(replace(item, summary=replace(item.summary, points=item.summary.points[:points])))


def one_language(call: Call) -> str | None:
    """The language that the option `language` names; None without it; InputError for several."""
    found = parse_languages(call.text("language"))
    if len(found) > 1:
        raise InputError("language takes one language, such as en.")
    return found[0] if found else None


def language_or_none(call: Call) -> str | None:
    """The same, and None too for "-", "none" and the like."""
    return None if call.text("language").casefold() in NONE else one_language(call)


def told_in(language: str | None, *, translates: bool) -> str:
    """How stories are told, after "stories are told": "in Japanese where that can be had"."""
    if language is None:
        return "in the language of their articles"
    where = "where that can be had" if translates else "where an article is: no language model translates here"
    return f"in {language_name(language)} {where}"


def article_item(reading: Reading, names: dict[str, str], *, points: int = 1) -> PostItem:
    """An article as a row."""
    return post_item(preview(reading, names, points=points))


def grounds_item(number: int, grounds: Grounds) -> PostItem:
    """A key point and the sentences that it rests on."""
    passages = tuple(f"{passage.outlet}: {passage}" for passage in grounds.passages)
    url = next((passage.url for passage in grounds.passages if passage.url), None)
    missing = None if passages else "Its articles are no longer kept."
    return PostItem(title=f"{number}. {grounds.point}", url=url, points=passages, note=missing)


_DID: Mapping[EventType, str] = {
    "AGREE": "agreed with", "CONSULT": "met or talked with", "SUPPORT": "backed", "CONCEDE": "gave way to",
    "COOPERATE": "worked with", "AID": "gave aid to", "RETREAT": "drew back from", "REQUEST": "asked",
    "ACCUSE": "accused or criticized", "REJECT": "refused", "THREATEN": "warned or threatened",
    "PROTEST": "protested against", "SANCTION": "sanctioned or cut ties with", "MOBILIZE": "moved forces towards",
    "COERCE": "coerced", "ASSAULT": "attacked",
}  # fmt: skip
"""What a ledger says of each PLOVER root."""
_TENSES: Mapping[Tense, str] = {"future": "planned", "ongoing": "under way", "hypothetical": "possible"}


def one_actor(text: str) -> str:
    """The code of the one country or organisation that is named; InputError otherwise."""
    codes = countries_of(text.strip('"“” '))
    if len(codes) != 1:
        raise InputError("Name one country or organisation, such as Japan or NATO.")
    return codes[0]


def dealing_item(dealing: Dealing, reading: Reading, names: dict[str, str]) -> PostItem:
    """A line of a ledger: who did what to whom, and the article that says so."""
    event, row = dealing.event, article_item(reading, names)
    source, target = actor_name(dealing.source), actor_name(dealing.target)
    return replace(
        row,
        title=f"{source} {_DID[event.type]} {target}",
        number=dealing.story or None,
        badge=", ".join((event_name(event.type), *_standing(event))),
        points=(reading.article.title,),
    )


def event_words(event: Event) -> str:
    """What kind of event it is and how it stands: "CONSULT (talks, meeting), planned"."""
    return ", ".join((event_label(event.type), *_standing(event)))


def _standing(event: Event) -> tuple[str, ...]:
    """Nothing for what was done."""
    return tuple(filter(None, (_TENSES.get(event.tense), "denied or refused" if event.negated else None)))


def page_of(page: int, total: int, size: int, one: str, many: str) -> str:
    """How many there are, and where we stand: "12 stories, page 2 of 3"."""
    pages = max(1, -(-total // size))
    count = f"More than {total} {many}" if total >= 1000 else plural(total, one, many)
    return count if pages == 1 else f"{count}, page {page} of {pages}"


def past_the_end(total: int, size: int) -> str:
    """What a page after the last one says."""
    pages = -(-total // size)
    return "There is only one page." if pages == 1 else f"There are only {pages} pages."


def page_buttons(call: Call, page: int, total: int, size: int) -> tuple[Button, ...]:
    """Earlier and later pages of the same command."""
    buttons = []
    if page > 1:
        buttons.append(Button(label="Newer", action=command_line(call, page - 1)))
    if page * size < total and page < 100:
        buttons.append(Button(label="Older", action=command_line(call, page + 1)))
    return tuple(buttons)


def command_line(call: Call, page: int) -> str:
    """The call as a typed line, for another page."""
    words = [f"/{call.command.name}"]
    for name, value in call.options.items():
        if name != "page":
            text = _QUOTED.sub(r"“\1”", str(value)).replace('"', "")
            words.append(f'{name}:"{text}"' if " " in text else f"{name}:{text}")
    return " ".join([*words, f"page:{page}"])


def story_facts(story: Story, item: DigestItem, zone: str) -> str:
    """One line on how the story stands: phase, time from first to last report, outlets, and whom it is about."""
    actors = ", ".join(actor_name(code) for code in item.actors[:6])
    begin = story.first_seen if story.first_seen < story.last_change else None
    parts = [story.phase, period(begin, story.last_change, zone), coverage(item.independent, item.copies)]
    parts += item.differ
    if len(item.countries) > 1:
        homes = ", ".join(actor_name(code) for code in item.countries[:6])
        parts.append(f"outlets from {len(item.countries)} countries ({homes})")
    if item.event:
        parts.append(f"event type {event_label(item.event)}")
    if actors:
        parts.append(f"about {actors}")
    return " · ".join(parts)


def more_articles(count: int) -> str | None:
    """Says that a list was cut."""
    return f"and {plural(count, 'more article', 'more articles')}" if count > 0 else None


def summary_note(reading: Reading) -> str:
    """Who wrote the points, and why not the model when it was asked."""
    if reading.summary.fallback:
        return reading.summary.fallback
    if reading.summary.summarizer == "extractive":
        return "Key points are sentences of the article, shortened by leaving words out."
    return f"Key points written by {reading.summary.summarizer}, checked against the article."


DELETED = (
    "All that was kept about you is gone: your alerts, the stories that you followed, what they told you, and your "
    "quiet hours and language. A digest that you set up for a server stays, and no longer names you."
)


_WENT: Mapping[str, str | None] = {"on": None, "stopped": "stopped here", "waits": "waits", "note": None}
_STAGES: Mapping[str, str] = {
    "fetched": "Fetched", "read": "Read", "relevant": "Relevant?", "story": "Story", "filters": "Filters",
    "window": "Window", "sent": "Sent", "digests": "Digest", "alerts": "Alerts", "delivery": "Delivery",
}  # fmt: skip


def explained(found: Explanation, zone: str) -> tuple[PostItem, ...]:
    """The steps of an item's way as rows: what each stage says, and when."""
    return tuple(
        PostItem(
            title=_STAGES.get(step.stage, step.stage) + (f" · “{step.digest}”" if step.digest else ""),
            badge=_WENT[step.went],
            points=(step.words,),
            note=moment(step.at, zone) if step.at else None,
        )
        for step in found.steps
    )


def privacy(kept: Mapping[str, Json], asker: Asker) -> str:
    """What `/privacy` shows at first: every kind of thing that the export holds, and that there is no more."""

    def count(name: str, one: str, many: str) -> str | None:
        found = kept.get(name)
        number = len(found) if isinstance(found, list) else 0
        return plural(number, one, many) if number else None

    identity = "your Discord id" if asker.network == "discord" else "the name that the console goes by"
    held = (
        count("alerts", "alert with what it told", "alerts with what they told"),
        count("follows", "story that you follow", "stories that you follow"),
        count("messages", "message that I sent you", "messages that I sent you"),
        count("digests_set_up", "digest that names you as who set it up", "digests that name you as who set them up"),
        "your quiet hours" if _chose(kept, "quiet") else None,
        "the language that you chose" if _chose(kept, "language") else None,
    )
    things = [thing for thing in held if thing]
    if not things:
        return f"I keep nothing about you. {_NEVER}"
    return f"Under {identity} I keep: {'; '.join(things)}. {_NEVER} Export shows everything; Delete removes it at once."


_NEVER = "I read no messages, and keep no names and no searches."


def _chose(kept: Mapping[str, Json], name: str) -> bool:
    preferences = kept.get("preferences")
    return isinstance(preferences, dict) and name in preferences
