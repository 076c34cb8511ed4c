using System.Globalization;
using System.Security.Claims;
using AiApp.Rag.Access;
using AiApp.Rag.Tenants;

namespace AiApp.Api.Auth;

/// <summary>For whom a request is served, and the public id of the key; a parameter of every handler that touches a tenant's rows.</summary>
internal sealed record Caller(TenantId Tenant, string User, PrincipalSet Principals, string? ApiKey)
{
    public const string UserClaim = "user";
    private const string TenantClaim = "tenant";
    private const string PrincipalClaim = "principal";
    private const string ApiKeyClaim = "api_key";

    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(
        context.User is { Identity.IsAuthenticated: true } user
            ? new Caller(
                new TenantId(int.Parse(user.FindFirstValue(TenantClaim)!, CultureInfo.InvariantCulture)),
                user.FindFirstValue(UserClaim)!,
                PrincipalSet.Of(user.FindAll(PrincipalClaim).Select(claim => claim.Value)),
                user.FindFirstValue(ApiKeyClaim))
            : null);

    public Owner ToOwner() => new(Tenant, User, Principals, ApiKey);

    public IEnumerable<Claim> ToClaims() =>
    [
        new(TenantClaim, Tenant.Value.ToString(CultureInfo.InvariantCulture)),
        new(UserClaim, User),
        .. Principals.Names.Select(name => new Claim(PrincipalClaim, name)),
        .. ApiKey is null ? [] : new[] { new Claim(ApiKeyClaim, ApiKey) },
    ];
}
