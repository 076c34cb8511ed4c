using Microsoft.Extensions.Options;

namespace AiApp.Api.Auth;

/// <summary>Development needs no secrets; everything else does not start without.</summary>
internal sealed class ApiKeyOptionsSetup(IHostEnvironment environment) : IPostConfigureOptions<ApiKeyOptions>, IValidateOptions<ApiKeyOptions>
{
    private const string DevelopmentPepper = "not a secret: the pepper of development machines only";

    public void PostConfigure(string? name, ApiKeyOptions options)
    {
        if (environment.IsDevelopment() && options.Pepper.Length == 0)
        {
            options.Pepper = DevelopmentPepper;
        }
    }

    public ValidateOptionsResult Validate(string? name, ApiKeyOptions options) => options switch
    {
        { Pepper.Length: < ApiKeyOptions.MinSecretLength } or { Pepper: DevelopmentPepper } when !environment.IsDevelopment() =>
            ValidateOptionsResult.Fail(
                "ApiKeys:Pepper is missing or shorter than 32 characters: set ApiKeys__Pepper to a random secret (openssl rand -base64 48)"
                + " and keep it, because every API key is stored under it."),
        { Web.Length: > 0 and < ApiKeyOptions.MinSecretLength } => ValidateOptionsResult.Fail(
            "ApiKeys:Web is shorter than 32 characters: set ApiKeys__Web to a random secret (openssl rand -base64 48), or leave it empty."),
        _ => ValidateOptionsResult.Success,
    };
}
