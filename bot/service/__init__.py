"""Where the stages are joined: the only code that knows the way of an item from end to end."""
