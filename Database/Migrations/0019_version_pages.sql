-- Where the pages of a version begin, so that a citation names the page of its own words and not that of its passage: number and
-- offset of each page, one after the other. Null where the format has no pages, and in versions that were published before.
ALTER TABLE document_version ADD COLUMN pages integer[];
