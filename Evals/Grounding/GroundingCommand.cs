using System.CommandLine;
using AiApp.Rag.Answering.Grounding;

namespace AiApp.Evals.Grounding;

internal static class GroundingCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Paragraphs with questions: corpus.jsonl and qa.jsonl." };
        var questions = new Option<int>("--questions") { DefaultValueFactory = _ => 300, Description = "How many, drawn with the seed." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var pairs = new Option<FileInfo?>("--pairs") { Description = "Claims with texts that support or refute them: JSON lines with claim, evidence and label." };
        var show = new Option<int>("--show") { Description = "So many examples of what was judged wrongly, by kind." };
        var command = new Command("grounding", "Holds answers whose truth is known against the check of claims. Needs no database.") { folder, questions, seed, pairs, show };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetValue(questions), parsed.GetValue(seed), parsed.GetValue(pairs), parsed.GetValue(show), Console.Out));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, int questions, int seed, FileInfo? pairs, int show, TextWriter output)
    {
        var paragraphs = JsonLines.Read<Paragraph>(Path.Combine(folder.FullName, "corpus.jsonl"));
        var asked = JsonLines.Read<AskedParagraph>(Path.Combine(folder.FullName, "qa.jsonl"));
        var run = new GroundingRun(paragraphs, seed);
        foreach (var question in asked.Shuffled(seed).Take(questions))
        {
            run.Ask(question);
        }
        await output.WriteLineAsync($"Seed {seed}, {questions} questions. Citations that lead to no quote: {run.Unresolvable}.\n");
        await TableAsync(output, "faithful", "left out", run.Faithful.Select(one => (one.Kind, one.All - one.Let, one.All)));
        await TableAsync(output, "lie", "caught", run.Lies);
        foreach (var (kind, text, paragraph) in run.Passed.Concat(run.Refused).GroupBy(one => one.Kind).SelectMany(kind => kind.Take(show)))
        {
            await output.WriteLineAsync($"\n[{kind}] {text}\n  {paragraph}");
        }
        if (pairs is not null)
        {
            await ContradictionsAsync(JsonLines.Read<LabelledPair>(pairs.FullName), output);
        }
        return run.Unresolvable == 0 ? 0 : 1;
    }

    private static async Task TableAsync(TextWriter output, string what, string outcome, IEnumerable<(string Kind, int Count, int All)> rows)
    {
        var all = rows.ToList();
        await output.WriteLineAsync($"| {what} | sentences | {outcome} | % |\n|---|--:|--:|--:|");
        foreach (var (kind, count, of) in all.Append(("all", all.Sum(row => row.Count), all.Sum(row => row.All))))
        {
            await output.WriteLineAsync($"| {kind} | {of} | {count} | {100.0 * count / Math.Max(1, of):0.0} |");
        }
        await output.WriteLineAsync();
    }

    /// <summary>How well texts that refute a claim are told from those that support it: .5 is by chance.</summary>
    private static async Task ContradictionsAsync(IReadOnlyList<LabelledPair> pairs, TextWriter output)
    {
        List<double> supporting = [], refuting = [], supportingOverlap = [], refutingOverlap = [];
        foreach (var pair in pairs.Where(pair => pair.Label is "SUPPORTS" or "REFUTES"))
        {
            var verdict = Contradiction.Between(pair.Claim, pair.Evidence);
            (pair.Label == "SUPPORTS" ? supporting : refuting).Add(verdict.Score);
            (pair.Label == "SUPPORTS" ? supportingOverlap : refutingOverlap).Add(-verdict.Support);
        }
        await output.WriteLineAsync(
            $"{refuting.Count} refuting and {supporting.Count} supporting texts: AUC {Area(refuting, supporting):0.000}, by word overlap alone {Area(refutingOverlap, supportingOverlap):0.000}");
    }

    private static double Area(List<double> positive, List<double> negative) =>
        positive.Average(one => negative.Average(other => one > other ? 1.0 : one == other ? 0.5 : 0));

    private static T[] Shuffled<T>(this IEnumerable<T> items, int seed)
    {
        var all = items.ToArray();
        new Random(seed).Shuffle(all);
        return all;
    }
}
