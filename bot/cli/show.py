"""Readings, results and posts for people at a terminal."""

from dataclasses import replace

from bot.chat import words
from bot.chat.console.look import make_console
from bot.chat.console.render import show
from bot.model import Article, Decision, Post, PostItem, Query
from bot.ports import Reading
from bot.service.clock import SystemClock
from bot.service.lookup import Found
from bot.service.stories import post_item

_SPANS = 5
"""Places shown for one actor or one decision."""
_AROUND = 90
"""Characters before and behind a point's sentence: about a line each."""


_NOTHING = "Nothing in the archive matches."
_EMPTY = "The archive is empty: attache poll fills it, and attache run does."


def show_post(post: Post) -> None:
    """On standard output."""
    show(make_console(), post, SystemClock().now())


def show_reading(reading: Reading, *, explain: bool, zone: str) -> None:
    """What the bot makes of one article: key points with what they rest on, actors, events; the decisions too."""
    understanding = reading.understanding
    actors = ", ".join(f"{actor.name} ({actor.code})" for actor in understanding.actors[:8])
    events = tuple(words.event_words(event) for event in understanding.events[:4])
    verdict = "diplomatic" if understanding.diplomatic else "not diplomatic"
    facts = (
        PostItem(title="Actors", points=(actors or "none",)),
        PostItem(title="Events", points=events or ("none",)),
        PostItem(
            title="Relevance",
            points=(f"{understanding.relevance:.2f}, {verdict}",),
        ),
    )
    said = (_in_place(reading), _matched(reading), *_grouped(reading.decisions)) if explain else ()
    item = words.article_item(reading, {}, points=10)
    if _cut(reading.article):
        item = replace(item, title=f"{item.title} …")
    if reading.article.published is None:  # the moment at which we read it is not when it was written
        item = replace(item, lines=(), note=f"{item.lines[0].outlet}, no date given")
    show_post(Post(heading="Key points", items=(item, *facts, *said), footer=words.summary_note(reading), zone=zone))


def _cut(article: Article) -> bool:
    """Whether the title is the beginning of the text's first sentence and ends within it."""
    rest = article.text.removeprefix(article.title)
    return rest != article.text and rest[:1] not in tuple("\n.。!?！？") and bool(rest)


def _in_place(reading: Reading) -> PostItem:
    """Each point's sentence as it stands in the article, in brackets, with what stands around it."""
    text = " ".join(reading.article.text.split("\n"))  # one character for one, so that offsets hold
    lines = []
    for number, point in enumerate(reading.summary.points, 1):
        sentence = point.evidence[-1]
        before = text[max(0, sentence.start - _AROUND) : sentence.start].partition(" ")[2] if sentence.start else ""
        after = text[sentence.end : sentence.end + _AROUND].rpartition(" ")[0]
        names = [f"“{one.text}” from character {one.start}" for one in point.evidence[:-1]]
        taken = f" (with {', '.join(names)})" if names else ""
        place = f"{number}, from character {sentence.start}: "
        lines.append(f"{place}{'… ' + before if before else ''}[{sentence.text}]{after}{' …' if after else ''}{taken}")
    return PostItem(title="Each point in its place, its sentence in brackets", points=tuple(lines) or ("none",))


def _matched(reading: Reading) -> PostItem:
    """Which spellings of the text stand for each actor, and where."""
    text = reading.article.text
    lines = []
    for actor in reading.understanding.actors:
        shown = [f"“{text[span.start : span.end]}” at {span.start}" for span in actor.spans[:_SPANS]]
        titled = actor.mentions - len(actor.spans)
        where = [*(["in the title"] if titled else []), *shown]
        more = [f"{len(actor.spans) - _SPANS} more"] if len(actor.spans) > _SPANS else []
        lines.append(f"{actor.name} ({actor.code}): {', '.join(where + more)}")
    return PostItem(title="Names matched, by character of the text", points=tuple(lines) or ("none",))


def _grouped(decisions: tuple[Decision, ...]) -> tuple[PostItem, ...]:
    """Decisions under one heading for each stage and outcome; what was said several times is said once."""
    groups: dict[str, dict[str, list[str]]] = {}
    for decision in decisions:
        places = groups.setdefault(f"{decision.stage}: {decision.outcome}", {}).setdefault(decision.reason, [])
        places.extend(f"{span.start}–{span.end}" for span in decision.spans)
    return tuple(
        PostItem(title=title, points=tuple(_placed(reason, places) for reason, places in reasons.items()))
        for title, reasons in groups.items()
    )


def _placed(reason: str, places: list[str]) -> str:
    return f"{reason} [at {', '.join(places[:_SPANS])}]" if places else reason


def show_found(found: Found, query: Query, zone: str, *, empty: bool) -> None:
    """Articles of a search; `empty`: nothing has been read yet at all."""
    items = tuple(map(post_item, found.items))
    intro = words.plural(found.total, "article", "articles") if items else _EMPTY if empty else _NOTHING
    show_post(Post(heading=f"Search: {query.text}" if query.text else "Search", intro=intro, items=items, zone=zone))
