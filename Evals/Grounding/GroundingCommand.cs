using System.CommandLine;
using AiApp.Rag.Answering.Grounding;

namespace AiApp.Evals.Grounding;

internal static class GroundingCommand
{
    // Of 5: "equivalent" and "equivalent but for unimportant details" by most of the judges.
    private const double TheSame = 4.5;

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Paragraphs with questions: corpus.jsonl and qa.jsonl." };
        var questions = new Option<int>("--questions") { DefaultValueFactory = _ => 300, Description = "How many, drawn with the seed." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var skip = new Option<int>("--skip") { Description = "So many of those drawn are left aside: for measuring on others than was fitted on." };
        var pairs = new Option<FileInfo?>("--pairs") { Description = "Claims with texts that support or refute them: JSON lines with claim, evidence and label." };
        var paraphrases = new Option<FileInfo?>("--paraphrases") { Description = "Sentences that say the same in other words: JSON lines with a, b and score up to 5." };
        var embeddings = new Option<bool>("--embeddings") { Description = "Also whether the local embeddings tell truth from lie." };
        var show = new Option<int>("--show") { Description = "So many examples of what was judged wrongly, by kind." };
        var command = new Command("grounding", "Holds answers whose truth is known against the check of claims. Needs no database.") { folder, questions, skip, seed, pairs, paraphrases, embeddings, show };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(folder), parsed.GetValue(questions), parsed.GetValue(skip), parsed.GetValue(seed), parsed.GetValue(pairs), parsed.GetValue(paraphrases), parsed.GetValue(embeddings) ? new() : null, parsed.GetValue(show), Console.Out));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, int questions, int skip, int seed, FileInfo? pairs, FileInfo? paraphrases, EmbeddingScores? embeddings, int show, TextWriter output)
    {
        var paragraphs = JsonLines.Read<Paragraph>(Path.Combine(folder.FullName, "corpus.jsonl"));
        var asked = JsonLines.Read<AskedParagraph>(Path.Combine(folder.FullName, "qa.jsonl"));
        var run = new GroundingRun(paragraphs, seed, embeddings);
        foreach (var question in asked.Shuffled(seed).Skip(skip).Take(questions))
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
        if (embeddings is not null)
        {
            await embeddings.WriteAsync(output);
        }
        if (pairs is not null)
        {
            await ContradictionsAsync(JsonLines.Read<LabelledPair>(pairs.FullName), output);
        }
        if (paraphrases is not null)
        {
            await ParaphrasesAsync(JsonLines.Read<LikePair>(paraphrases.FullName), show, output);
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

    /// <summary>Of sentences that say the same as their passage in other words: which are left out, and why.</summary>
    private static async Task ParaphrasesAsync(IReadOnlyList<LikePair> pairs, int show, TextWriter output)
    {
        var same = pairs.Where(pair => pair.Score >= TheSame).ToList();
        var refused = same.Select(pair => (Pair: pair, Fault: GroundingRun.FindFault(pair.One, pair.Other))).Where(one => one.Fault is not null).ToList();
        await output.WriteLineAsync($"\n{same.Count} paraphrases, left out: {refused.Count} ({100.0 * refused.Count / Math.Max(1, same.Count):0.0} %): "
            + string.Join(", ", refused.CountBy(one => one.Fault!).OrderByDescending(fault => fault.Value).Select(fault => $"{fault.Key} {fault.Value}")));
        foreach (var (pair, fault) in refused.GroupBy(one => one.Fault).SelectMany(fault => fault.Take(show)))
        {
            await output.WriteLineAsync($"[{fault}] {pair.One}\n  {pair.Other}");
        }
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
