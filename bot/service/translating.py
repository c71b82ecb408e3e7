"""Stories in the language of their readers: what of a story is in another one, its translation, and what to say where
there is none. A translation is kept by its original's words, whatever story or answer it stands in.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from bot.model import DigestItem, KeyPoint, Summary
from bot.ports import Original, PreferenceStore, Reading, Translated, Translator
from bot.text.languages import language_name

SPACE = "summary"
"""Beside the summaries; the keys are of the same kind."""
LATE = "The language model was not done in time"
UNASKED = "An alert does not wait for a translation; /story shows one"

_TRANSLATED = msgspec.json.Decoder(Translated)


class Translations:
    """Translates items and summaries, from the cache where it can."""

    def __init__(self, translator: Translator, cache: PreferenceStore) -> None:
        self._translator, self._cache = translator, cache

    async def item(self, item: DigestItem, readings: Sequence[Reading], into: str, *, ask: bool = True) -> DigestItem:
        """The story with headline and points in `into`, as far as they can be had; each point says where it is from.
        Without `ask` as far as they are kept already.
        """
        foreign = foreign_points(item.summary, readings, into)
        home = _headline_language(item.headline, readings)
        headline = [Original(text=item.headline, language=home)] if home not in (into, "und") else []
        if not foreign and not headline:
            return item
        points = [Original(text=point.text, language=language) for point, language in foreign.values()]
        found = await self._translated((*headline, *points), into, ask=ask)
        title, texts = (found.texts[:1], found.texts[1:]) if headline else ((None,), found.texts)
        summary = _with_texts(item.summary, foreign, texts, found.why)
        if title[0] is not None:
            item = replace(item, headline=title[0], original=item.original or item.headline)
        done = title[0] is not None or any(text is not None for text in texts)
        return replace(item, summary=summary, into=into if done else None)

    async def summary(self, summary: Summary, readings: Sequence[Reading], into: str) -> Summary:
        """The summary with its points in `into`, as far as they can be had; the headline stays."""
        foreign = foreign_points(summary, readings, into)
        if not foreign:
            return summary
        points = [Original(text=point.text, language=language) for point, language in foreign.values()]
        found = await self._translated(points, into)
        return _with_texts(summary, foreign, found.texts, found.why)

    async def _translated(self, originals: Sequence[Original], into: str, *, ask: bool = True) -> Translated:
        """Each from the cache where it can be, the rest together. Where nothing came of those, nothing is kept: it may
        the next time.
        """
        keys = [_cache_key(self._translator.name, one, into) for one in originals]
        kept = [await self._kept(key) for key in keys]
        missing = [place for place, one in enumerate(kept) if one is None]
        if not missing:
            return _joined([one for one in kept if one is not None])
        if not ask:
            return _joined([one or Translated(texts=(None,), why=UNASKED) for one in kept])
        found = await self._translator.translate([originals[place] for place in missing], into)
        for place, text in zip(missing, found.texts, strict=True):
            kept[place] = one = Translated(texts=(text,), why=found.why if text is None else None)
            if any(found.texts):
                await self._cache.put(SPACE, keys[place], msgspec.json.encode(one).decode())
        return _joined([one for one in kept if one is not None])

    async def _kept(self, key: str) -> Translated | None:
        """Of one original; None where nothing readable is kept."""
        kept = await self._cache.get(SPACE, key)
        if not isinstance(kept, str):
            return None
        try:
            found = _TRANSLATED.decode(kept)
        except (msgspec.DecodeError, ValueError):
            found = Translated(texts=())
        if len(found.texts) == 1:
            return found
        await self._cache.drop(SPACE, key)
        return None


def _joined(found: Sequence[Translated]) -> Translated:
    """Of several originals, one after another; `why`: of the first that has one."""
    why = next((one.why for one in found if one.why), None)
    return Translated(texts=tuple(text for one in found for text in one.texts), why=why)


def foreign_points(summary: Summary, readings: Sequence[Reading], into: str) -> dict[int, tuple[KeyPoint, str]]:
    """The points that are in another language than `into`, by their place, with that language."""
    languages = {reading.article.id: reading.article.language for reading in readings}
    found: dict[int, tuple[KeyPoint, str]] = {}
    for place, point in enumerate(summary.points):
        language = languages.get(point.evidence[0].article, "und")
        if point.translated is None and language not in (into, "und"):
            found[place] = (point, language)
    return found


def untranslated(item: DigestItem, readings: Sequence[Reading], into: str, why: str) -> DigestItem:
    """The item, saying which of its points keep their language and why."""
    foreign = foreign_points(item.summary, readings, into)
    return replace(item, summary=_with_texts(item.summary, foreign, (None,) * len(foreign), why))


def _headline_language(headline: str, readings: Sequence[Reading]) -> str:
    titled = [reading.article for reading in readings if headline and headline in reading.article.title]
    return titled[0].language if titled else "und"


def _with_texts(
    summary: Summary, foreign: Mapping[int, tuple[KeyPoint, str]], texts: Sequence[str | None], why: str | None
) -> Summary:
    points = list(summary.points)
    stay: list[str] = []
    for (place, (point, language)), text in zip(foreign.items(), texts, strict=True):
        if text is None:
            stay.append(language)
        else:
            points[place] = replace(point, text=text, translated=language)
    return replace(summary, points=tuple(points), untranslated=_stay_words(stay, len(points), why) if stay else None)


def _stay_words(languages: Sequence[str], points: int, why: str | None) -> str:
    """Which points stay in which language, and why: "2 of 3 points are in Japanese: the language model …"."""
    named = " and ".join(dict.fromkeys(map(language_name, languages)))
    count = f"{len(languages)} of {points} points {'is' if len(languages) == 1 else 'are'}"
    which = "its points are" if len(languages) == points else count
    reason = why or LATE
    return f"{which} in {named}: {reason[0].lower()}{reason[1:]}"


def _cache_key(name: str, original: Original, into: str) -> str:
    said = f"translation\0{name}\0{into}\0{original.language}\0{original.text}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]
