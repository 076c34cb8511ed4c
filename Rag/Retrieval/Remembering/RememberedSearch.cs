using AiApp.Rag.Tenants;

namespace AiApp.Rag.Retrieval.Remembering;

/// <summary>What a search depends on besides the index: two of them find the same while nothing is changed.</summary>
internal sealed record RememberedSearch(TenantId Tenant, string Principals, string? Collection, string Text, int Top, bool Assemble, bool Operators, DateOnly Day)
{
    /// <summary>The day, because texts hold from and until one.</summary>
    public static RememberedSearch Of(RetrievalQuery query, DateTimeOffset now) => new(
        // No principal holds a line break.
        query.Tenant, string.Join('\n', query.Principals.Names), query.Collection, query.Text, query.Top, query.Assemble, query.Operators,
        DateOnly.FromDateTime(now.UtcDateTime));
}
