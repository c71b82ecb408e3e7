"""The Story value: built and grown from placements, merged when two turn out to be one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Article, Member, Phase, Placement, Story, Understanding

_BREAKING = timedelta(hours=6)
"""A story this young is breaking: most outlets have not written yet."""
_FADING = timedelta(hours=24)
"""A day without a new report: the news has gone elsewhere."""


def grow(
    story: Story | None,
    article: Article,
    understanding: Understanding,
    placement: Placement,
    source_id: str | None = None,
    backlog: bool = False,
) -> Story:
    """`story` with `article` in it as `placement` says; None starts one, under the article's id.

    An article that is in the story already (read again after a re-title) takes its old place with its new values; the
    same article with the same values changes nothing. Copies leave the version as it is.
    """
    member = Member(
        article_id=article.id,
        source_id=source_id if source_id is not None else article.source_id,
        relation=placement.relation,
        of=placement.of,
        changes=placement.changes,
        when=article.when,
        backlog=backlog,
    )
    if story is None:
        return _start(article, understanding, member, backlog)
    if member in story.members:
        return story
    known = article.id in story.article_ids
    members = _in_order([*(m for m in story.members if m.article_id != article.id), member])
    news = placement.relation == "updates" or (placement.relation != "copy" and not known)
    named = _names(article, member, members, story)
    return replace(
        story,
        members=members,
        title=article.title if named else story.title,
        language=article.language if named else story.language,
        first_seen=min(m.when for m in members),
        last_change=max(story.last_change, article.when) if news else story.last_change,
        version=story.version + news,
        relevance=max(story.relevance, understanding.relevance),
        diplomatic=story.diplomatic or understanding.diplomatic,
        actors=_union(story.actors, (actor.code for actor in understanding.actors)),
        events=_union(story.events, (event.type for event in understanding.events[:1])),
        phase=_phase(members),
        backlog=story.backlog and backlog,
    )


def _names(article: Article, member: Member, members: Sequence[Member], story: Story) -> bool:
    """Whether the story takes this article's title.

    It does when the article is the earliest in its own words, when it corrects the article that the title came from,
    and when it is the first in English of a story that had none: readers of several languages share the digest.
    """
    if member.relation == "copy" or not article.title.strip():
        return False
    own = [m for m in members if m.relation != "copy"]
    if member.relation == "updates" and member.of == own[0].article_id:
        return True
    if (article.language == "en") != (story.language == "en"):
        return article.language == "en"
    return own[0].article_id == article.id


def _start(article: Article, understanding: Understanding, member: Member, backlog: bool) -> Story:
    return Story(
        id=article.id,
        title=article.title,
        language=article.language,
        members=(member,),
        first_seen=article.when,
        last_change=article.when,
        relevance=understanding.relevance,
        diplomatic=understanding.diplomatic,
        actors=tuple(actor.code for actor in understanding.actors),
        events=tuple(event.type for event in understanding.events[:1]),
        backlog=backlog,
    )


def merge(stories: Sequence[Story]) -> Story:
    """One story out of several that were one all along: the earliest keeps its id, number and title.

    Its version counts the steps of them all, so that what any reader sees of it has grown by what that reader sees.
    """
    if not stories:
        raise ValueError("nothing to merge")
    first, *rest = sorted(stories, key=lambda story: (story.first_seen, story.id))
    members = _in_order({m.article_id: m for story in (*rest, first) for m in story.members}.values())
    return replace(
        first,
        members=members,
        last_change=max(story.last_change for story in stories),
        version=sum(story.version for story in stories),
        relevance=max(story.relevance for story in stories),
        diplomatic=any(story.diplomatic for story in stories),
        actors=_union(first.actors, (code for story in rest for code in story.actors)),
        events=_union(first.events, (event for story in rest for event in story.events)),
        phase=_phase(members),
        backlog=all(story.backlog for story in stories) or _all_old(members),
    )


def rebuilt(
    key: str,
    members: Sequence[Member],
    known: Mapping[str, tuple[Article, Understanding]],
    before: Mapping[str, Story],
) -> Story:
    """The story `key` as it stands with `members`, told anew from its articles as far as they are `known`.

    `before`: the stories that the members come from, and `key` itself where it was there. Its version grows by what
    came to it and never falls; it is what a story of the same articles would be, in whatever order they came.
    """
    old = before.get(key)
    kept = set(old.article_ids) if old else set()
    origins = [story for story in before.values() if set(story.article_ids) & {one.article_id for one in members}]
    story: Story | None = None
    for member in _in_order(members):
        if member.article_id in known:
            placement = Placement(story=key, relation=member.relation, of=member.of, changes=member.changes)
            story = grow(story, *known[member.article_id], placement, source_id=member.source_id)
    story = story or old or origins[0]
    gained = sum(member.steps for member in members if member.article_id not in kept)
    return replace(
        story,
        id=key,
        number=old.number if old else 0,
        members=_in_order(members),
        version=max(1, gained + (old.version if old else 0), sum(member.steps for member in members)),
        phase=_phase(_in_order(members)),
        backlog=all(origin.backlog for origin in origins) or _all_old(members),
    )


def independent(story: Story, visible: Collection[str] | None = None) -> int:
    """How many outlets report in their own words, among the articles `visible` (None: all of them).

    An outlet's own updates count once with their original; copies of one text count as one, whether or not the
    original is visible.
    """
    return len({_root(story, member) for member in _seen(story, visible)})


def copies(story: Story, visible: Collection[str] | None = None) -> int:
    """How many visible articles only republish a text that is counted already.

    Where the original is not visible, one of its copies stands in for it and is not counted here.
    """
    seen = _seen(story, visible)
    copied = [_root(story, member) for member in seen if member.relation == "copy"]
    written = {_root(story, member) for member in seen if member.relation != "copy"}
    return len(copied) - len(set(copied) - written)


def visible_part(story: Story, visible: Collection[str]) -> Story:
    """`story` as somebody knows it who sees the articles `visible` alone, and at least one of them.

    Members, times and phase are theirs, and whether all of it is old; the version is without the steps that hidden
    articles made, so that nobody is told an update of which nothing can be seen. Title, language, actors, events and
    relevance stay the whole story's: the caller has the articles to take them from.
    """
    hidden = [member for member in story.members if member.article_id not in visible]
    if not hidden:
        return story
    members = tuple(_seen(story, visible))
    news = [member.when for member in members if member.relation != "copy"] or [member.when for member in members]
    return replace(
        story,
        members=members,
        first_seen=min(member.when for member in members),
        last_change=max(news),
        version=story.version_without(hidden),
        phase=_phase(members),
        backlog=story.backlog or _all_old(members),
    )


def phase_at(story: Story, now: datetime) -> Phase:
    """The phase as a reader finds it `now`: what nobody has written of for a day fades, whatever it was then."""
    if now - story.last_change > _FADING:
        return "fading"
    return "developing" if story.phase == "breaking" and now - story.first_seen > _BREAKING else story.phase


def _root(story: Story, member: Member) -> str:
    """The outlet (or, without one, the article) whose words these are, through copies and updates."""
    by_id = {m.article_id: m for m in story.members}
    passed = set()
    while member.of is not None and member.of in by_id and member.article_id not in passed:
        passed.add(member.article_id)
        member = by_id[member.of]
    return member.source_id or member.article_id


def _seen(story: Story, visible: Collection[str] | None) -> list[Member]:
    return [member for member in story.members if visible is None or member.article_id in visible]


def _all_old(members: Iterable[Member]) -> bool:
    """Whether all of them came with the first polls of their sources; those stored before that was noted did not."""
    return all(member.backlog for member in members)


def _in_order(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (member.when, member.article_id)))


def _union(known: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))


def _phase(members: Sequence[Member]) -> Phase:
    """By event time alone: how long the story has run, and how long it was silent before its newest report."""
    moments = [member.when for member in members if member.relation != "copy"] or [m.when for m in members]
    if moments[-1] - moments[0] <= _BREAKING:
        return "breaking"
    if len(moments) > 1 and moments[-1] - moments[-2] > _FADING:
        return "fading"
    return "developing"
