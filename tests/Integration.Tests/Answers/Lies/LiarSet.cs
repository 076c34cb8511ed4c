using AiApp.Evals;
using AiApp.Evals.Grounding;
using AiApp.Integration.Tests.Architecture;

namespace AiApp.Integration.Tests.Answers.Lies;

/// <summary>Documents, and questions that they answer.</summary>
internal sealed record LiarSet(IReadOnlyList<(string Name, string Text)> Documents, IReadOnlyList<string> Questions)
{
    /// <summary>The samples with their golden questions, or a folder of paragraphs with questions (corpus.jsonl and qa.jsonl).</summary>
    public static LiarSet Load(string? folder, int questions, int seed) => folder is null ? Samples(questions) : Paragraphs(folder, questions, seed);

    private static LiarSet Samples(int questions)
    {
        var folder = Repository.Path("samples");
        return new(
            [.. Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".md" or ".html" or ".txt").Order(StringComparer.Ordinal)
                .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllText(file)))],
            [.. GoldenQuestion.Load(Path.Combine(folder, ".questions.jsonl")).Where(question => question.IsAnswerable).Take(questions).Select(question => question.Question)]);
    }

    private static LiarSet Paragraphs(string folder, int questions, int seed)
    {
        var asked = JsonLines.Read<AskedParagraph>(Path.Combine(folder, "qa.jsonl")).ToArray();
        new Random(seed).Shuffle(asked);
        return new(
            [.. JsonLines.Read<Paragraph>(Path.Combine(folder, "corpus.jsonl")).Select(paragraph => ($"{paragraph.Id}.txt", paragraph.Text))],
            [.. asked.Select(question => question.Question).Distinct().Take(questions)]);
    }
}
