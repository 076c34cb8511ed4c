using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>Checks an answer against the documents themselves, trusting nothing that the answer says about them.</summary>
internal static class QuoteCheck
{
    /// <summary>What is wrong, in words; empty when each marker has a citation and each quote stands at its offsets.</summary>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(AiAppClient client, AnswerDto answer, CancellationToken ct)
    {
        var faults = new List<string>();
        if (answer.Citations.Count == 0)
        {
            faults.Add("the answer cites nothing");
        }
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
}
