using System.Diagnostics;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Gateway;

/// <summary>What a model is called for; each has a route of its own.</summary>
public enum ModelStep
{
    Answer,
    Rewrite,

    /// <summary>Putting sentences right that did not hold against the passages.</summary>
    Repair,

    /// <summary>Whether a passage says what a sentence does.</summary>
    Judge,
    Extract,

    /// <summary>Deciding which tool comes next, and answering in the end.</summary>
    Agent,
    Embed,

    /// <summary>Judging passages once more.</summary>
    Rerank,

    /// <summary>Whether a provider that failed is well again.</summary>
    Probe,
}

internal static class ModelSteps
{
    /// <summary>As routes, telemetry and the ledger have it.</summary>
    public static string Word(this ModelStep step) => step switch
    {
        ModelStep.Answer => "answer",
        ModelStep.Rewrite => "rewrite",
        ModelStep.Repair => "repair",
        ModelStep.Judge => "judge",
        ModelStep.Extract => "extract",
        ModelStep.Agent => "agent",
        ModelStep.Embed => "embed",
        ModelStep.Rerank => "rerank",
        ModelStep.Probe => "probe",
    };
}

/// <summary>What a model can do besides writing text.</summary>
[Flags]
public enum ModelAbilities
{
    None = 0,
    Tools = 1,
    JsonSchema = 2,
    Vision = 4,
    Reasoning = 8,
}

/// <summary>
/// For whom and for what a model is called, and what came of it. One for each call; travels in its options, under
/// <see cref="OptionsKey"/>.
/// </summary>
public sealed class ModelRequest
{
    public const string OptionsKey = "aiapp.model_request";

    private readonly Lock _gate = new();
    private readonly List<ModelAttempt> _attempts = [];
    private readonly List<string> _degraded = [];

    public required ModelStep Step { get; init; }
    public required TenantId Tenant { get; init; }

    /// <summary>Whose budgets bear the call, besides the tenant's; null where there is none.</summary>
    public string? User { get; init; }
    public string? ApiKey { get; init; }
    public string? Release { get; init; }
    public string? Job { get; init; }

    /// <summary>Name and version of the prompt, for telemetry.</summary>
    public string? PromptVersion { get; init; }

    /// <summary>For all attempts together, waiting included; that of the configuration when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>In nanodollars, at worst; a model that may cost more is passed over.</summary>
    public long? PriceCeiling { get; init; }
    public ModelAbilities Needs { get; init; }

    /// <summary>This model is called and no other, whatever the route says; null as a rule.</summary>
    public ModelName? Pinned { get; init; }

    /// <summary>Identifies the call in the usage ledger.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<ModelAttempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>How the answer is less than what was asked for: words of <see cref="Degradation"/>.</summary>
    public IReadOnlyList<string> Degraded
    {
        get
        {
            lock (_gate)
            {
                return [.. _degraded];
            }
        }
    }

    /// <summary>The attempt whose answer was given, whole or in part.</summary>
    public ModelAttempt? Answered { get; internal set; }

    /// <summary>Nanodollars of all attempts, as far as they are settled.</summary>
    public long Cost => Attempts.Sum(attempt => attempt.Cost);

    internal ModelAttempt? BeginAttempt(string provider, string model, int most)
    {
        lock (_gate)
        {
            if (_attempts.Count >= most)
            {
                return null;
            }
            var attempt = new ModelAttempt { Number = _attempts.Count + 1, Provider = provider, Model = model };
            _attempts.Add(attempt);
            return attempt;
        }
    }

    /// <summary>It ended before it reached the provider, and is none.</summary>
    internal void Withdraw(ModelAttempt attempt)
    {
        lock (_gate)
        {
            _attempts.Remove(attempt);
        }
    }

    internal void Degrade(string how)
    {
        lock (_gate)
        {
            if (!_degraded.Contains(how))
            {
                _degraded.Add(how);
            }
        }
    }
}

/// <summary>How an answer is less than what was asked for.</summary>
public static class Degradation
{
    /// <summary>Another model of the route answered than the first that can do what is asked.</summary>
    public const string OtherModel = "other_model";

    /// <summary>No model wrote it: sentences of the passages are quoted.</summary>
    public const string Extractive = "extractive";

    /// <summary>Fewer passages were shown than were found.</summary>
    public const string FewerPassages = "fewer_passages";

    /// <summary>The configured reranker did not judge the passages: they are in the order of fusion.</summary>
    public const string NotReranked = "not_reranked";
}

/// <summary>One call of one provider.</summary>
public sealed class ModelAttempt
{
    public const string OptionsKey = "aiapp.model_attempt";

    public required int Number { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }

    /// <summary>A timestamp of the clock.</summary>
    public long Began { get; internal set; }

    /// <summary>Its budgets have not borne it yet: whatever ends it now, no provider was called.</summary>
    internal bool IsReserving { get; set; }

    /// <summary>Null where nobody listens.</summary>
    internal ActivityContext? Span { get; set; }

    /// <summary>The provider's own id of its answer.</summary>
    internal string? ResponseId { get; set; }

    /// <summary>"ok", or the code of the failure, or "canceled"; null while it runs.</summary>
    public string? Outcome { get; internal set; }
    public TimeSpan? Duration { get; internal set; }
    public TimeSpan? FirstToken { get; internal set; }
    public TokenCounts? Tokens { get; internal set; }

    /// <summary>Nanodollars; 0 until it is settled.</summary>
    public long Cost { get; internal set; }
    public string? PriceVersion { get; internal set; }
}

/// <summary>Tokens that a call has used. Cached ones are part of the input.</summary>
public sealed record TokenCounts(int Input, int Output, int CachedInput = 0)
{
    /// <summary>Counted here, because the provider did not say.</summary>
    public bool AreEstimated { get; init; }
}
