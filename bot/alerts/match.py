"""Whether a story is what a rule asked for."""

from collections.abc import Sequence

from bot.model import AlertRule, Story
from bot.text.wanted import matches as texts_match
from bot.text.wanted import wanted


def refusal(rule: AlertRule, story: Story, texts: Sequence[str], independent: int) -> str | None:
    """Why `story` is not what `rule` asks for, as a sentence; None when it is.

    `texts` are titles, points and leads of the articles that the rule's owner may see, `independent` how many outlets
    report it in their own words among those. All countries of the rule must be in the story (two name a pair), one of
    its event types must be, and all words of its query stand in the texts. Takes time linear in the texts.
    """
    if rule.disabled:
        return f"The rule is switched off: {rule.disabled}"
    if story.backlog:
        return "The story was already there when its source was first read."
    if not texts:
        return "None of its articles comes from a source that the rule's owner may see."
    missing = [code for code in rule.countries if code not in story.actors]
    if missing:
        return f"The story is not about {' and '.join(missing)}."
    if rule.events and not set(rule.events) & set(story.events):
        return f"No event of the kinds that were asked for ({', '.join(rule.events)})."
    if independent < rule.minimum_sources:
        return f"Independent outlets so far: {independent}; the rule asks for {rule.minimum_sources}."
    query = wanted(rule.keywords)
    if rule.keywords.strip() and (query.empty or not texts_match(query, texts)):
        return f"The words “{rule.keywords}” do not all stand in it."
    if not (rule.countries or rule.events or not query.empty or story.diplomatic):
        return "The rule asks for nothing in particular, and the story is not diplomatic news."
    return None


def matches(rule: AlertRule, story: Story, texts: Sequence[str], independent: int) -> bool:
    """Whether `rule` asks for `story`: see `refusal`."""
    return refusal(rule, story, texts, independent) is None
