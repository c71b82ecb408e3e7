"""Names of actors, for look-ups and for people: the understanding stage's tables, offered to the chat layer."""

from bot.understanding import actor_name, countries_named

__all__ = ["actor_name", "countries_named"]
