using System.Globalization;
using System.Text;
using AiApp.Contracts;

namespace AiApp.Web.Answers;

/// <summary>Sentences about an answer.</summary>
internal static class AnswerText
{
    /// <summary>"3 sources from 2 documents".</summary>
    public static string Sources(IReadOnlyCollection<CitationDto> citations) => citations.Count == 0
        ? "No sources"
        : $"{Count(citations.Count, "source")} from {Count(citations.Select(citation => citation.DocumentId).Distinct().Count(), "document")}";

    public static string Count(int count, string noun) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";

    public static string Duration(int milliseconds) => milliseconds < 1000
        ? $"{milliseconds} ms"
        : $"{(milliseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture)} s";

    /// <summary>"40 seconds", "1 hour", "3 days".</summary>
    public static string Age(int seconds) => seconds switch
    {
        < 60 => Count(seconds, "second"),
        < 3600 => Count(seconds / 60, "minute"),
        < 86_400 => Count(seconds / 3600, "hour"),
        _ => Count(seconds / 86_400, "day"),
    };

    /// <summary>Two digits that say something: "$0.0012", "$1.20".</summary>
    public static string Dollars(decimal dollars) => dollars switch
    {
        >= 0.01m => dollars.ToString("$0.00", CultureInfo.InvariantCulture),
        >= 0.0001m => dollars.ToString("$0.0000", CultureInfo.InvariantCulture),
        _ => "under $0.0001",
    };

    /// <summary>How an answer is less than was asked for; null as a rule.</summary>
    public static string? Degraded(AnswerDto answer) => answer.Degraded switch
    {
        [] => null,
        var how when how.Contains(Degradations.Extractive) => "No language model answered just now: these are sentences of your documents, as they stand there.",
        var how when how.Contains(Degradations.FewerPassages) => "Fewer passages were read than were found.",
        var how when how.Contains(Degradations.OtherModel) => "The usual language model did not answer: another one wrote this.",
        _ => "The passages were not judged once more before they were read.",
    };

    /// <summary>What the question speaks of and the nearest passages do not; null where they have it all.</summary>
    public static string? Missing(AnswerDto answer) => answer is { Passages.Count: > 0, Grounding.Missing: { Count: > 0 } missing }
        ? $"Nothing near it speaks of {string.Join(", ", missing.Select(word => $"“{word}”"))}."
        : null;

    /// <summary>What of the model's answer is not shown; null as a rule.</summary>
    public static string? LeftOut(AnswerDto answer) => answer.Grounding?.Removed is not { Count: > 0 } removed ? null
        : $"{Count(removed.Count, "sentence")} of the language model {(removed.Count == 1 ? "is" : "are")} not shown: "
            + string.Join(", ", removed.Distinct().Select(Fault)) + "."
            + (answer.Grounding.Repaired > 0 ? $" It has put {Count(answer.Grounding.Repaired, "sentence")} right." : "");

    private static string Fault(string fault) => fault switch
    {
        ClaimFaults.Number => "a number that the documents do not give",
        ClaimFaults.Unit => "a number in another unit than the documents give it",
        ClaimFaults.Date => "a date that the documents do not give",
        ClaimFaults.Name => "a name that the documents do not give",
        ClaimFaults.Identifier => "a code that the documents do not give",
        ClaimFaults.Quote => "a quotation that stands nowhere",
        ClaimFaults.Negation or ClaimFaults.Opposite => "the contrary of what the documents say",
        _ => "something that the documents do not say",
    };

    /// <summary>The answer as plain text with the list of its sources, for the clipboard.</summary>
    public static string WithSources(Exchange exchange)
    {
        var text = new StringBuilder(exchange.Text.Trim());
        if (exchange.Citations.Count > 0)
        {
            text.Append("\n\nSources\n");
            foreach (var (marker, citation) in exchange.Citations.OrderBy(pair => pair.Key))
            {
                text.Append('[').Append(marker).Append("] ").Append(citation.Title);
                if (citation.HeadingPath.Length > 0)
                {
                    text.Append(", ").Append(citation.HeadingPath);
                }
                text.Append(" (").Append(citation.SourceUri).Append(", version ").Append(citation.VersionNumber).Append(")\n");
            }
        }
        return text.ToString().TrimEnd();
    }
}
