"""Story -> Summary: key points that each rest on sentences of their articles; pure, but for the model in `llm`."""
