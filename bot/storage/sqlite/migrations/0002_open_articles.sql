-- Articles that grouping has not settled yet: their hour is still open. All that were stored before are settled.
CREATE TABLE open_article (
  article_id  TEXT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
