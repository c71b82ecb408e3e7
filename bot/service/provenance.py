"""Kinds of outlets where services meet them: filled in for sources that nobody described, and shown beside names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.model import Article, OutletKind, Source
from bot.understanding.provenance import outlet_kind

_SHOWN: dict[OutletKind, str] = {"state_media": "state media", "government": "government", "think_tank": "think tank"}
"""Said beside the name: these speak for somebody. That the rest is press, or the UN, its name says already."""


def described(source: Source) -> Source:
    """The source with its kind: the operator's word, else what name and address tell, else still unknown."""
    if source.outlet_kind is not None:
        return source
    return replace(source, outlet_kind=outlet_kind(source.name, source.url))


def outlet_kinds(sources: Iterable[Source]) -> dict[str, OutletKind | None]:
    """The kind of each source, by id; None is unknown."""
    return {source.id: described(source).outlet_kind for source in sources}


def kind_of(article: Article, kinds: Mapping[str, OutletKind | None]) -> OutletKind | None:
    """The kind of the article's outlet; `kinds` as `outlet_kinds` gives them."""
    if article.source_id is not None and article.source_id in kinds:
        return kinds[article.source_id]
    return outlet_kind(article.outlet, article.url)


def outlet_names(sources: Iterable[Source]) -> dict[str, str]:
    """What readers see of each source, by id: "Xinhua (state media)"."""
    return {source.id: _labelled(source.name, described(source).outlet_kind) for source in sources}


def outlet_of(article: Article, names: dict[str, str]) -> str:
    """What readers see of the article's outlet; `names` as `outlet_names` gives them."""
    known = names.get(article.source_id or "")
    if known or not article.outlet:
        return known or article.agency or "unknown outlet"
    return _labelled(article.outlet, outlet_kind(article.outlet, article.url))


def _labelled(name: str, kind: OutletKind | None) -> str:
    label = _SHOWN.get(kind) if kind else None
    return name if label is None or label in name.casefold() else f"{name} ({label})"
