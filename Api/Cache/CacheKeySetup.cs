using AiApp.Api.Auth;
using AiApp.Rag.Caching;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Cache;

/// <summary>Without a key of its own the cache signs with one that follows from the pepper of the API keys: every Api of a deployment has it.</summary>
internal sealed class CacheKeySetup(IOptions<ApiKeyOptions> keys) : IPostConfigureOptions<CacheOptions>
{
    public void PostConfigure(string? name, CacheOptions options)
    {
        if (options.SigningKey.Length > 0)
        {
            return;
        }
        try
        {
            options.SigningKey = keys.Value.Pepper.Length >= CacheOptions.MinKeyLength ? keys.Value.Pepper : "";
        }
        catch (OptionsValidationException)
        {
            // What is wrong with the keys is said once, by their own validation.
        }
    }
}
