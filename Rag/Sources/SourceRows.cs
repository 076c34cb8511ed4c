using System.Text.Json;
using System.Text.Json.Serialization;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Sources;

/// <summary>Rows of <see cref="SourceSql"/> as records.</summary>
internal static class SourceRows
{
    public static Source Read(TenantId tenant, NpgsqlDataReader reader) => new()
    {
        Tenant = tenant,
        Id = reader.GetGuid(0),
        Name = reader.GetString(1),
        Settings = SourceSettings.Parse(reader.GetString(2)),
        Collection = reader.GetString(3),
        Prefix = reader.GetString(4),
        Readers = reader.GetFieldValue<string[]>(5),
        Interval = TimeSpan.FromSeconds(reader.GetInt32(6)),
        Enabled = reader.GetBoolean(7),
        Removing = reader.GetBoolean(8),
        Running = reader.GetBoolean(9),
        Requested = reader.GetBoolean(10),
        ConfirmedDeletions = reader.IsDBNull(11) ? null : reader.GetInt32(11),
        NextRunAt = reader.GetFieldValue<DateTimeOffset>(12),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(13),
        ItemCount = reader.GetInt32(14),
        LastRun = reader.IsDBNull(15) ? null : ReadRun(reader, 15),
    };

    public static SourceRun ReadRun(NpgsqlDataReader reader, int at = 0) => new()
    {
        Id = reader.GetInt64(at),
        StartedAt = reader.GetFieldValue<DateTimeOffset>(at + 1),
        FinishedAt = reader.IsDBNull(at + 2) ? null : reader.GetFieldValue<DateTimeOffset>(at + 2),
        Outcome = reader.IsDBNull(at + 3) ? null : Enum.Parse<RunOutcome>(reader.GetString(at + 3), ignoreCase: true),
        Counts = new RunCounts(reader.GetInt32(at + 4), reader.GetInt32(at + 5), reader.GetInt32(at + 6), reader.GetInt32(at + 7),
            reader.GetInt32(at + 8), reader.GetInt32(at + 9), reader.GetInt32(at + 10), reader.GetInt32(at + 11)),
        Problems = JsonSerializer.Deserialize(reader.GetString(at + 12), ProblemJson.Default.IReadOnlyListItemProblem) ?? [],
    };

    public static string Word(RunOutcome outcome) => outcome.ToString().ToLowerInvariant();

    public static string WriteProblems(IReadOnlyList<ItemProblem> problems) =>
        JsonSerializer.Serialize(problems, ProblemJson.Default.IReadOnlyListItemProblem);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ItemProblem>))]
internal sealed partial class ProblemJson : JsonSerializerContext;
