using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Extraction;

/// <summary>What is taken out of a text, or out of the current text of a document, and for whom.</summary>
public sealed record ExtractionTask
{
    public required TenantId Tenant { get; init; }
    public required PrincipalSet Principals { get; init; }
    public required string User { get; init; }

    /// <summary>The public id of the key that asks; null for a developer's own machine.</summary>
    public string? ApiKey { get; init; }
    public required JsonSchema Schema { get; init; }

    /// <summary>Either this or <see cref="DocumentId"/>.</summary>
    public string? Text { get; init; }
    public Guid? DocumentId { get; init; }
    public string? Instructions { get; init; }
    public int? MaxOutputTokens { get; init; }
}

/// <summary>What became of an extraction. Failures of models and budgets are exceptions of the gateway.</summary>
public abstract record ExtractionOutcome
{
    private ExtractionOutcome()
    {
    }

    /// <summary>The value is valid against the schema.</summary>
    public sealed record Extracted(JsonElement Value, ModelAttempt Attempt, IReadOnlyList<ModelAttempt> Attempts, bool IsRepaired) : ExtractionOutcome;

    /// <summary>There is none, the caller may not read it, or it has no text yet.</summary>
    public sealed record DocumentAbsent : ExtractionOutcome;

    /// <summary>No model of the route has room for the text: the roomiest takes so many bytes of it.</summary>
    public sealed record TooLong(int MostBytes) : ExtractionOutcome;

    /// <summary>The route has only what quotes.</summary>
    public sealed record NoModel : ExtractionOutcome;
}
