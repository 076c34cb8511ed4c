using System.Collections.Concurrent;

namespace AiApp.Testing;

/// <summary>
/// A model provider that speaks the OpenAI protocol on loopback, answers from fixed rules, misbehaves on demand and keeps
/// a log of what reached it.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CallLog log;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<IReadOnlyList<string>> scripts = new();

    private ModelServer(WebApplication app, ModelServerOptions options)
    {
        this.app = app;
        Options = options;
        log = new(options.KeepsCalls);
        Mode = options.Mode;
        Script = options.Script;
        Writer = options.Mode == AnswerMode.Agent ? _ => "INSUFFICIENT_CONTEXT" : prompt => ExtractiveAnswer.For(prompt.Text, options);
    }

    /// <summary>The base address for an OpenAI client, ending in <c>/v1</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    public AnswerMode Mode { get; set; }

    public IReadOnlyList<string> Script { get; set; }

    /// <summary>What <see cref="AnswerMode.Agent"/> says.</summary>
    public AgentScripts Agents { get; } = new();

    /// <summary>What <see cref="AnswerMode.Written"/> says; as <see cref="AnswerMode.Extract"/> until a test says otherwise.</summary>
    public Func<ShownPrompt, string> Writer { get; set; }

    /// <summary>As servers do whose model cannot call tools.</summary>
    public bool RefusesTools { get; set; }

    public FaultPlan ChatFaults { get; } = new();

    public FaultPlan EmbeddingFaults { get; } = new();

    public FaultPlan RerankFaults { get; } = new();

    public IReadOnlyList<ModelCall> Calls => log.All;

    /// <summary>Also of calls that are not kept.</summary>
    public int CallCount => log.Count;

    internal ModelServerOptions Options { get; }

    internal CallLog Log => log;

    internal CancellationToken Stopping => stopping.Token;

    public static Task<ModelServer> StartAsync(CancellationToken ct = default) => StartAsync(new ModelServerOptions(), ct);

    public static async Task<ModelServer> StartAsync(ModelServerOptions options, CancellationToken ct = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        // A flush ends when the bytes are with the caller, so that a cut never takes back a chunk that was sent before it.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxResponseBufferSize = 0);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var web = builder.Build();
        var server = new ModelServer(web, options);
        web.MapGet("/v1/models", ModelsEndpoint.Handle);
        web.MapPost("/v1/chat/completions", context => ChatEndpoint.HandleAsync(server, context));
        web.MapPost("/v1/embeddings", context => EmbeddingsEndpoint.HandleAsync(server, context));
        web.MapPost("/v1/rerank", context => RerankEndpoint.HandleAsync(server, context));
        await web.StartAsync(ct);
        server.Endpoint = new Uri($"{web.Urls.Single()}/v1");
        return server;
    }

    /// <summary>Answers of the coming scripted requests, one each; after them <see cref="Script"/> holds again.</summary>
    public void ScriptNext(params string[] pieces) => scripts.Enqueue(pieces);

    /// <summary>The first call that fits, at once when it is already there.</summary>
    public Task<ModelCall> WaitForCallAsync(Func<ModelCall, bool>? wanted = null, CancellationToken ct = default) =>
        log.WaitAsync(wanted ?? (_ => true), ct);

    public Task WaitForShutdownAsync(CancellationToken ct = default) => app.WaitForShutdownAsync(ct);

    /// <summary>Requests that are still held are reset, so that a forgotten gate never blocks a test run.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    internal IReadOnlyList<string> NextScript() => scripts.TryDequeue(out var script) ? script : Script;

    internal AnswerMode ModeFor(string? model) =>
        Enum.TryParse<AnswerMode>(model?.Split('+')[0], ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : Mode;
}
