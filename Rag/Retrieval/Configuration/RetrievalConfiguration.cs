using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Rag.Retrieval.Configuration;

public enum FusionKind
{
    /// <summary>Weighted sum of scores that are normalised for each question.</summary>
    WeightedSum,

    /// <summary>Weighted sum of 1 / (k + rank).</summary>
    ReciprocalRank,
}

/// <summary>
/// How the two legs are searched and fused for one embedding model. Immutable: its id is the hash of its content, so that a
/// release can pin it and a result can name it. <c>Evals tune</c> writes one as JSON.
/// </summary>
public sealed record RetrievalConfiguration
{
    public const int CurrentVersion = 1;
    public const int MinLegDepth = 10;
    public const int MaxLegDepth = 1000;

    /// <summary>In <see cref="EmbeddingModel"/>: for every model that has none of its own.</summary>
    public const string AnyModel = "*";

    private const int IdLength = 16;

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>Version of the format.</summary>
    public required int Version { get; init; }
    public required string EmbeddingModel { get; init; }
    public required FusionKind Fusion { get; init; }

    /// <summary>Share of the lexical leg in the fused score, 0 to 1; the vector leg has the rest.</summary>
    public required double LexicalWeight { get; init; }

    /// <summary>The k of <see cref="FusionKind.ReciprocalRank"/>, 1 to 1000.</summary>
    public int RankConstant { get; init; } = 60;

    /// <summary>Chunks each leg returns before fusion, at least (see <see cref="DepthFor"/>).</summary>
    public required int LegDepth { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What it was fitted on; empty when it was not.</summary>
    public IReadOnlyList<FittedSet> FittedOn { get; init; } = [];

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the content.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Compact)))[..IdLength];

    /// <summary>
    /// Chunks each leg returns for so many results: twice as many, because what one leg finds alone stands in the other's way, and
    /// never fewer than <see cref="LegDepth"/>.
    /// </summary>
    public int DepthFor(int top) => Math.Clamp(2 * top, LegDepth, MaxLegDepth);

    public string ToJson() => JsonSerializer.Serialize(this, Indented) + "\n";

    /// <exception cref="JsonException">The text is not a configuration.</exception>
    public static RetrievalConfiguration Parse(string json) =>
        JsonSerializer.Deserialize<RetrievalConfiguration>(json, Compact) ?? throw new JsonException("The text is 'null'.");

    /// <summary>What is wrong with the values; empty when nothing is.</summary>
    public IEnumerable<string> Check()
    {
        if (Version != CurrentVersion)
        {
            yield return $"version is {Version}, this release reads {CurrentVersion}";
        }
        if (string.IsNullOrWhiteSpace(EmbeddingModel))
        {
            yield return "embeddingModel is empty";
        }
        if (LexicalWeight is not (>= 0 and <= 1))
        {
            yield return "lexicalWeight must be between 0 and 1";
        }
        if (RankConstant is < 1 or > 1000)
        {
            yield return "rankConstant must be between 1 and 1000";
        }
        if (LegDepth is < MinLegDepth or > MaxLegDepth)
        {
            yield return $"legDepth must be between {MinLegDepth} and {MaxLegDepth}";
        }
    }
}

/// <summary>A labelled set and its mean nDCG@10 by each leg and fused.</summary>
public sealed record FittedSet(string Name, int Queries, double Lexical, double Vector, double Fused);
