namespace AiApp.Rag.Tenants;

/// <summary>The first column of every key and the first argument of every store method.</summary>
public readonly record struct TenantId(int Value)
{
    /// <summary>The tenant that the first migration makes; the one served on loopback in development.</summary>
    public static TenantId Default => new(1);
}
