"""Where values rest. `open_store` chooses by URL; only `bot.bootstrap` calls it."""
