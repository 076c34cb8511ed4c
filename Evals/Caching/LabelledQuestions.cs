using System.Text.Json;

namespace AiApp.Evals.Caching;

/// <summary>Labelled sets: questions with the intent that they have ("intents.jsonl"), or pairs that say the same or not ("pairs.jsonl"), or questions that all differ ("queries.jsonl").</summary>
internal static class LabelledQuestions
{
    public static IReadOnlyList<string> Files { get; } = ["pairs.jsonl", "intents.jsonl", "queries.jsonl"];

    /// <summary>The first of <see cref="Files"/> that the folder holds.</summary>
    public static FileInfo? Find(DirectoryInfo folder) =>
        Files.Select(name => new FileInfo(Path.Combine(folder.FullName, name))).FirstOrDefault(file => file.Exists);

    public static IReadOnlyList<(string Text, string Label, bool IsCached)> LoadIntents(string path) =>
    [
        .. Read(path).Select(line => (line.GetProperty("text").GetString()!, line.GetProperty("label").GetString()!, line.GetProperty("split").GetString() == "train")),
    ];

    public static IReadOnlyList<QuestionPair> LoadPairs(string path) =>
    [
        .. Read(path).Select(line => line.GetProperty("label").GetInt32() is var label
            ? new QuestionPair(line.GetProperty("a").GetString()!, line.GetProperty("b").GetString()!, label == 1, label == 1 ? "same" : "other")
            : null!),
    ];

    /// <summary>Some sets hold a question twice, with another mark behind it.</summary>
    public static IReadOnlyList<string> LoadQueries(string path) =>
        [.. Read(path).Select(line => line.GetProperty("text").GetString()!).DistinctBy(text => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant())];

    private static IEnumerable<JsonElement> Read(string path) =>
        File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement.Clone());
}
