"""What Attaché talks about: frozen values, standard library only, all times aware and in UTC.

A news item's way: Source -> Entry -> Article -> (Article, Understanding) -> Story -> Summary -> Digest or Alert
-> Delivery -> Receipt. Import from here: `from bot.model import Article`.
"""

from bot.model.article import Article, Dateline
from bot.model.decision import Decision, JournalLine, Outcome, Stage
from bot.model.delivery import EDIT, Delivery, DeliveryState, Receipt, edit_of, nonce_of
from bot.model.digest import Alert, Digest, DigestItem, LeftOut, LeftOutAt, SlotOutcome, SlotRecord, SourceLine
from bot.model.message import Button, Face, Post, PostItem
from bot.model.query import Query, Scope, StoryOrder, StoryQuery
from bot.model.source import Entry, OutletKind, Source, SourceState, Validators, normalize_url, source_id
from bot.model.span import Evidence, Span
from bot.model.story import Change, Member, Phase, Placement, Relation, Signature, Story
from bot.model.subscription import AlertRule, Filter, Schedule, Subscription, Target, TargetKind
from bot.model.summary import KeyPoint, Summary
from bot.model.telling import AlertStatus, Standing, Telling
from bot.model.time import require_utc
from bot.model.understanding import (
    PLOVER_TYPES,
    Actor,
    ActorKind,
    DateMention,
    Event,
    EventType,
    Quote,
    Tense,
    Understanding,
)

__all__ = [
    "EDIT",
    "PLOVER_TYPES",
    "Actor",
    "ActorKind",
    "Alert",
    "AlertRule",
    "AlertStatus",
    "Article",
    "Button",
    "Change",
    "DateMention",
    "Dateline",
    "Decision",
    "Delivery",
    "DeliveryState",
    "Digest",
    "DigestItem",
    "Entry",
    "Event",
    "EventType",
    "Evidence",
    "Face",
    "Filter",
    "JournalLine",
    "KeyPoint",
    "LeftOut",
    "LeftOutAt",
    "Member",
    "Outcome",
    "OutletKind",
    "Phase",
    "Placement",
    "Post",
    "PostItem",
    "Query",
    "Quote",
    "Receipt",
    "Relation",
    "Schedule",
    "Scope",
    "Signature",
    "SlotOutcome",
    "SlotRecord",
    "Source",
    "SourceLine",
    "SourceState",
    "Span",
    "Stage",
    "Standing",
    "Story",
    "StoryOrder",
    "StoryQuery",
    "Subscription",
    "Summary",
    "Target",
    "TargetKind",
    "Telling",
    "Tense",
    "Understanding",
    "Validators",
    "edit_of",
    "nonce_of",
    "normalize_url",
    "require_utc",
    "source_id",
]
