"""Article, Understanding -> Story: one event is told once. Pure; no clock, no input, no output.

`similarity.signature` says what grouping remembers of an article; `cluster.Window` decides where an article belongs;
`syndication` knows copies and updates; `story.grow` and `story.merge` build the Story value from the decisions.
"""
