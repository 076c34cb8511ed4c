using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Caching;

public sealed class CacheOptions : IValidatableObject
{
    public const string Section = "Cache";
    public const int MinKeyLength = 32;

    /// <summary>For every embedding model that <see cref="Models"/> does not name.</summary>
    public const string AnyModel = "*";

    /// <summary>Off: no answer is kept and none is given again. A single tenant is switched off by the command 'cache'.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What entries are signed with. The Api derives it from ApiKeys:Pepper when it is empty; elsewhere it is random, and a process reads only what it wrote.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>How long an answer may be given again. Being used does not prolong it.</summary>
    [Range(1, 43_200, ErrorMessage = "Cache:TtlMinutes must be between 1 and 43200.")]
    public int TtlMinutes { get; set; } = 1440;

    /// <summary>Answers of one partition (tenant, scope, readers, prompt, models, retrieval); beyond them the oldest goes.</summary>
    [Range(1, 20_000, ErrorMessage = "Cache:MaxEntries must be between 1 and 20000.")]
    public int MaxEntries { get; set; } = 2000;

    /// <summary>What one access to Redis may take. A look has three at most, one after the other, and none after one that failed.</summary>
    [Range(5, 1000, ErrorMessage = "Cache:TimeoutMs must be between 5 and 1000.")]
    public int TimeoutMs { get; set; } = 50;

    /// <summary>How long Redis is left alone after it failed or was too slow three times in a row.</summary>
    [Range(1, 300, ErrorMessage = "Cache:BreakSeconds must be between 1 and 300.")]
    public int BreakSeconds { get; set; } = 5;

    /// <summary>Partitions whose questions a process holds in memory; the one used longest ago goes.</summary>
    [Range(1, 10_000, ErrorMessage = "Cache:MirroredPartitions must be between 1 and 10000.")]
    public int MirroredPartitions { get; set; } = 100;

    /// <summary>How many of the nearest questions are judged.</summary>
    [Range(1, 50, ErrorMessage = "Cache:Candidates must be between 1 and 50.")]
    public int Candidates { get; set; } = 8;

    /// <summary>How long a question waits for the same one that is being answered, before it is answered by itself.</summary>
    [Range(1, 300, ErrorMessage = "Cache:JoinSeconds must be between 1 and 300.")]
    public int JoinSeconds { get; set; } = 30;

    /// <summary>The share of answers given again that are written anew as well, unseen, to measure how often they differ. It costs model calls.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Cache:ShadowShare must be between 0 and 1.")]
    public double ShadowShare { get; set; } = 0.01;

    /// <summary>By embedding model, what its similarities are worth.</summary>
    public Dictionary<string, SimilarityOptions> Models { get; set; } = [];

    internal SimilarityOptions For(string model) =>
        Models.GetValueOrDefault(model) ?? Models.GetValueOrDefault(AnyModel)
        ?? (model == LocalEmbeddingGenerator.ModelId ? SimilarityOptions.Hashed : SimilarityOptions.Unmeasured);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKey.Length is > 0 and < MinKeyLength)
        {
            yield return new("Cache:SigningKey is shorter than 32 characters: set Cache__SigningKey to a random secret (openssl rand -base64 48), or leave it empty.");
        }
        foreach (var (model, similarity) in Models)
        {
            if (similarity.MinSimilarity is not (> 0 and <= 1) || similarity.MaxWordDifference is not (>= 0 and < 1))
            {
                yield return new($"Cache:Models:{model}: MinSimilarity must be above 0 and at most 1, MaxWordDifference from 0 to below 1; 'Evals cache' measures them.");
            }
        }
    }
}

/// <summary>When two questions may be the same, by the embeddings of one model. 'Evals cache' measures what it leads to.</summary>
public sealed class SimilarityOptions
{
    /// <summary>Cosine of the two embeddings.</summary>
    public double MinSimilarity { get; set; } = 0.9;

    /// <summary>Share of the weight of their words that may differ. 0: the same words that carry meaning, in whatever form and frame.</summary>
    public double MaxWordDifference { get; set; }

    internal static SimilarityOptions Hashed { get; } = new() { MinSimilarity = 0.7 };
    internal static SimilarityOptions Unmeasured { get; } = new();
}
