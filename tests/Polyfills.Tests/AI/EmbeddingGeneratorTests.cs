using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Polyfills.Tests.AI;

public sealed class EmbeddingGeneratorTests : IDisposable
{
    private readonly TelemetryRecorder recorder = new();

    public void Dispose() => recorder.Dispose();

    [Fact]
    public void The_first_use_is_the_outermost_generator()
    {
        var generator = new Stub().AsBuilder().Use(inner => new Named(inner, "first")).Use(inner => new Named(inner, "second")).Build();
        Assert.Equal("first", Assert.IsType<Named>(generator).Name);
    }

    [Fact]
    public void The_registered_generator_is_also_found_without_its_types()
    {
        var collection = new ServiceCollection();
        collection.AddEmbeddingGenerator(new Stub()).Use(inner => new Named(inner, "outer"));
        using var services = collection.BuildServiceProvider();
        Assert.Same(
            services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(),
            services.GetRequiredService<IEmbeddingGenerator>());
    }

    [Fact]
    public async Task A_batch_is_a_client_span_with_model_dimensions_and_tokens()
    {
        await Generator().GenerateAsync(["one", "two"]);
        Assert.Equal(("embeddings embed-1", ActivityKind.Client), (recorder.Span.DisplayName, recorder.Span.Kind));
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.request.model"] = "embed-1",
                ["gen_ai.provider.name"] = "stub",
                ["server.address"] = "models.test",
                ["server.port"] = 8080,
                ["gen_ai.embeddings.dimension.count"] = 2,
                ["gen_ai.usage.input_tokens"] = 5,
                ["gen_ai.response.model"] = "embed-1-2026",
            },
            recorder.Span.TagObjects.ToDictionary());
    }

    [Fact]
    public async Task A_batch_measures_its_duration_and_input_tokens()
    {
        await Generator().GenerateAsync(["one", "two"]);
        Assert.Single(recorder.Of("gen_ai.client.operation.duration"));
        var usage = Assert.Single(recorder.Of("gen_ai.client.token.usage"));
        Assert.Equal((5d, (object)"input"), (usage.Value, usage.Tags["gen_ai.token.type"]!));
    }

    [Fact]
    public async Task A_failed_batch_marks_the_span_with_the_type_of_the_failure()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Generator(new Stub { Failure = new TimeoutException("too slow") }).GenerateAsync(["one"]));
        Assert.Equal(ActivityStatusCode.Error, recorder.Span.Status);
        Assert.Equal("System.TimeoutException", recorder.Span.GetTagItem("error.type"));
    }

    private IEmbeddingGenerator<string, Embedding<float>> Generator(Stub? stub = null) =>
        (stub ?? new Stub()).AsBuilder().UseOpenTelemetry(sourceName: recorder.Name).Build();

    private sealed class Stub : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Exception? Failure { get; init; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Failure is not null
                ? Task.FromException<GeneratedEmbeddings<Embedding<float>>>(Failure)
                : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
                    values.Select(value => new Embedding<float>(new float[] { value.Length, 1 }) { ModelId = "embed-1-2026" }))
                {
                    Usage = new UsageDetails { InputTokenCount = 5 },
                });

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata)
                ? new EmbeddingGeneratorMetadata("stub", new Uri("http://models.test:8080/v1"), "embed-1", 2)
                : null;

        public void Dispose()
        {
        }
    }

    private sealed class Named(IEmbeddingGenerator<string, Embedding<float>> inner, string name)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public string Name => name;
    }
}
