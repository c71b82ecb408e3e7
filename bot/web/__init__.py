"""Health and metrics over HTTP, for those who watch the bot: nothing here is for readers."""
