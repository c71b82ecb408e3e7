"""Article -> Understanding: language, actors, events, dates, quotes, relevance. Pure computing, no language model.

`article.understand` joins the parts. Nothing is imported here: a process that only names countries, as the chat layer
does, should not compile a second's worth of patterns of dates, events and quotes.
"""
