using System.Text.RegularExpressions;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>Checks an answer against the documents themselves, trusting nothing that the answer says about them.</summary>
internal static partial class QuoteCheck
{
    /// <summary>What is wrong, in words; empty when each marker has a citation and each quote stands at its offsets.</summary>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(AiAppClient client, AnswerDto answer, CancellationToken ct)
    {
        var faults = new List<string>();
        if (answer.Citations.Count == 0)
        {
            faults.Add("the answer cites nothing");
        }
        var known = answer.Citations.Select(c => $"[{c.Marker}]").ToHashSet();
        faults.AddRange(Marker().Matches(answer.Text).Select(m => m.Value).Distinct()
            .Where(m => !known.Contains(m)).Select(m => $"{m} has no citation"));
        foreach (var version in answer.Citations.GroupBy(c => (c.DocumentId, c.VersionId)))
        {
            var document = await client.GetDocumentTextAsync(version.Key.DocumentId, version.Key.VersionId, ct);
            faults.AddRange(version
                .Where(c => document.VersionId != c.VersionId || !StandsAt(document.Text, c))
                .Select(c => $"the quote of [{c.Marker}] does not stand in {c.SourceUri}, version {c.VersionNumber}, at {c.StartOffset}"));
        }
        return faults;
    }

    private static bool StandsAt(string text, CitationDto citation) =>
        citation.Length > 0 && citation.StartOffset >= 0 && citation.StartOffset <= text.Length - citation.Length
        && text.AsSpan(citation.StartOffset, citation.Length).SequenceEqual(citation.Quote);

    // Not after a letter: code such as "args[1]" in a quote is no marker.
    [GeneratedRegex(@"(?<!\w)\[[1-9][0-9]?\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marker();
}
