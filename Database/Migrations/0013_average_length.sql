-- The average length of a chunk belongs to its collection: captions of ten words and pages of a hundred need different ones.
-- It is measured when a collection has grown to twice the chunks of the last time, and the weights follow when it is off.
ALTER TABLE collection ADD COLUMN bm25_measured_chunks integer NOT NULL DEFAULT 0;
GRANT UPDATE (bm25_average_length, bm25_measured_chunks) ON collection TO aiapp_worker;
