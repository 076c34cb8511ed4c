namespace AiApp.Evals;

internal static class AnswersCommand
{
    public static async Task<int> RunAsync(DirectoryInfo folder, double floor, TextWriter output, CancellationToken ct)
    {
        using var host = EvaluationHost.Build();
        var run = new GoldenRun(host.Services, await host.FindTenantAsync(ct));
        await run.IngestAsync(folder.FullName, ct);
        var results = new List<GoldenResult>();
        foreach (var question in GoldenQuestion.Load(Path.Combine(folder.FullName, ".questions.jsonl")))
        {
            results.Add(await run.AskAsync(question, ct));
        }
        var report = new AnswersReport(results);
        await report.WriteAsync(output);
        return report.RightShare >= floor && report.QuotesStand ? 0 : 1;
    }
}
