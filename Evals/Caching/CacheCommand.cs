using System.CommandLine;
using System.Globalization;
using AiApp.Rag.Caching;
using AiApp.Rag.Models.Local;

namespace AiApp.Evals.Caching;

/// <summary>
/// How often a cache gives an answer that was made for another question. Measured without the check of evidence, which can only take hits
/// away; next to it a cache that has a threshold of cosine and nothing else, at the threshold that suits it best.
/// </summary>
internal static class CacheCommand
{
    private const double WrongAtMost = 0.01;
    private const int Candidates = 8;

    public static Command Create()
    {
        var folders = new Argument<DirectoryInfo[]>("folders") { Description = "Sets with intents.jsonl, pairs.jsonl, or queries.jsonl: questions that all differ.", Arity = ArgumentArity.ZeroOrMore };
        var pairs = new Option<int>("--pairs") { Description = "Pairs to draw, half of them the same question in other words.", DefaultValueFactory = _ => 2000 };
        var seed = new Option<int>("--seed") { Description = "What they are drawn from.", DefaultValueFactory = _ => 1 };
        var show = new Option<int>("--show") { Description = "Wrong hits to print of each set.", DefaultValueFactory = _ => 0 };
        var command = new Command("cache", "Counts wrong answers and hits of the semantic cache with local embeddings. Needs no database.") { folders, pairs, seed, show };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(folders) ?? [], parsed.GetValue(pairs), parsed.GetValue(seed), parsed.GetValue(show), Console.Out));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo[] folders, int pairs, int seed, int show, TextWriter output)
    {
        var options = new CacheOptions().For(LocalEmbeddingGenerator.ModelId);
        await output.WriteLineAsync("| set | cache | look-ups | right hits of those possible | wrong hits | of hits | at most (95 %) |");
        await output.WriteLineAsync("|---|---|--:|--:|--:|--:|--:|");
        var drawn = Judge(new QuestionPairs(seed).Draw(pairs));
        var all = await WriteAsync("drawn pairs", drawn, options, show, output);
        foreach (var folder in folders)
        {
            all += LabelledQuestions.Find(folder) switch
            {
                { Name: "pairs.jsonl" } file => await WriteAsync(folder.Name, Judge(LabelledQuestions.LoadPairs(file.FullName)), options, show, output),
                { Name: "intents.jsonl" } file => await WriteAsync(folder.Name, LabelledQuestions.LoadIntents(file.FullName), options, show, output),
                { } file => await WriteAsync(folder.Name, new AlteredQuestions(seed).Draw(LabelledQuestions.LoadQueries(file.FullName)), options, show, output),
                null => throw new FileNotFoundException($"'{folder.FullName}' holds none of {string.Join(", ", LabelledQuestions.Files)}."),
            };
        }
        await output.WriteLineAsync(Row("all together", "ours", all));
        await output.WriteLineAsync("\n| kind of the drawn pairs | same | pairs | hits | share | plain cosine |");
        await output.WriteLineAsync("|---|---|--:|--:|--:|--:|");
        var threshold = BestThreshold(drawn.Select(pair => (pair.Cached.Similarity(pair.Asked), pair.IsSame, pair.IsSame)).ToList()).Threshold;
        foreach (var kind in drawn.GroupBy(pair => (pair.IsSame, pair.Kind)).OrderByDescending(kind => kind.Key.IsSame))
        {
            var hits = kind.Count(pair => JudgedCache.Agrees(pair.Cached, pair.Asked, options));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"| {kind.Key.Kind} | {(kind.Key.IsSame ? "yes" : "no")} | {kind.Count()} | {hits} | {hits * 100.0 / kind.Count():0.0} % | {kind.Count(pair => pair.Cached.Similarity(pair.Asked) >= threshold) * 100.0 / kind.Count():0.0} % |"));
        }
        return all.WrongShareAtMost <= WrongAtMost ? 0 : 1;
    }

    private static List<JudgedPair> Judge(IReadOnlyList<QuestionPair> pairs) =>
        [.. pairs.Select(pair => new JudgedPair(new(pair.Cached, ""), new(pair.Asked, ""), pair.IsSame, pair.Kind))];

    private static async Task<HitCount> WriteAsync(string set, List<JudgedPair> pairs, SimilarityOptions options, int show, TextWriter output)
    {
        var ours = pairs.Aggregate(HitCount.None, (count, pair) => count.Count(pair.IsSame, JudgedCache.Agrees(pair.Cached, pair.Asked, options), pair.IsSame));
        var wrong = pairs.Where(pair => !pair.IsSame && JudgedCache.Agrees(pair.Cached, pair.Asked, options));
        return await WriteAsync(set, ours, [.. pairs.Select(pair => (pair.Cached.Similarity(pair.Asked), pair.IsSame, pair.IsSame))],
            wrong.Take(show).Select(pair => $"{pair.Cached.Text} / {pair.Asked.Text}"), output);
    }

    private static async Task<HitCount> WriteAsync(
        string set, IReadOnlyList<(string Text, string Label, bool IsCached)> texts, SimilarityOptions options, int show, TextWriter output)
    {
        var cached = texts.Where(text => text.IsCached).Select(text => new JudgedQuestion(text.Text, text.Label)).ToList();
        var labels = cached.Select(question => question.Label).ToHashSet();
        var (ours, wrong) = (HitCount.None, new List<string>());
        var nearest = new List<(float, bool, bool)>();
        foreach (var text in texts.Where(text => !text.IsCached))
        {
            var asked = new JudgedQuestion(text.Text, text.Label);
            var found = JudgedCache.Find(cached, asked, options, Candidates);
            ours = ours.Count(labels.Contains(asked.Label), found is not null, found?.Label == asked.Label);
            if (found is not null && found.Label != asked.Label)
            {
                wrong.Add($"{found.Text} ({found.Label}) / {asked.Text} ({asked.Label})");
            }
            var near = JudgedCache.Nearest(cached, asked, 1).First();
            nearest.Add((near.Similarity(asked), labels.Contains(asked.Label), near.Label == asked.Label));
        }
        return await WriteAsync(set, ours, nearest, wrong.Take(show), output);
    }

    private static async Task<HitCount> WriteAsync(
        string set, HitCount ours, List<(float Similarity, bool IsAnswerable, bool IsRight)> plain, IEnumerable<string> wrong, TextWriter output)
    {
        var (threshold, count) = BestThreshold(plain);
        await output.WriteLineAsync(Row(set, "ours", ours));
        await output.WriteLineAsync(Row(set, string.Create(CultureInfo.InvariantCulture, $"cosine from {threshold:0.000}"), count));
        foreach (var line in wrong)
        {
            await output.WriteLineAsync($"    {line}");
        }
        return ours;
    }

    /// <summary>With the most right hits of those whose wrong ones are few enough; else with the fewest wrong ones for sure.</summary>
    private static (double Threshold, HitCount Count) BestThreshold(List<(float Similarity, bool IsAnswerable, bool IsRight)> pairs) =>
        Enumerable.Range(0, 501).Select(step => 0.5 + step * 0.001)
            .Select(threshold => (Threshold: threshold, Count: pairs.Aggregate(HitCount.None, (count, pair) =>
                count.Count(pair.IsAnswerable, pair.Similarity >= threshold, pair.IsRight))))
            .OrderByDescending(candidate => candidate.Count.WrongShareAtMost <= WrongAtMost ? candidate.Count.HitRate : -candidate.Count.WrongShareAtMost)
            .First();

    private static string Row(string set, string cache, HitCount count) => string.Create(CultureInfo.InvariantCulture,
        $"| {set} | {cache} | {count.Asked} | {count.RightHits} of {count.Answerable} ({count.HitRate * 100:0.0} %) | {count.WrongHits} | {count.WrongShare * 100:0.00} % | {count.WrongShareAtMost * 100:0.00} % |");

    private sealed record JudgedPair(JudgedQuestion Cached, JudgedQuestion Asked, bool IsSame, string Kind);
}
