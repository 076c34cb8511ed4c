using System.Collections.Concurrent;

namespace AiApp.Testing;

/// <summary>What goes wrong with one request.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>429, with Retry-After unless it is null.</summary>
    public sealed record RateLimited(TimeSpan? RetryAfter = null) : Fault;

    /// <summary>500, 503 and the like, with an error body.</summary>
    public sealed record ServerError(int Status = 500) : Fault;

    /// <summary>The connection is reset before anything is sent.</summary>
    public sealed record Reset : Fault;

    /// <summary>Nothing is sent, headers included, until the gate opens; then the answer is whole.</summary>
    public sealed record SlowHeaders(Gate Gate) : Fault;

    /// <summary>Headers and the first, empty chunk come; the rest when the gate opens. Unstreamed: the headers.</summary>
    public sealed record SlowFirstToken(Gate Gate) : Fault;

    /// <summary>After so many chunks nothing more comes, until the gate (if any) opens or the caller gives up. Unstreamed: no answer.</summary>
    public sealed record Stall(int AfterChunks, Gate? Gate = null) : Fault;

    /// <summary>After so many chunks the connection is reset. Unstreamed: after half of the body.</summary>
    public sealed record Cut(int AfterChunks) : Fault;

    /// <summary>After so many bytes of the body the connection is reset.</summary>
    public sealed record CutAtByte(int Bytes) : Fault;

    /// <summary>A body, or a second chunk, that is not JSON.</summary>
    public sealed record MalformedJson : Fault;

    /// <summary>JSON of another protocol, in the place of the body or of the second chunk.</summary>
    public sealed record WrongSchema : Fault;

    /// <summary>An answer without a word in it.</summary>
    public sealed record Empty : Fault;

    /// <summary>Each chunk comes twice. Unstreamed: the body does.</summary>
    public sealed record Duplicates : Fault;

    /// <summary>A page for people, as a proxy sends it.</summary>
    public sealed record WrongContentType : Fault;

    /// <summary>An answer without end.</summary>
    public sealed record Huge : Fault;
}

/// <summary>The faults of one endpoint: those queued come first, one per request.</summary>
public sealed class FaultPlan
{
    private readonly ConcurrentQueue<Fault?> next = new();

    /// <summary>Meets every request for which none is queued.</summary>
    public Fault? Always { get; set; }

    /// <summary>One entry per coming request, in order; null lets that request through.</summary>
    public void Next(params Fault?[] faults)
    {
        foreach (var fault in faults)
        {
            next.Enqueue(fault);
        }
    }

    internal Fault? Take(string? model) =>
        next.TryDequeue(out var queued) ? queued : Always ?? FromModelName(model);

    /// <summary>A fault after a plus sign in the model's name lets separate processes choose it: <c>extract+cut</c>.</summary>
    private static Fault? FromModelName(string? model) => model?.Split('+') is [_, var name, ..]
        ? name switch
        {
            "429" => new Fault.RateLimited(TimeSpan.FromSeconds(1)),
            "500" => new Fault.ServerError(),
            "503" => new Fault.ServerError(503),
            "stall" => new Fault.Stall(2),
            "cut" => new Fault.Cut(2),
            "malformed" => new Fault.MalformedJson(),
            _ => null,
        }
        : null;
}
