using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AiApp.Contracts;

/// <summary>
/// The typed client of the Api. Give it an <see cref="HttpClient"/> with the Api's base address; a response that is not
/// a success throws <see cref="AiAppException"/>, an Api that cannot be reached <see cref="HttpRequestException"/>.
/// </summary>
public sealed partial class AiAppClient(HttpClient http)
{
    /// <summary>The person a request is made for; only with a key that may act for people.</summary>
    public const string UserHeader = "X-AiApp-User";

    /// <summary>The groups of that person, separated by commas.</summary>
    public const string GroupsHeader = "X-AiApp-Groups";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task<AnswerDto> AskAsync(AskRequest request, CancellationToken ct = default) =>
        SendAsync<AnswerDto>(new(HttpMethod.Post, "api/ask") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Streams an answer; ends after a <see cref="DoneEvent"/> or an <see cref="ErrorEvent"/>.</summary>
    public async IAsyncEnumerable<AnswerEvent> AskStreamingAsync(
        AskRequest request, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "api/ask")
        {
            Content = JsonContent.Create(request, options: Json),
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
        await EnsureSuccessAsync(response, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
        {
            if (ReadEvent(item.EventType, item.Data) is { } answerEvent)
            {
                yield return answerEvent;
            }
        }
    }

    public Task<SearchResultDto> SearchAsync(SearchRequest request, CancellationToken ct = default) =>
        SendAsync<SearchResultDto>(new(HttpMethod.Post, "api/search") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Tells how a search comes to its passages; with an id or a source URI, also what became of that document.</summary>
    public Task<ExplanationDto> ExplainSearchAsync(
        string query, string? collection = null, string? document = null, int? top = null, CancellationToken ct = default) =>
        SendAsync<ExplanationDto>(new(HttpMethod.Get, $"api/search/explain?query={Uri.EscapeDataString(query)}"
            + (collection is null ? "" : $"&collection={Uri.EscapeDataString(collection)}")
            + (document is null ? "" : $"&document={Uri.EscapeDataString(document)}")
            + (top is null ? "" : $"&top={top}")), ct);

    /// <summary>A value that is valid against the schema, or <see cref="AiAppException"/>.</summary>
    public Task<ExtractionDto> ExtractAsync(ExtractRequest request, CancellationToken ct = default) =>
        SendAsync<ExtractionDto>(new(HttpMethod.Post, "api/extract") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Of the last 24 hours without a range.</summary>
    public Task<CacheReportDto> GetCacheReportAsync(DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken ct = default) =>
        SendAsync<CacheReportDto>(new(HttpMethod.Get, "api/cache" + Query(("from", Instant(from)), ("to", Instant(to)))), ct);

    /// <summary>Forgets everything cached for the caller's tenant.</summary>
    public Task<CacheClearedDto> ClearCacheAsync(CancellationToken ct = default) => SendAsync<CacheClearedDto>(new(HttpMethod.Post, "api/cache/clear"), ct);

    public Task<AnswerDto> GetAnswerAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<AnswerDto>(new(HttpMethod.Get, $"api/answers/{id}"), ct);

    public Task<PageDto<DocumentDto>> ListDocumentsAsync(
        string? cursor = null, int limit = 100, string? status = null, CancellationToken ct = default) =>
        SendAsync<PageDto<DocumentDto>>(new(HttpMethod.Get, $"api/documents?limit={limit}"
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")
            + (status is null ? "" : $"&status={Uri.EscapeDataString(status)}")), ct);

    public Task<DocumentSummaryDto> GetDocumentSummaryAsync(CancellationToken ct = default) =>
        SendAsync<DocumentSummaryDto>(new(HttpMethod.Get, "api/documents/summary"), ct);

    public Task<DocumentDto> GetDocumentAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<DocumentDto>(new(HttpMethod.Get, $"api/documents/{id}"), ct);

    /// <summary>The text of one version, or of the newest when <paramref name="versionId"/> is null.</summary>
    public Task<DocumentTextDto> GetDocumentTextAsync(Guid id, long? versionId = null, CancellationToken ct = default) =>
        SendAsync<DocumentTextDto>(new(HttpMethod.Get,
            $"api/documents/{id}/text" + (versionId is null ? "" : $"?version={versionId}")), ct);

    /// <summary>What has become of the document's uploads, oldest first.</summary>
    public Task<DocumentTimelineDto> GetDocumentTimelineAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<DocumentTimelineDto>(new(HttpMethod.Get, $"api/documents/{id}/timeline"), ct);

    /// <summary>Removes the document with everything that was made of it, and says what that was.</summary>
    public Task<DeletionReceiptDto> DeleteDocumentAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<DeletionReceiptDto>(new(HttpMethod.Delete, $"api/documents/{id}"), ct);

    /// <summary>Calls the newest upload back, also while it is being ingested.</summary>
    public Task<DocumentDto> CancelDocumentAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<DocumentDto>(new(HttpMethod.Post, $"api/documents/{id}/cancel"), ct);

    /// <summary>Says what uploads of these files would do.</summary>
    public Task<DocumentCheckDto> CheckDocumentsAsync(DocumentCheckRequest request, CancellationToken ct = default) =>
        SendAsync<DocumentCheckDto>(new(HttpMethod.Post, "api/documents/check") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Replaces who may read the document; whoever calls must be one of them.</summary>
    public Task<DocumentDto> SetReadersAsync(Guid id, IReadOnlyList<string> principals, CancellationToken ct = default) =>
        SendAsync<DocumentDto>(new(HttpMethod.Put, $"api/documents/{id}/readers")
        {
            Content = JsonContent.Create(new ReadersRequest { Principals = principals }, options: Json),
        }, ct);

    /// <summary>Puts a failed or cancelled document back into the queue, from one of <see cref="RetryStages"/>.</summary>
    public Task<DocumentDto> RetryDocumentAsync(Guid id, string from = RetryStages.Failed, CancellationToken ct = default) =>
        SendAsync<DocumentDto>(new(HttpMethod.Post, $"api/documents/{id}/retry?from={Uri.EscapeDataString(from)}"), ct);

    /// <summary>Uploads files. A name may be a relative path; collection + name is the document's identity.</summary>
    public Task<UploadResultDto> UploadAsync(
        IEnumerable<(string Name, Stream Content)> files, string? collection = null, CancellationToken ct = default) =>
        UploadAsync(files, collection, readers: null, ct);

    /// <summary>The same with the principals that may read the files; without them documents that exist keep their readers.</summary>
    public async Task<UploadResultDto> UploadAsync(
        IEnumerable<(string Name, Stream Content)> files, string? collection, IEnumerable<string>? readers, CancellationToken ct = default)
    {
        using var form = new MultipartFormDataContent();
        if (collection is not null)
        {
            form.Add(new StringContent(collection), "collection");
        }
        if (readers is not null)
        {
            form.Add(new StringContent(string.Join(',', readers)), "readers");
        }
        foreach (var (name, content) in files)
        {
            // The path travels in a part of its own: servers may strip directories from a multipart file name.
            form.Add(new StringContent(name), "path");
            form.Add(new StreamContent(content), "file", Path.GetFileName(name));
        }
        return await SendAsync<UploadResultDto>(new(HttpMethod.Post, "api/documents") { Content = form }, ct);
    }

    public Task<UploadResultDto> ImportFolderAsync(FolderImportRequest request, CancellationToken ct = default) =>
        SendAsync<UploadResultDto>(new(HttpMethod.Post, "api/documents/import") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Documents whose state changed, as they change; never ends by itself.</summary>
    public IAsyncEnumerable<DocumentDto> WatchDocumentsAsync(CancellationToken ct = default) =>
        WatchAsync<DocumentDto>("api/documents/events", "document", ct);

    public Task<QueueDto> GetQueueAsync(CancellationToken ct = default) => SendAsync<QueueDto>(new(HttpMethod.Get, "api/queue"), ct);

    /// <summary>The queue now and as it changes; never ends by itself.</summary>
    public IAsyncEnumerable<QueueDto> WatchQueueAsync(CancellationToken ct = default) => WatchAsync<QueueDto>("api/queue/events", "queue", ct);

    /// <summary>What runs is finished, nothing more is begun.</summary>
    public Task<QueueDto> PauseQueueAsync(PauseRequest request, CancellationToken ct = default) =>
        SendAsync<QueueDto>(new(HttpMethod.Post, "api/queue/pause") { Content = JsonContent.Create(request, options: Json) }, ct);

    public Task<QueueDto> ResumeQueueAsync(CancellationToken ct = default) =>
        SendAsync<QueueDto>(new(HttpMethod.Post, "api/queue/resume"), ct);

    /// <summary>Calls back every upload that is queued or being ingested.</summary>
    public Task<CancelledDto> CancelQueueAsync(CancelRequest request, CancellationToken ct = default) =>
        SendAsync<CancelledDto>(new(HttpMethod.Post, "api/queue/cancel") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>What may be spent on models, and what has been.</summary>
    public Task<BudgetsDto> ListBudgetsAsync(CancellationToken ct = default) => SendAsync<BudgetsDto>(new(HttpMethod.Get, "api/budgets"), ct);

    /// <summary>Puts failed documents back into the queue.</summary>
    public Task<RetriedDto> RetryQueueAsync(RetryRequest request, CancellationToken ct = default) =>
        SendAsync<RetriedDto>(new(HttpMethod.Post, "api/queue/retry") { Content = JsonContent.Create(request, options: Json) }, ct);

    private async IAsyncEnumerable<T> WatchAsync<T>(string address, string name, [EnumeratorCancellation] CancellationToken ct)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
        await EnsureSuccessAsync(response, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
        {
            if (item.EventType == name)
            {
                yield return JsonSerializer.Deserialize<T>(item.Data, Json)!;
            }
        }
    }

    private static AnswerEvent? ReadEvent(string name, string data) => name switch
    {
        AnswerEventNames.Turn => JsonSerializer.Deserialize<TurnBegunEvent>(data, Json),
        AnswerEventNames.Understood => JsonSerializer.Deserialize<UnderstoodEvent>(data, Json),
        AnswerEventNames.Stage => JsonSerializer.Deserialize<StageEvent>(data, Json),
        AnswerEventNames.Delta => JsonSerializer.Deserialize<DeltaEvent>(data, Json),
        AnswerEventNames.Citation => new CitationEvent(JsonSerializer.Deserialize<CitationDto>(data, Json)!),
        AnswerEventNames.Usage => new UsageEvent(JsonSerializer.Deserialize<UsageDto>(data, Json)!),
        AnswerEventNames.Done => new DoneEvent(JsonSerializer.Deserialize<AnswerDto>(data, Json)!),
        AnswerEventNames.Error => new ErrorEvent(JsonSerializer.Deserialize<ProblemDto>(data, Json)!),
        _ => null, // a newer server may send more kinds
    };

    private async Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            await EnsureSuccessAsync(response, ct);
            return (await response.Content.ReadFromJsonAsync<T>(Json, ct))!;
        }
    }

    private async Task SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, ct);
            await EnsureSuccessAsync(response, ct);
        }
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }
        ProblemDto? problem = null;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                problem = await response.Content.ReadFromJsonAsync<ProblemDto>(Json, ct);
            }
            catch (JsonException)
            {
                // No problem of ours.
            }
        }
        // Without a code something between us and the Api answered; the status says what can be said.
        throw new AiAppException(problem is { Code: not null } ? problem : (problem ?? new()) with
        {
            Title = problem?.Title ?? $"The Api answered {(int)response.StatusCode} {response.ReasonPhrase}.",
            Status = (int)response.StatusCode,
            Retryable = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        });
    }
}
