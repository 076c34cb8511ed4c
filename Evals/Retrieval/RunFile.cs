namespace AiApp.Evals.Retrieval;

/// <summary>Rankings in the format of trec_eval: query, Q0, document, rank, score, name of the run.</summary>
internal static class RunFile
{
    public static Task WriteAsync(
        DirectoryInfo folder, string set, string run, IEnumerable<(LabelledQuery Query, IReadOnlyList<string> Ranking)> rankings, CancellationToken ct)
    {
        folder.Create();
        return File.WriteAllLinesAsync(
            Path.Combine(folder.FullName, $"{set}.{run}.run"),
            rankings.SelectMany(entry => entry.Ranking.Select((id, i) => $"{entry.Query.Id} Q0 {id} {i + 1} {entry.Ranking.Count - i} {run}")),
            ct);
    }
}
