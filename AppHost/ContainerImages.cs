namespace AiApp.AppHost;

/// <summary>Every container image this application runs, in one place, pinned.</summary>
internal static class ContainerImages
{
    public const string Postgres = "pgvector/pgvector";

    /// <summary>17 and not 18: with 18 the data volume must be mounted elsewhere, which WithDataVolume cannot know from this tag.</summary>
    public const string PostgresTag = "0.8.1-pg17";

    public const string RedisTag = "8.2";
}
