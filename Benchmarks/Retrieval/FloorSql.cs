namespace AiApp.Benchmarks.Retrieval;

/// <summary>The least that the database can do for a leg: no tenant, no filter, no text, no scores.</summary>
internal static class FloorSql
{
    public const string RoundTrip = "SELECT 1";

    /// <summary>{space} is the table of the embedding space. $1 question embedding.</summary>
    public const string NearestVectors = "SELECT chunk_id FROM {space} ORDER BY embedding <=> $1 LIMIT 50";

    /// <summary>The index that a team would make for the built-in ranking; the product itself has no use for it.</summary>
    public const string EnsureIndex = "CREATE INDEX IF NOT EXISTS benchmark_floor ON chunk USING gin (lexemes)";

    /// <summary>$1 tsquery of one lexeme.</summary>
    public const string AnyMatches = "SELECT chunk_id FROM chunk WHERE lexemes @@ $1::tsquery LIMIT 50";

    /// <summary>$1 tsquery of all lexemes, joined by OR: the best ranking that Postgres has built in.</summary>
    public const string BuiltInRanking = """
        SELECT chunk_id FROM chunk WHERE lexemes @@ $1::tsquery ORDER BY ts_rank_cd(lexemes, $1::tsquery) DESC LIMIT 50
        """;

    /// <summary>$1 name, $2 value; for the session.</summary>
    public const string SetOption = "SELECT set_config($1, $2, false)";
}
