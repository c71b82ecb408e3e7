"""Story -> Alert: which rules a story matches, when its owner may be told, and in what words. Pure."""
