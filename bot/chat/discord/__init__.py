"""Attaché on Discord: the connection, commands and buttons, messages as cards or embeds, delivery."""
