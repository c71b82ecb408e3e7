-- Times are microseconds since 1970-01-01T00:00Z; `data` and the like are JSON of the model's dataclasses.
-- Columns beside them are what is looked up or ordered by, copied out of the JSON.

CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('story', 0);

-- sources ----------------------------------------------------------------------------------------------------------

CREATE TABLE source (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  data        TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source_state (
  source_id   TEXT PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  data        TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source_subscriber (
  guild_id    TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  PRIMARY KEY (guild_id, source_id)
) WITHOUT ROWID;
CREATE INDEX source_subscriber_source ON source_subscriber (source_id);

-- Every entry ever seen. `data` goes when it is settled: the mark stays, so that it is not read again.
CREATE TABLE entry (
  id          TEXT PRIMARY KEY,
  source_id   TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  fingerprint TEXT NOT NULL,
  at          INTEGER NOT NULL,
  arrived     TEXT NOT NULL,
  backlog     INTEGER NOT NULL,
  seen        INTEGER NOT NULL,
  data        TEXT
);
CREATE INDEX entry_pending ON entry (at, id) WHERE data IS NOT NULL;
CREATE INDEX entry_source ON entry (source_id);
CREATE INDEX entry_seen ON entry (seen) WHERE data IS NULL;

-- archive ----------------------------------------------------------------------------------------------------------

-- `number` (the rowid) follows event time: its milliseconds, then 14 bits in order of arrival. "Newest first" is
-- then the order of the table and of the index, and needs no sort.
CREATE TABLE article (
  number      INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  source_id   TEXT,
  page        TEXT,
  at          INTEGER NOT NULL,
  language    TEXT NOT NULL,
  diplomatic  INTEGER NOT NULL,
  intake      TEXT NOT NULL
);
CREATE INDEX article_source ON article (source_id, number);
CREATE INDEX article_page ON article (page) WHERE page IS NOT NULL;

CREATE TABLE article_body (
  number        INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE ON UPDATE CASCADE,
  article       TEXT NOT NULL,
  understanding TEXT NOT NULL,
  signature     TEXT NOT NULL,
  summary       TEXT NOT NULL,
  decisions     TEXT NOT NULL,
  text          TEXT NOT NULL
);
CREATE INDEX article_with_text ON article_body (number) WHERE text <> '';

CREATE TABLE article_actor (
  code        TEXT NOT NULL,
  article     INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (code, article)
) WITHOUT ROWID;
CREATE INDEX article_actor_article ON article_actor (article);

CREATE TABLE article_event (
  type        TEXT NOT NULL,
  article     INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (type, article)
) WITHOUT ROWID;
CREATE INDEX article_event_article ON article_event (article);

-- Holds tokens, already folded and with CJK in pairs (bot/storage/words.py), separated by spaces: the ascii tokenizer
-- only has to split them, and what is stored deletes exactly, whatever later versions of the folding do. `singles`
-- holds each CJK character once: as a beginning of pairs, one character would merge hundreds of lists.
CREATE VIRTUAL TABLE article_words USING fts5 (title, body, singles, tokenize = 'ascii');

-- stories ----------------------------------------------------------------------------------------------------------

-- An absorbed story keeps its row: id and number then answer the story `absorbed_by`, which is never absorbed itself.
CREATE TABLE story (
  id          TEXT PRIMARY KEY,
  number      INTEGER UNIQUE,
  version     INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  absorbed_by TEXT,
  data        TEXT
) WITHOUT ROWID;
CREATE INDEX story_changed ON story (changed, number) WHERE absorbed_by IS NULL;
CREATE INDEX story_absorbed ON story (absorbed_by) WHERE absorbed_by IS NOT NULL;

CREATE TABLE story_member (
  article_id  TEXT PRIMARY KEY,
  story_id    TEXT NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  source_id   TEXT
) WITHOUT ROWID;
CREATE INDEX story_member_story ON story_member (story_id, source_id);

-- who wants to be told, and what they were told --------------------------------------------------------------------

CREATE TABLE subscription (
  id          TEXT PRIMARY KEY,
  guild_id    TEXT,
  name        TEXT NOT NULL,
  next_run    INTEGER,
  enabled     INTEGER NOT NULL,
  data        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX subscription_due ON subscription (next_run) WHERE enabled = 1 AND next_run IS NOT NULL;
CREATE INDEX subscription_guild ON subscription (guild_id);

CREATE TABLE alert_rule (
  id          TEXT PRIMARY KEY,
  user_id     TEXT NOT NULL,
  created     INTEGER NOT NULL,
  data        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX alert_rule_user ON alert_rule (user_id);

CREATE TABLE told (
  owner_id    TEXT NOT NULL,
  story_id    TEXT NOT NULL,
  version     INTEGER NOT NULL,
  PRIMARY KEY (owner_id, story_id)
) WITHOUT ROWID;
CREATE INDEX told_story ON told (story_id);

-- `data` is NULL where a plan had no record (an alert): the row still makes its slot taken.
CREATE TABLE slot (
  number      INTEGER PRIMARY KEY,
  owner_id    TEXT NOT NULL,
  slot_id     TEXT NOT NULL,
  planned     INTEGER,
  data        TEXT,
  UNIQUE (owner_id, slot_id)
);

CREATE TABLE delivery (
  number      INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE,
  owner_id    TEXT NOT NULL,
  slot_id     TEXT NOT NULL,
  part        INTEGER NOT NULL,
  guild_id    TEXT,
  target_kind TEXT NOT NULL,
  target_id   TEXT NOT NULL,
  state       TEXT NOT NULL,
  created     INTEGER NOT NULL,
  claimable   INTEGER,
  data        TEXT NOT NULL
);
CREATE INDEX delivery_owner ON delivery (owner_id, slot_id, part);
-- `claimable`: from when it may be handed out; NULL once it is sent or dead.
CREATE INDEX delivery_claimable ON delivery (claimable) WHERE claimable IS NOT NULL;
CREATE INDEX delivery_target ON delivery (target_kind, target_id);
CREATE INDEX delivery_guild ON delivery (guild_id) WHERE guild_id IS NOT NULL;

-- journal ----------------------------------------------------------------------------------------------------------

CREATE TABLE journal (
  number      INTEGER PRIMARY KEY,
  subject     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  data        TEXT NOT NULL,
  UNIQUE (subject, at, data)
);
CREATE INDEX journal_at ON journal (at);
