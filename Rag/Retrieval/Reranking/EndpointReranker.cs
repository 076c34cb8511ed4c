using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>Asks a <c>/rerank</c> endpoint. When it fails or takes too long, the order of fusion stays: no question fails by it.</summary>
internal sealed partial class EndpointReranker(IOptions<RerankerOptions> options, ILogger<EndpointReranker> logger) : IReranker, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly RerankerOptions _options = options.Value;
    // The name of the endpoint is looked up again now and then: addresses move.
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromMilliseconds(options.Value.TimeoutMs),
    };

    public int Depth => _options.Depth;

    public async Task<IReadOnlyList<double>?> ScoreAsync(string question, IReadOnlyList<string> texts, CancellationToken ct)
    {
        IReadOnlyList<double>? scores = null;
        try
        {
            scores = await AskAsync(new(_options.Model, question, texts), ct);
            if (scores is null)
            {
                Unusable();
            }
        }
        catch (Exception outage) when (outage is HttpRequestException or JsonException || (outage is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Unavailable(outage.GetType().Name);
        }
        RagTelemetry.Reranks.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, scores is null ? "failed" : "done"));
        return scores;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<double>?> AskAsync(RerankRequest body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint) { Content = JsonContent.Create(body, options: Json) };
        if (_options.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        }
        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<RerankResponse>(Json, ct))?.ToScores(body.Documents.Count);
    }

    // The kind of failure alone: messages of others may repeat what was sent.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The reranker failed with {Failure}; the order of fusion stays")]
    private partial void Unavailable(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reranker's response does not judge every text; the order of fusion stays")]
    private partial void Unusable();
}
