using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Microsoft.Extensions.AI;

/// <summary>One client's source and meter, with the provider that every measurement names.</summary>
internal sealed class GenAIInstruments : IDisposable
{
    private static readonly double[] Seconds =
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    private static readonly int[] Tokens =
        [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];

    private readonly string operation;
    private readonly string? providerName;
    private readonly Uri? providerUri;
    private readonly Meter meter;

    public GenAIInstruments(string operation, string? sourceName, string? providerName, Uri? providerUri)
    {
        this.operation = operation;
        this.providerName = providerName;
        this.providerUri = providerUri;
        var name = string.IsNullOrEmpty(sourceName) ? GenAI.DefaultSourceName : sourceName;
        Source = new ActivitySource(name);
        meter = new Meter(name);
        TokenUsage = meter.CreateHistogram(
            "gen_ai.client.token.usage",
            "{token}",
            "Measures number of input and output tokens used",
            tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = Tokens });
        Duration = SecondsHistogram("gen_ai.client.operation.duration", "Measures the duration of a GenAI operation");
    }

    public ActivitySource Source { get; }

    public Histogram<int> TokenUsage { get; }

    public Histogram<double> Duration { get; }

    public Histogram<double> SecondsHistogram(string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    public string SpanName(string? model) => string.IsNullOrWhiteSpace(model) ? operation : $"{operation} {model}";

    public TagList Tags(string? requestModel, string? responseModel = null)
    {
        var tags = new TagList { { GenAI.OperationName, operation } };
        if (requestModel is not null)
        {
            tags.Add(GenAI.Request.Model, requestModel);
        }

        tags.Add(GenAI.ProviderName, providerName);
        if (providerUri is not null)
        {
            tags.Add(GenAI.ServerAddress, providerUri.Host);
            tags.Add(GenAI.ServerPort, providerUri.Port);
        }

        if (responseModel is not null)
        {
            tags.Add(GenAI.Response.Model, responseModel);
        }

        return tags;
    }

    public void RecordDuration(TimeSpan elapsed, string? requestModel, string? responseModel, Exception? error)
    {
        if (!Duration.Enabled)
        {
            return;
        }

        var tags = Tags(requestModel, responseModel);
        if (error is not null)
        {
            tags.Add(GenAI.ErrorType, error.GetType().FullName);
        }

        Duration.Record(elapsed.TotalSeconds, tags);
    }

    public void RecordTokens(string type, long? count, string? requestModel, string? responseModel)
    {
        if (!TokenUsage.Enabled || count is not { } tokens)
        {
            return;
        }

        var tags = Tags(requestModel, responseModel);
        tags.Add(GenAI.TokenType, type);
        TokenUsage.Record((int)tokens, tags);
    }

    public void Dispose()
    {
        Source.Dispose();
        meter.Dispose();
    }
}
