using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AiApp.Contracts;
using AiApp.Web.Answers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiApp.Web.Tests.Answers;

/// <summary>Answers what a test says, call by call, without a server.</summary>
internal sealed class ScriptedApi : HttpMessageHandler
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Method, path and body of each call, in their order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public required Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Script { get; init; }

    public AiAppClient Client => new(new HttpClient(this, disposeHandler: false) { BaseAddress = new Uri("http://localhost/") });

    public Asking Asking() => new(Client, Options.Create(new AskOptions()), new HastyClock(), NullLogger<Asking>.Instance);

    public static HttpResponseMessage Ok<T>(T value) => new() { Content = JsonContent.Create(value, options: Json) };

    public static HttpResponseMessage Refuse(HttpStatusCode status, ProblemDto? problem = null) => new(status)
    {
        Content = problem is null ? new StringContent("<html>", Encoding.UTF8, "text/html") : JsonContent.Create(problem, new("application/problem+json"), Json),
    };

    /// <summary>Events that end as a connection does which is closed in order.</summary>
    public static HttpResponseMessage Events(params IEnumerable<(string Name, object Data)> events) => new()
    {
        Content = new StringContent(
            string.Concat(events.Select((one, at) => $"id: {at + 1}\nevent: {one.Name}\ndata: {JsonSerializer.Serialize(one.Data, Json)}\n\n")), Encoding.UTF8, "text/event-stream"),
    };

    public static ConversationDto Conversation(Guid id) => new() { Id = id, CreatedAt = default, UpdatedAt = default };

    public static AnswerDto Answer { get; } = new()
    {
        Id = Guid.Empty, Question = "Why?", Text = "Because.", Outcome = AnswerOutcomes.Answered, Citations = [], Passages = [], Usage = new(), Provider = "local", Model = "m",
        PromptVersion = "v1", Stages = [], DurationMs = 1,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"{request.Method} {request.RequestUri!.AbsolutePath} {(request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "")}".TrimEnd());
        return await Script(request, cancellationToken);
    }

    /// <summary>Whoever pauses goes on at once; what is done at intervals is never done.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
