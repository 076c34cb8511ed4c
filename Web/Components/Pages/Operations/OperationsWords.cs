using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Web.Components.Pages.Operations;

/// <summary>Numbers and names of operations as people read them.</summary>
internal static class OperationsWords
{
    public static string Count(double count) => count.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Three digits that say something, and a letter for thousands: "1.28k", "92.6k", "14.2M".</summary>
    public static string Short(double number) => number switch
    {
        >= 999.5e6 => Digits(number / 1e9) + "G",
        >= 999.5e3 => Digits(number / 1e6) + "M",
        >= 9_999.5 => Digits(number / 1e3) + "k",
        _ => Count(number),
    };

    public static string Time(double milliseconds) => milliseconds switch
    {
        0 => "0",
        < 10 => milliseconds.ToString("0.0 ms", CultureInfo.InvariantCulture),
        < 1_000 => milliseconds.ToString("0 ms", CultureInfo.InvariantCulture),
        < 9_995 => (milliseconds / 1_000).ToString("0.00 s", CultureInfo.InvariantCulture),
        < 60_000 => (milliseconds / 1_000).ToString("0.0 s", CultureInfo.InvariantCulture),
        _ => (milliseconds / 60_000).ToString("0.0 min", CultureInfo.InvariantCulture),
    };

    public static string Dollars(double dollars) => Dollars((decimal)dollars);

    /// <summary>Two digits that say something.</summary>
    public static string Dollars(decimal dollars) => dollars switch
    {
        0 => "$0",
        >= 1_000 => dollars.ToString("$#,0", CultureInfo.InvariantCulture),
        >= 0.1m => dollars.ToString("$0.00", CultureInfo.InvariantCulture),
        >= 0.0001m => dollars.ToString("$0.0000", CultureInfo.InvariantCulture),
        _ => dollars.ToString("$0.000000", CultureInfo.InvariantCulture),
    };

    public static string Percent(double part, double whole) => whole == 0 ? "–" : (part / whole).ToString(part == whole ? "0 %" : "0.0 %", CultureInfo.InvariantCulture);

    public static string Stage(string stage) => stage switch
    {
        "remembered" => "Find the same as before",
        "lexical" => "Search by words",
        "embed" => "Embed the question",
        "vector" => "Search by vectors",
        "fetch" => "Fetch the passages",
        "rerank" => "Rerank",
        "assemble" => "Choose the evidence",
        "cache" => "Look for a kept answer",
        "write" => "Write the answer",
        "repair" => "Put sentences right",
        "first_token" => "Wait for the model's first word",
        "model" => "Research: decide, and write",
        "search" => "Research: search",
        "open_document" => "Research: read on",
        "calculate" => "Research: work out",
        "list_collections" => "Research: list collections",
        "current_date" => "Research: look at the calendar",
        _ => stage.Replace('_', ' '),
    };

    /// <summary>In the order in which they happen.</summary>
    public static int Place(string stage) =>
        Array.IndexOf(["remembered", "lexical", "embed", "vector", "fetch", "rerank", "assemble", "cache", "first_token", "write", "repair"], stage) is var place and >= 0 ? place : 99;

    public static string Step(string step) => step switch
    {
        "answer" => "answers",
        "rewrite" => "rewriting",
        "repair" => "repairs",
        "judge" => "judging",
        "agent" => "agents",
        "extract" => "extraction",
        "embed" => "embeddings",
        "rerank" => "reranking",
        "probe" => "probes",
        _ => step,
    };

    public static string Outcome(string outcome) => outcome switch
    {
        RequestOutcomes.Answered => "Answered",
        RequestOutcomes.InsufficientContext => "Not in the documents",
        RequestOutcomes.Failed => "Failed",
        RequestOutcomes.Canceled => "Left by the reader",
        _ => outcome,
    };

    public static string Code(string code) => code switch
    {
        ProblemCodes.ProviderRateLimited => "The model was at its limit",
        ProblemCodes.ProviderTimeout => "The model took too long",
        ProblemCodes.ProviderError => "The model failed",
        ProblemCodes.ProviderBadOutput => "The model's answer could not be used",
        ProblemCodes.QuotaExceeded => "A budget was used up",
        ProblemCodes.DatabaseUnavailable => "The database was away",
        ProblemCodes.Internal => "A fault of the service",
        "expired" => "Its process died",
        _ => code,
    };

    public static string Breaker(string state) => state switch
    {
        BreakerStates.Closed => "Well",
        BreakerStates.Open => "Left alone",
        BreakerStates.HalfOpen => "Being tried again",
        _ => state,
    };

    /// <summary>"Api" of "AiApp.Api".</summary>
    public static string Service(string service) => service[(service.LastIndexOf('.') + 1)..];

    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Digits(double number) => number.ToString(number switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
