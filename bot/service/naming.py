"""Names of actors as people type and read them: the understanding stage's tables, offered to the chat layer."""

from datetime import UTC, datetime
from functools import lru_cache

from bot.model import Article
from bot.understanding.actors import find_actors
from bot.understanding.actors_names import codes, display_name
from bot.understanding.language import detect

__all__ = ["actor_name", "countries_named"]

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def actor_name(code: str) -> str:
    """The English name of an actor's code; the code itself when unknown."""
    return display_name(code)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {display_name(code).casefold(): code for code in sorted(codes())}


@lru_cache(maxsize=512)
def countries_named(text: str) -> tuple[str, ...]:
    """The codes of the actors that `text` is the names of: "japan", "JPN", "Tokyo and Seoul", "日本".

    Empty when any word of it is something else: "japan tariffs" is a topic, not a country.
    """
    found: list[str] = []
    for part in _parts(text):
        code = _code(part)
        if code is None:
            return ()
        found.append(code)
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> list[str]:
    whole = text.strip()[:100]
    if _code(whole):
        return [whole]
    return [part.strip() for part in whole.replace(" and ", ",").replace("&", ",").split(",") if part.strip()]


def _code(name: str) -> str | None:
    if name.upper() in codes():
        return name.upper()
    if known := _by_name().get(name.casefold().removeprefix("the ")):
        return known
    for form in dict.fromkeys((name, name.title(), name.upper())):
        for language in dict.fromkeys(("en", detect(form, None))):
            article = Article(id="name", title="", arrived=_ANY_DAY, language=language, text=form)
            for actor in find_actors(article)[0]:
                if any(span.start == 0 and span.end == len(form) for span in actor.spans):
                    return actor.code
    return None
