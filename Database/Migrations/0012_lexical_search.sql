-- The lexical leg in one call: candidates for falling thresholds, until as many chunks as wanted score at least the threshold
-- they were found with. Every chunk that scores more than a threshold matches the plan beside it; the last plan is complete.
-- Counts tell how many chunks a plan finds at most. Each look goes as far down as a budget of chunks allows, and no further
-- than the last place that is known already, or than a third below the look before it.
-- As the caller: the view lets only permitted chunks be found. What the application asks for stands behind it, as a second
-- look at those that are returned.
CREATE FUNCTION search_lexical_index(
    tenant integer, collections integer[], readers integer[], question sparsevec, depth integer,
    thresholds real[], plans text[], counts real[], condition tsquery)
    RETURNS TABLE (found_chunk_id bigint, found_score real)
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    budget real := 1500;
    lowest real := 0;
    step integer := 0;
    last_place real := 0;
    candidates tsquery;
    ids bigint[];
    scores real[];
    sets integer[];
BEGIN
    LOOP
        step := step + 1;
        WHILE step < cardinality(plans) AND thresholds[step] > greatest(last_place, lowest) AND counts[step + 1] <= budget LOOP
            step := step + 1;
        END LOOP;
        candidates := plans[step]::tsquery;
        -- Written so that no other index is offered: the tokens begin with the tenant.
        SELECT array_agg(best.chunk_id ORDER BY distance, best.chunk_id), array_agg((-distance)::real ORDER BY distance, best.chunk_id),
               array_agg(best.reader_set_id ORDER BY distance, best.chunk_id)
        INTO ids, scores, sets
        FROM (SELECT entry.chunk_id, entry.reader_set_id, entry.bm25 <#> question AS distance
              FROM permitted_lexical_index AS entry
              WHERE entry.tenant_id + 0 = tenant AND entry.collection_id + 0 = ANY (collections)
                AND lexical_tokens(entry.tenant_id, entry.bm25) @@ candidates
                AND (condition IS NULL OR (SELECT chunk.lexemes @@ condition FROM chunk
                                           WHERE chunk.tenant_id = tenant AND chunk.chunk_id = entry.chunk_id))
              ORDER BY distance, entry.chunk_id
              LIMIT depth) AS best;
        EXIT WHEN step >= cardinality(plans) OR (cardinality(ids) = depth AND scores[depth] >= thresholds[step]);
        IF cardinality(ids) = depth THEN
            last_place := greatest(last_place, scores[depth]);
        END IF;
        budget := 8 * greatest(budget, counts[step]);
        lowest := 0.67 * thresholds[step];
    END LOOP;
    RETURN QUERY SELECT best.id, best.score
                 FROM unnest(ids, scores, sets) AS best (id, score, reader_set_id)
                 WHERE best.reader_set_id = ANY (readers)
                 ORDER BY best.score DESC, best.id;
END $$;
