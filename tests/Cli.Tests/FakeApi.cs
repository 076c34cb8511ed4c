using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiApp.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiApp.Cli.Tests;

/// <summary>An Api that speaks the Contracts over real HTTP and answers what a test puts into it.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly WebApplication _app;
    private int _summaries;

    private FakeApi(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public AnswerDto Answer { get; set; } = Sample.Answer();
    public ProblemDto? Problem { get; set; }

    /// <summary>Ends the stream after the first delta, without "done".</summary>
    public bool CutsTheStream { get; set; }

    /// <summary>Says nothing; of an answer in a conversation no more than its first word.</summary>
    public bool Hangs { get; set; }
    public string DocumentText { get; set; } = Sample.Text;

    /// <summary>Answers of the summary, one after the other; the last stays. Null is "503 overloaded".</summary>
    public IReadOnlyList<DocumentSummaryDto?> Summaries { get; set; } = [Sample.Summary(ready: 1)];
    public int SummaryRequests => _summaries;
    public ConcurrentQueue<IReadOnlyList<string>> Batches { get; } = new();
    public ConcurrentDictionary<Guid, DocumentDto> Documents { get; } = new();

    /// <summary>What becomes of an uploaded path; ready when the test says nothing.</summary>
    public Func<string, string> Fate { get; set; } = _ => DocumentStatuses.Ready;

    /// <summary>Each connection of a watcher gets one of these states and is cut; the last one stays open.</summary>
    public IReadOnlyList<QueueDto> QueueStates { get; set; } = [Sample.Queue()];
    public ConcurrentQueue<string> QueueCalls { get; } = new();
    public Func<CheckedFileRequest, CheckedFileDto> Judge { get; set; } = file => new() { SourceUri = file.Path, Outcome = CheckOutcomes.New };

    /// <summary>One of a page.</summary>
    public IReadOnlyList<FeedbackDto> Feedback { get; set; } = [];
    public IReadOnlyList<GoldenCandidateDto> Candidates { get; set; } = [];
    public FakeSources Sources { get; } = new();
    public FakeAgent Agent { get; } = new();
    public FakeConversations Conversations { get; } = new();

    /// <summary>The turns that were begun, in their order, and those that were stopped.</summary>
    public ConcurrentQueue<TurnRequest> Turns { get; } = new();
    public ConcurrentQueue<Guid> StoppedTurns { get; } = new();
    public string? Authorization { get; private set; }
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<FakeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeApi(app);
        app.MapPost("/api/ask", api.Ask);
        app.MapPost("/api/conversations/{id:guid}/turns", api.AddTurn);
        app.MapGet("/api/conversations/{id:guid}/turns/{turn:guid}/events", api.ReadTurn);
        app.MapPost("/api/conversations/{id:guid}/turns/{turn:guid}/stop", api.StopTurn);
        api.Conversations.Map(app);
        api.Agent.Map(app, () => api.Answer);
        app.MapPost("/api/answers/{id:guid}/replay", (Guid id, string evidence) => Results.Json(Sample.Replay(id, evidence), Json));
        app.MapPost("/api/search", () => api.Problem is { } p ? Refuse(p) : Results.Json(Sample.SearchResult(), Json));
        app.MapGet("/api/search/explain", (string? document) => api.Problem is { } p ? Refuse(p) : Results.Json(Sample.Explanation(document), Json));
        app.MapPost("/api/extract", (ExtractRequest request) => api.Problem is { } p ? Refuse(p) : Results.Json(Sample.Extraction(request), Json));
        app.MapGet("/api/documents/summary", api.Summarize);
        app.MapGet("/api/documents", api.List);
        app.MapGet("/api/documents/{id:guid}/text", (Guid id, long? version) => Results.Json(Sample.Document(id, version, api.DocumentText), Json));
        app.MapGet("/api/documents/{id:guid}", (Guid id) => Results.Json(api.Documents[id], Json));
        app.MapPut("/api/documents/{id:guid}/readers", (Guid id, ReadersRequest request) =>
            Results.Json(api.Documents[id] = api.Documents[id] with { Readers = request.Principals }, Json));
        app.MapPost("/api/documents", (Delegate)api.Upload);
        app.MapDelete("/api/documents/{id:guid}", (Guid id) => Results.Json(Sample.Receipt(id), Json));
        app.MapPost("/api/documents/{id:guid}/cancel", (Guid id) =>
            Results.Json(api.Documents[id] = api.Documents[id] with { Status = DocumentStatuses.Cancelled }, Json));
        app.MapPost("/api/documents/check", (DocumentCheckRequest request) =>
            Results.Json(new DocumentCheckDto { Files = [.. request.Files.Select(api.Judge)] }, Json));
        app.MapGet("/api/feedback", (int? cursor) => Results.Json(Page(api.Feedback, cursor ?? 0), Json));
        app.MapGet("/api/feedback/candidates", (int? cursor, HttpResponse response) =>
        {
            var page = Page(api.Candidates, cursor ?? 0);
            if (page.Next is not null)
            {
                response.Headers[AiAppClient.NextHeader] = page.Next;
            }
            return Results.Text(string.Concat(page.Items.Select(item => JsonSerializer.Serialize(item, Json) + "\n")), "application/jsonl");
        });
        new FakeQueue(api.QueueCalls, () => api.QueueStates, Json).Map(app);
        api.Sources.Map(app);
        await app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Refuse(ProblemDto problem) =>
        Results.Json(problem, Json, "application/problem+json", problem.Status ?? 500);

    private static PageDto<T> Page<T>(IReadOnlyList<T> all, int at) => new()
    {
        Items = [.. all.Skip(at).Take(1)],
        Next = at + 1 < all.Count ? (at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
    };

    private async Task<IResult> Ask(HttpContext context, AskRequest request)
    {
        Authorization = context.Request.Headers.Authorization;
        Reached.TrySetResult();
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        if (Problem is { } problem)
        {
            return Refuse(problem);
        }
        var answer = Answer with { Question = request.Question };
        return context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal)
            ? TypedResults.ServerSentEvents(Events(answer, CutsTheStream, context.RequestAborted))
            : Results.Json(answer, Json);
    }

    private ServerSentEventsResult<string> AddTurn(Guid id, TurnRequest request, HttpContext context)
    {
        Turns.Enqueue(request);
        return TypedResults.ServerSentEvents(TurnEvents(id, request, after: 0, CutsTheStream, context.RequestAborted));
    }

    private ServerSentEventsResult<string> ReadTurn(Guid id, Guid turn, HttpContext context) => TypedResults.ServerSentEvents(
        TurnEvents(id, Turns.Single(one => one.Id == turn), int.Parse(context.Request.Headers["Last-Event-ID"]!), cuts: false, context.RequestAborted));

    private IResult StopTurn(Guid id, Guid turn)
    {
        StoppedTurns.Enqueue(turn);
        return Results.Json(new TurnDto { ConversationId = id, Id = turn, Question = "", State = TurnStates.Stopped, CreatedAt = DateTimeOffset.UnixEpoch }, Json);
    }

    private async IAsyncEnumerable<SseItem<string>> TurnEvents(Guid id, TurnRequest request, int after, bool cuts, [EnumeratorCancellation] CancellationToken ct)
    {
        var answer = Answer with { Question = $"{request.Question} In {id}." };
        if (after == 0)
        {
            yield return Event(AnswerEventNames.Turn, new TurnBegunEvent(id, request.Id!.Value, null));
            yield return Event(AnswerEventNames.Understood, new UnderstoodEvent(answer.Question, "rules"));
        }
        var number = 0;
        await foreach (var one in Events(answer, cuts, ct))
        {
            if (++number > after)
            {
                yield return new SseItem<string>(one.Data, one.EventType) { EventId = $"{number}" };
            }
            if (Hangs && one.EventType == AnswerEventNames.Delta)
            {
                Reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, ct);
            }
        }
    }

    private async IAsyncEnumerable<SseItem<string>> Events(AnswerDto answer, bool cuts, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return Event(AnswerEventNames.Stage, new StageEvent("retrieving", 1));
        foreach (var citation in answer.Citations)
        {
            yield return Event(AnswerEventNames.Citation, citation);
        }
        foreach (var word in answer.Text.Split(' ').Select((w, i) => i == 0 ? w : " " + w))
        {
            await Task.Yield();
            ct.ThrowIfCancellationRequested();
            yield return Event(AnswerEventNames.Delta, new DeltaEvent(word));
            if (cuts)
            {
                yield break;
            }
        }
        yield return Event(AnswerEventNames.Done, answer);
    }

    private static SseItem<string> Event<T>(string name, T value) => new(JsonSerializer.Serialize(value, Json), name);

    private IResult Summarize()
    {
        var n = Interlocked.Increment(ref _summaries) - 1;
        return Summaries[Math.Min(n, Summaries.Count - 1)] is { } summary
            ? Results.Json(summary, Json)
            : Refuse(new ProblemDto { Status = 503, Code = ProblemCodes.Overloaded, Title = "Starting.", Retryable = true });
    }

    private IResult List(string? status, int limit)
    {
        var items = Documents.Values.Where(d => status is null || d.Status == status).Take(limit).ToList();
        return Results.Json(new PageDto<DocumentDto> { Items = items }, Json);
    }

    private async Task<IResult> Upload(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var paths = form["path"].Select(p => p!).ToList();
        Batches.Enqueue(paths);
        var files = paths.Select(path =>
        {
            var fate = Fate(path);
            if (fate is "unchanged" or "rejected")
            {
                return new UploadDto
                {
                    SourceUri = path,
                    Outcome = fate,
                    DocumentId = fate == "unchanged" ? Guid.NewGuid() : null,
                    Problem = fate == "rejected" ? new ProblemDto { Detail = "The file is empty.", Code = ProblemCodes.Validation } : null,
                };
            }
            var document = Sample.Row(path, fate);
            Documents[document.Id] = document;
            return new UploadDto { SourceUri = path, Outcome = "accepted", DocumentId = document.Id };
        }).ToList();
        return Results.Json(new UploadResultDto { Files = files }, Json);
    }
}
