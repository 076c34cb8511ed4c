using System.CommandLine;
using AiApp.Evals.Grounding;
using AiApp.Evals.Retrieval;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Evals.Quoting;

internal static class QuotesCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "A retrieval set with qa.jsonl: questions with the words that answer them." };
        var others = new Option<DirectoryInfo?>("--others") { Description = "A set whose questions this one cannot answer." };
        var workers = new Option<int>("--workers") { DefaultValueFactory = _ => 2 };
        var command = new Command("quotes", "Asks questions whose answers are known, and looks where the cited sentences have them.") { folder, others, workers };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(others), parsed.GetValue(workers), Console.Out, ct));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, DirectoryInfo? others, int workers, TextWriter output, CancellationToken ct)
    {
        using var worker = EvaluationHost.Build();
        using var host = EvaluationHost.Build(StorageRole.Application);
        var tenant = await host.FindTenantAsync(ct);
        var set = LabelledSet.Load(folder);
        await using (var store = SetStore.Open(host.Connection(), tenant))
        {
            await new SetIngestion(worker.Services, store, tenant, workers, TimeProvider.System).IngestAsync(set, ct);
        }
        var pipeline = host.Services.GetRequiredService<AnswerPipeline>();
        var questions = JsonLines.Read<AskedParagraph>(Path.Combine(folder.FullName, "qa.jsonl"));
        var answers = await AskAllAsync(pipeline, tenant, set.Collection, questions.Select(question => question.Question), workers, ct);
        var judged = answers.Zip(questions, (answer, question) => new QuotedAnswer(answer, question.Answers)).ToList();
        await output.WriteLineAsync(
            $"{judged.Count} questions, {judged.Count(one => one.IsAnswered)} answered. The answer stands in the first cited sentence: {judged.Average(one => one.IsIn(1) ? 1.0 : 0):0.000}, "
            + $"in the first three: {judged.Average(one => one.IsIn(3) ? 1.0 : 0):0.000}; token F1 of the whole answer {judged.Average(one => one.F1(int.MaxValue)):0.000}, of its first sentence {judged.Average(one => one.F1(1)):0.000}");
        if (others is not null)
        {
            var foreign = LabelledSet.Load(others);
            var replies = await AskAllAsync(pipeline, tenant, set.Collection, foreign.Queries.Select(query => query.Text), workers, ct);
            double abstained = replies.Count(reply => reply.Outcome == AnswerOutcome.InsufficientContext), falsely = judged.Count(one => !one.IsAnswered);
            await output.WriteLineAsync(
                $"{replies.Count} questions of {foreign.Name}: {abstained} not answered. Abstention: precision {abstained / Math.Max(1, abstained + falsely):0.000}, recall {abstained / replies.Count:0.000}");
        }
        return 0;
    }

    private static async Task<IReadOnlyList<Answer>> AskAllAsync(
        AnswerPipeline pipeline, TenantId tenant, string collection, IEnumerable<string> questions, int workers, CancellationToken ct)
    {
        var asked = questions.ToList();
        var answers = new Answer[asked.Count];
        await Parallel.ForAsync(0, asked.Count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = ct }, async (i, token) =>
        {
            var question = new Question { Tenant = tenant, Text = asked[i], Collection = collection, Principals = PrincipalSet.Everyone };
            answers[i] = await pipeline.CompleteAsync(question, token);
        });
        return answers;
    }
}
