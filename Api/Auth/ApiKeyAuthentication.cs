using System.Security.Claims;
using System.Text.Encodings.Web;
using AiApp.Api.Problems;
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
    private Problem? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            // A developer's machine holds everything anyway: acting for somebody there is how access is tried out.
            return DevelopmentAccess.IsLocal(Context)
                ? Succeed(TenantId.Default, new(null, "developer", MayActFor: true, []))
                : AuthenticateResult.NoResult();
        }
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("Not a Bearer key.");
        }
        var given = header[Bearer.Length..].Trim();
        if (hasher.IsWebKey(given))
        {
            return Succeed(TenantId.Default, new(ApiKeyOptions.WebKeyId, "web", MayActFor: true, []));
        }
        if (ApiKeyText.Parse(given) is not { } text
            || await keys.FindAsync(text.Id, Context.RequestAborted) is not { RevokedAt: null } key
            || !hasher.Matches(text.Text, key.Hmac))
        {
            return AuthenticateResult.Fail("Not a valid key.");
        }
        await keys.RecordUseAsync(key, Context.RequestAborted);
        return Succeed(new TenantId(key.TenantId), new(key.Id, key.Name, key.Scopes.Contains(ApiKey.OnBehalfOf), key.Principals));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refusal is not null)
        {
            return new ProblemResult(_refusal).ExecuteAsync(Context);
        }
        Response.Headers.WWWAuthenticate = "Bearer";
        return new ProblemResult(new Problem(ProblemCatalogue.Auth)).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new ProblemResult(new Problem(ProblemCatalogue.Forbidden)).ExecuteAsync(Context);

    private AuthenticateResult Succeed(TenantId tenant, KeyHolder holder)
    {
        var (user, principals, problem) = ActingCaller.Read(holder, Request.Headers);
        if (problem is not null)
        {
            _refusal = problem;
            return AuthenticateResult.Fail("The person that the request names is refused.");
        }
        var identity = new ClaimsIdentity(new Caller(tenant, user, principals, holder.Id).ToClaims(), SchemeName, Caller.UserClaim, null);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
