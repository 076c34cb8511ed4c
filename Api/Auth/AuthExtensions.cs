using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Auth;

internal static class AuthExtensions
{
    public static IHostApplicationBuilder AddApiKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiKeyOptionsSetup>();
        builder.Services.AddSingleton<IPostConfigureOptions<ApiKeyOptions>>(s => s.GetRequiredService<ApiKeyOptionsSetup>());
        builder.Services.AddSingleton<IValidateOptions<ApiKeyOptions>>(s => s.GetRequiredService<ApiKeyOptionsSetup>());
        builder.Services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<ApiKeyHasher>();
        return builder;
    }

    public static IHostApplicationBuilder AddAuth(this IHostApplicationBuilder builder)
    {
        builder.AddApiKeys();
        builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        // An endpoint that says nothing is closed; /health, /alive and /problems say that they are open.
        var authenticated = new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().Build();
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(authenticated).SetFallbackPolicy(authenticated);
        return builder;
    }
}
