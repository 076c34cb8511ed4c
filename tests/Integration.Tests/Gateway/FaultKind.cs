using AiApp.Testing;

namespace AiApp.Integration.Tests.Gateway;

/// <summary>What a provider can do wrong, and what a caller may see of it.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Fault">Null where it is the endpoint that is wrong.</param>
/// <param name="Code">What an answer fails with when every candidate has it.</param>
/// <param name="StrikesLate">It shows after the first token of a stream: too late for another candidate.</param>
/// <param name="LateCode">What a stream ends with then.</param>
internal sealed record FaultKind(string Name, Func<Fault>? Fault, string Code, bool StrikesLate = false, string? LateCode = null)
{
    private static readonly Uri NoTls = new("https://127.0.0.1/v1");
    private static readonly Uri NoName = new("http://no-such-host.invalid/v1");

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("429, Retry-After", () => new Fault.RateLimited(TimeSpan.FromSeconds(1)), "provider_rate_limited"),
        new("429", () => new Fault.RateLimited(), "provider_rate_limited"),
        new("500", () => new Fault.ServerError(), "provider_error"),
        new("503", () => new Fault.ServerError(503), "provider_error"),
        new("reset", () => new Fault.Reset(), "provider_error"),
        new("slow headers", () => new Fault.SlowHeaders(new Gate()), "provider_timeout"),
        new("slow first token", () => new Fault.SlowFirstToken(new Gate()), "provider_timeout"),
        new("stall", () => new Fault.Stall(2), "provider_timeout", StrikesLate: true, "provider_timeout"),
        new("cut at a byte", () => new Fault.CutAtByte(700), "provider_error", StrikesLate: true, "stream_interrupted"),
        new("malformed JSON", () => new Fault.MalformedJson(), "provider_bad_output", StrikesLate: true, "provider_bad_output"),
        new("wrong schema", () => new Fault.WrongSchema(), "provider_bad_output", StrikesLate: true, "provider_bad_output"),
        new("empty", () => new Fault.Empty(), "provider_bad_output"),
        new("duplicates", () => new Fault.Duplicates(), "provider_bad_output", StrikesLate: true, "provider_bad_output"),
        new("wrong content type", () => new Fault.WrongContentType(), "provider_bad_output"),
        new("huge", () => new Fault.Huge(), "provider_bad_output", StrikesLate: true, "provider_bad_output"),
        new("TLS failure", null, "provider_error"),
        new("DNS failure", null, "provider_error"),
    ];

    /// <summary>It shows by waiting for it, and for nothing else.</summary>
    public bool IsSlow => Code == "provider_timeout";

    /// <summary>Where the fault lies: a healthy server, behind a wrong address for some kinds.</summary>
    public Uri Endpoint(ModelServer server) => Name switch
    {
        "TLS failure" => new UriBuilder(NoTls) { Port = server.Endpoint.Port }.Uri,
        "DNS failure" => NoName,
        _ => server.Endpoint,
    };
}
