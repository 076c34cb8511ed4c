-- {"supported": 3, "removed": ["number"]}: how many sentences of the model the passages support, and why others were left out. Null before
-- sentences were checked.
ALTER TABLE answer ADD COLUMN grounding jsonb;
