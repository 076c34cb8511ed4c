using AiApp.Testing;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace AiApp.Polyfills.Tests.AI;

#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime
public sealed class OpenAIEmbeddingGeneratorTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private ModelServer server = null!;

    public async Task InitializeAsync() => server = await ModelServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Embeddings_come_in_the_order_of_their_texts_with_usage()
    {
        var embeddings = await server.Embedder().GenerateAsync(["parental leave", "travel costs abroad"]);
        Assert.Equal(BagOfWords.Embed("parental leave"), embeddings[0].Vector.ToArray());
        Assert.Equal(BagOfWords.Embed("travel costs abroad"), embeddings[1].Vector.ToArray());
        Assert.Equal("bag-of-words", embeddings[0].ModelId);
        Assert.Equal((5L, 5L), (embeddings.Usage!.InputTokenCount, embeddings.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task The_default_dimensions_are_asked_for()
    {
        var embeddings = await server.Embedder(64).GenerateAsync(["text"]);
        Assert.Equal(64, embeddings[0].Dimensions);
        Assert.Equal(64, server.Calls[0].Body.GetProperty("dimensions").GetInt32());
    }

    [Fact]
    public async Task The_options_win_over_the_defaults()
    {
        await server.Embedder(64).GenerateAsync(["text"], new EmbeddingGenerationOptions { Dimensions = 32, ModelId = "other" });
        Assert.Equal(32, server.Calls[0].Body.GetProperty("dimensions").GetInt32());
        Assert.Equal("other", server.Calls[0].Model);
    }

    [Fact]
    public async Task Without_dimensions_none_are_asked_for()
    {
        await server.Embedder().GenerateAsync(["text"]);
        Assert.False(server.Calls[0].Body.TryGetProperty("dimensions", out _));
    }

    [Fact]
    public async Task Cancelling_reaches_the_service()
    {
        server.EmbeddingFaults.Next(new Fault.SlowHeaders(new Gate()));
        using var cancel = new CancellationTokenSource();
        var embeddings = server.Embedder().GenerateAsync(["text"], cancellationToken: cancel.Token);
        var call = await server.WaitForCallAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embeddings);
        Assert.Equal(CallOutcome.Cancelled, await call.Finished);
    }

    [Fact]
    public void Metadata_tells_model_and_dimensions()
    {
        var generator = server.Embedder(64);
        var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("openai", "bag-of-words", 64), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.NotNull(generator.GetService<EmbeddingClient>());
    }

    [Fact]
    public void Dimensions_below_one_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Embedder(0));
}
