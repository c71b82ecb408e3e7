"""Names written by hand, one file per language or kind; `bot.evaluation.build_names` reads them."""
