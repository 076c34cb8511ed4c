using AiApp.Rag.Tenants;

namespace AiApp.Rag.Gateway;

/// <summary>Whose budgets bear a call: the tenant's, and those of its user, API key and job where there are any.</summary>
public sealed record CostBearer(TenantId Tenant)
{
    /// <summary>Embedding documents that are being ingested.</summary>
    public const string Ingest = "ingest";

    /// <summary>Giving chunks the vectors that an embedding space lacks.</summary>
    public const string Fill = "fill";

    public string? User { get; init; }

    /// <summary>The public id of the key, never its secret.</summary>
    public string? ApiKey { get; init; }
    public string? Job { get; init; }

    /// <summary>Calls for one request stand under its id in the usage ledger; null for those that belong to none.</summary>
    public Guid? RequestId { get; init; }
}
