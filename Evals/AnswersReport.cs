namespace AiApp.Evals;

/// <summary>What a run of a golden set came to.</summary>
public sealed class AnswersReport(IReadOnlyList<GoldenResult> results)
{
    private readonly List<GoldenResult> _answerable = [.. results.Where(result => result.Question.IsAnswerable)];
    private readonly List<GoldenResult> _unanswerable = [.. results.Where(result => !result.Question.IsAnswerable)];

    public double RightShare => _answerable.Count == 0 ? 1 : (double)Count(_answerable, Verdict.Right) / _answerable.Count;

    /// <summary>Unanswerable questions that were answered all the same.</summary>
    public int FalseAnswers => _unanswerable.Count - Count(_unanswerable, Verdict.Abstained);

    /// <summary>True when every quote stands literally at its offsets in the cited version.</summary>
    public bool QuotesStand => results.All(result => result.QuotesStand);

    public async Task WriteAsync(TextWriter output)
    {
        foreach (var result in results.Where(result => result.Verdict != (result.Question.IsAnswerable ? Verdict.Right : Verdict.Abstained)))
        {
            await output.WriteLineAsync($"{result.Verdict,-9} {result.Question.Id} [{result.Question.Kind}] {result.Question.Question}");
        }
        foreach (var kind in _answerable.GroupBy(result => result.Question.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            await output.WriteLineAsync($"{kind.Key,-16} {Count(kind, Verdict.Right),3} of {kind.Count(),3} right, {Count(kind, Verdict.Abstained),3} abstained");
        }
        var durations = results.Select(result => result.Answer.DurationMs).Order().ToList();
        await output.WriteLineAsync($"answerable       {Count(_answerable, Verdict.Right),3} of {_answerable.Count,3} right, "
            + $"{Count(_answerable, Verdict.Abstained)} abstained, {Count(_answerable, Verdict.Wrong)} wrong");
        await output.WriteLineAsync($"unanswerable     {_unanswerable.Count - FalseAnswers,3} of {_unanswerable.Count,3} abstained");
        await output.WriteLineAsync($"quotes           {(QuotesStand ? "all stand literally in the cited versions" : "NOT all stand in the cited versions")}");
        await output.WriteLineAsync($"duration         p50 {At(durations, 0.5)} ms, p95 {At(durations, 0.95)} ms");
    }

    private static int Count(IEnumerable<GoldenResult> results, Verdict verdict) => results.Count(result => result.Verdict == verdict);

    private static int At(List<int> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];
}
