"""Attaché in a terminal: posts as text, commands at a prompt, progress lines."""
