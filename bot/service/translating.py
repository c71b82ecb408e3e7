"""Stories in the language of their readers: what of a story is in another one, its translation, and what to say where
there is none. Translations are kept by their originals' words.
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

_TRANSLATED = msgspec.json.Decoder(Translated)


class Translations:
    """Translates items and summaries, from the cache where it can."""

    def __init__(self, translator: Translator, cache: PreferenceStore) -> None:
        self._translator, self._cache = translator, cache

    async def item(self, item: DigestItem, readings: Sequence[Reading], into: str) -> DigestItem:
        """The story with headline and points in `into`, as far as they can be had; each point says where it is from."""
        foreign = foreign_points(item.summary, readings, into)
        home = _headline_language(item.headline, readings)
        headline = [Original(text=item.headline, language=home)] if home not in (into, "und") else []
        if not foreign and not headline:
            return item
        points = [Original(text=point.text, language=language) for point, language in foreign.values()]
        found = await self._translated((*headline, *points), into)
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

    async def _translated(self, originals: Sequence[Original], into: str) -> Translated:
        """From the cache where it can be; what nothing came of is not kept: the next time it may."""
        key = _cache_key(self._translator.name, originals, into)
        kept = await self._cache.get(SPACE, key)
        if isinstance(kept, str):
            try:
                found = _TRANSLATED.decode(kept)
            except (msgspec.DecodeError, ValueError):
                await self._cache.drop(SPACE, key)
            else:
                if len(found.texts) == len(originals):
                    return found
        found = await self._translator.translate(originals, into)
        if any(text is not None for text in found.texts):
            await self._cache.put(SPACE, key, msgspec.json.encode(found).decode())
        return found


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


def _cache_key(name: str, originals: Sequence[Original], into: str) -> str:
    digest = hashlib.sha256(f"translation\0{name}\0{into}".encode())
    for original in originals:
        digest.update(f"\0{original.language}\0{original.text}".encode("utf-8", "replace"))
    return digest.hexdigest()[:32]
