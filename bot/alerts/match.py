"""Whether a story is what a rule asked for."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from bot.model import AlertRule, SourceLine, Story
from bot.text.expression import Malformed, Matcher, parse, plainly


def refusal(
    rule: AlertRule,
    story: Story,
    texts: Sequence[str],
    independent: int,
    *,
    sources: Collection[str] = (),
    lines: Sequence[SourceLine] = (),
) -> str | None:
    """Why `story` is not what `rule` asks for, as a sentence; None when it is.

    `texts` are titles, points and leads of the articles that the rule's owner may see, `lines` those articles,
    `sources` where they come from, `independent` how many outlets report it in their own words. Takes time linear in
    the texts.
    """
    if rule.disabled:
        return f"The rule is switched off: {rule.disabled}"
    if rule.awaiting:
        return "The message that confirms the rule has not arrived yet."
    if not texts:
        return "None of its articles comes from a source that the rule's owner may see."
    if rule.story is not None:
        return None if rule.story == story.id else "The rule follows another story."
    if story.backlog:
        return "The story was already there when its source was first read."
    return _about(rule, story) or _reported(rule, independent, sources, lines) or _worded(rule, story, texts)


def about(rule: AlertRule, story: Story) -> bool:
    """Whether the story can be what is asked for, by its actors and events alone: needs no article."""
    return _about(rule, story) is None


def _about(rule: AlertRule, story: Story) -> str | None:
    missing = [code for code in rule.countries if code not in story.actors]
    if missing:
        return f"The story is not about {' and '.join(missing)}."
    if rule.pairs and not any(set(pair) <= set(story.actors) for pair in rule.pairs):
        return f"The story is about none of {', '.join(' and '.join(pair) for pair in rule.pairs)}."
    if rule.events and not set(rule.events) & set(story.events):
        return f"No event of the kinds that were asked for ({', '.join(rule.events)})."
    return None


def _reported(rule: AlertRule, independent: int, sources: Collection[str], lines: Sequence[SourceLine]) -> str | None:
    if rule.outlets and not set(rule.outlets) & set(sources):
        return "None of the outlets that were asked for reports it."
    if independent < rule.minimum_sources:
        return f"Independent outlets so far: {independent}; the rule asks for {rule.minimum_sources}."
    if rule.breaking and not breaks(lines, rule.breaking, timedelta(minutes=rule.within)):
        return f"No {rule.breaking} outlets reported it within {rule.within} minutes."
    return None


def _worded(rule: AlertRule, story: Story, texts: Sequence[str]) -> str | None:
    if not rule.keywords.strip():
        asks = rule.countries or rule.pairs or rule.events or rule.outlets or rule.breaking
        nothing = "The rule asks for nothing in particular, and the story is not diplomatic news."
        return None if asks or story.diplomatic else nothing
    matcher = _matcher(rule.keywords)
    if matcher is None or not matcher.matches(texts):
        return f"It does not hold what was asked for: {rule.keywords}"
    return None


@lru_cache(maxsize=256)
def _matcher(keywords: str) -> Matcher | None:
    """None for a query without a word."""
    found = parse(keywords)
    expression = plainly(keywords) if isinstance(found, Malformed) else found
    return Matcher(expression) if expression is not None else None


def breaks(lines: Sequence[SourceLine], outlets: int, within: timedelta) -> bool:
    """Whether at any time so many outlets first reported the story within that span. Copies do not count."""
    first: dict[str, datetime] = {}
    for line in lines:
        if line.relation != "copy":
            first[line.outlet] = min(line.when, first.get(line.outlet, line.when))
    moments = sorted(first.values())
    return any(last - one <= within for one, last in zip(moments, moments[outlets - 1 :], strict=False))


def matches(rule: AlertRule, story: Story, texts: Sequence[str], independent: int) -> bool:
    """Whether `rule` asks for `story`: see `refusal`."""
    return refusal(rule, story, texts, independent) is None
