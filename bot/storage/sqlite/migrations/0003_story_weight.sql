-- What look-ups choose and order stories by, copied out of `data`: only the stories that are shown are decoded.
ALTER TABLE story ADD COLUMN diplomatic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN relevance REAL NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN first_seen INTEGER NOT NULL DEFAULT 0;
-- Whole seconds for stories of before: the earlier of two that weigh the same stands first, no more.
UPDATE story SET
  diplomatic = json_extract(data, '$.diplomatic'),
  relevance = json_extract(data, '$.relevance'),
  first_seen = 1000000 * strftime('%s', json_extract(data, '$.first_seen'))
WHERE data IS NOT NULL;

-- A republished text gives its story no weight of its own.
ALTER TABLE story_member ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;
UPDATE story_member SET copied = 1 WHERE article_id IN (
  SELECT json_extract(member.value, '$.article_id') FROM story, json_each(story.data, '$.members') AS member
  WHERE json_extract(member.value, '$.relation') = 'copy'
);
