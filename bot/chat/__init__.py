"""Where people talk to the bot: what the commands are, how they are answered, and one package for each network."""
