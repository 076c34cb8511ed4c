using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AiApp.Rag.Gateway;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>Speaks to a <c>/rerank</c> endpoint; every failure of it becomes a <see cref="ModelProviderException"/>.</summary>
internal sealed class RerankClient(IOptions<RerankerOptions> options) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly RerankerOptions _options = options.Value;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // The name of the endpoint is looked up again now and then: addresses move.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        // The caller's token bounds it, together with what comes before it.
        Timeout = Timeout.InfiniteTimeSpan,
        // Far more than the relevance of 200 texts takes.
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    public async Task<RerankResponse> AskAsync(string question, IReadOnlyList<string> texts, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint)
        {
            Content = JsonContent.Create(new RerankRequest(_options.Model, question, texts), options: Json),
        };
        if (_options.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        }
        try
        {
            using var response = await _http.SendAsync(request, ct);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<RerankResponse>(Json, ct) ?? throw Unusable(null)
                : throw Refused(response);
        }
        catch (Exception malformed) when (malformed is JsonException or NotSupportedException)
        {
            throw Unusable(malformed);
        }
        catch (Exception outage) when (outage is HttpRequestException or IOException)
        {
            throw new ModelProviderException(ModelFailureCodes.Error, "The reranker cannot be reached: check its Endpoint.", outage);
        }
    }

    public void Dispose() => _http.Dispose();

    private static ModelProviderException Refused(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.TooManyRequests
        ? new(ModelFailureCodes.RateLimited, "The reranker limits its rate.", null, response.Headers.RetryAfter?.Delta)
        : new(ModelFailureCodes.Error, $"The reranker answered with status {(int)response.StatusCode}.", null, response.Headers.RetryAfter?.Delta)
        {
            IsOfTheRequest = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
        };

    private static ModelProviderException Unusable(Exception? inner) =>
        new(ModelFailureCodes.BadOutput, "The reranker sent something that is not its protocol.", inner);
}
