using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Models;

/// <summary>An endpoint that speaks the OpenAI protocol: OpenAI, Azure OpenAI, Ollama, vLLM, llama.cpp.</summary>
public sealed class ProviderOptions
{
    /// <summary>Up to and with its version, such as https://NAME.openai.azure.com/openai/v1.</summary>
    public string Endpoint { get; set; } = "";

    public string ApiKey { get; set; } = "";

    /// <summary>Instead of a key: the identity that this process runs as, where the endpoint is Azure's.</summary>
    public bool UseIdentity { get; set; }

    public double ConnectSeconds { get; set; } = 5;
    public double FirstTokenSeconds { get; set; } = 30;
    public double BetweenTokensSeconds { get; set; } = 15;

    /// <summary>For an answer that is not streamed, and for embeddings.</summary>
    public double WholeSeconds { get; set; } = 60;

    internal IEnumerable<ValidationResult> Validate(string name)
    {
        var section = $"Models:Providers:{name}";
        if (name == ModelsOptions.Local)
        {
            yield return new($"{section}: 'local' is built in and needs no settings; choose another name.");
        }
        if (!EmbeddingOptions.IsEndpoint(Endpoint))
        {
            yield return new($"{section}:Endpoint must be an http(s) address such as https://api.openai.com/v1.");
        }
        if (!UseIdentity && string.IsNullOrWhiteSpace(ApiKey))
        {
            yield return new($"{section}:ApiKey is missing: set it (servers without keys accept any word), or UseIdentity for Azure.");
        }
        foreach (var (setting, value) in new[]
        {
            (nameof(ConnectSeconds), ConnectSeconds), (nameof(FirstTokenSeconds), FirstTokenSeconds),
            (nameof(BetweenTokensSeconds), BetweenTokensSeconds), (nameof(WholeSeconds), WholeSeconds),
        })
        {
            if (value is not (>= 0.05 and <= 600))
            {
                yield return new($"{section}:{setting} must be between 0.05 and 600.");
            }
        }
    }
}
