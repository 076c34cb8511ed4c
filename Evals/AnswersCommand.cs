namespace AiApp.Evals;

internal static class AnswersCommand
{
    public static async Task<int> RunAsync(DirectoryInfo folder, double floor, TextWriter output, CancellationToken ct)
    {
        using var host = EvaluationHost.Build();
        var run = new GoldenRun(host.Services, await host.FindTenantAsync(ct));
        await run.IngestAsync(folder.FullName, ct);
        var results = new List<GoldenResult>();
        var questions = GoldenQuestion.Load(Path.Combine(folder.FullName, ".questions.jsonl"));
        foreach (var question in questions.Where(question => question.Review is null))
        {
            results.Add(await run.AskAsync(question, ct));
        }
        var report = new AnswersReport(results);
        await report.WriteAsync(output);
        if (questions.Count(question => question.Review is not null) is > 0 and var waiting)
        {
            await output.WriteLineAsync($"left out         {waiting,3} that wait for a review");
        }
        return report.RightShare >= floor && report.QuotesStand ? 0 : 1;
    }
}
