using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Ingestion.Embedding;
using Microsoft.Extensions.AI;

namespace AiApp.Integration.Tests.Ingestion;

/// <summary>Vectors from a hash: the same in every process. A test may step in before they are made.</summary>
internal sealed class TestEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("test", null, "test-hash", 8);

    /// <summary>What was embedded, call by call.</summary>
    public List<IReadOnlyList<string>> Calls { get; } = [];

    /// <summary>A call that holds a text with this word fails as a model's bad answer does.</summary>
    public string? Rejected { get; set; }

    /// <summary>Runs once, at the next call.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var before = Before;
        Before = null;
        await (before?.Invoke(cancellationToken) ?? Task.CompletedTask);
        lock (Calls)
        {
            Calls.Add([.. values]);
        }
        if (Rejected is { } word && values.Any(text => text.Contains(word, StringComparison.Ordinal)))
        {
            throw new EmbeddingOutputException("The model rejects this text.");
        }
        return new(values.Select(text => new Embedding<float>(SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(8).Select(b => b / 255f).ToArray())));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }
}
