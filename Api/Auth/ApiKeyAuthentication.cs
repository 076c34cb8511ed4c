using System.Security.Claims;
using System.Text.Encodings.Web;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Auth;

/// <summary>Closed by default: a key, or a developer on the same machine.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logging,
    UrlEncoder encoder,
    ApiKeyHasher hasher,
    ApiKeyStore keys) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logging, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";
    private const int MaxUserLength = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return DevelopmentAccess.IsLocal(Context)
                ? Succeed(TenantId.Default, "developer", [])
                : AuthenticateResult.NoResult();
        }
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("Not a Bearer key.");
        }
        var given = header[Bearer.Length..].Trim();
        if (hasher.IsWebKey(given))
        {
            return Succeed(TenantId.Default, "web", [ApiKey.OnBehalfOf]);
        }
        if (ApiKeyText.Parse(given) is not { } text
            || await keys.FindAsync(text.Id, Context.RequestAborted) is not { RevokedAt: null } key
            || !hasher.Matches(text.Text, key.Hmac))
        {
            return AuthenticateResult.Fail("Not a valid key.");
        }
        await keys.RecordUseAsync(key, Context.RequestAborted);
        return Succeed(new TenantId(key.TenantId), key.Name, key.Scopes);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return new ProblemResult(new Problem(ProblemCatalogue.Auth)).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new ProblemResult(new Problem(ProblemCatalogue.Forbidden)).ExecuteAsync(Context);

    private AuthenticateResult Succeed(TenantId tenant, string name, string[] scopes)
    {
        var user = scopes.Contains(ApiKey.OnBehalfOf) && NamedUser() is { } named ? named : name;
        var identity = new ClaimsIdentity(new Caller(tenant, user).ToClaims(), SchemeName, Caller.UserClaim, null);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private string? NamedUser()
    {
        var user = Request.Headers[AiAppClient.UserHeader].ToString();
        return user.Length is > 0 and <= MaxUserLength && !user.Any(char.IsControl) ? user : null;
    }
}
