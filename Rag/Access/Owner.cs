using AiApp.Rag.Tenants;

namespace AiApp.Rag.Access;

/// <summary>
/// A person of a tenant, to whom conversations and runs belong, and what they may read. <paramref name="ApiKey"/>: the public id of the key
/// whose budget bears the calls; null where there is none.
/// </summary>
public sealed record Owner(TenantId Tenant, string User, PrincipalSet Principals, string? ApiKey = null);
