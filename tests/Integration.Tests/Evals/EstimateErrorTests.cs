using AiApp.Evals.Tokens;

namespace AiApp.Integration.Tests.Evals;

public sealed class EstimateErrorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Errors_are_relative_to_the_true_counts()
    {
        string[] texts = ["a", "b", "c", "d"];

        var error = EstimateError.Of(texts, [10, 10, 10, 10], text => text switch { "a" => 5, "b" => 9, "c" => 10, _ => 13 });

        Assert.Equal([-0.1, 0.1, 0.5, 0.5, -0.5], new[] { error.Median, error.AbsoluteMedian, error.Absolute90, error.Absolute99, error.Lowest1 }.Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void The_share_beyond_the_spare_is_of_texts_that_take_more()
    {
        const string Text = "a sentence of seven or eight tokens";

        Assert.Equal(0.5, EstimateError.ShareBeyondSpare([Text, Text], [8, 800]));
    }

    [Fact]
    public void Tables_and_code_of_Markdown_are_kinds_of_their_own_and_files_of_JSON_lines_too()
    {
        var rows = string.Concat(Enumerable.Repeat("| a | table | of | rows |\n", 20));
        var code = string.Concat(Enumerable.Repeat("int x = 1;\n", 40));
        File.WriteAllText(Path.Combine(_folder.FullName, "a.md"), $"# A page with both of them\n\n{rows}\n```c\n{code}```\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "lines.jsonl"), "{\"text\":\"the first text of the file\"}\n{\"text\":\"short\"}\n{\"other\":1}\n");

        var samples = TextSamples.Load(_folder).ToDictionary(sample => sample.Kind, sample => sample.Texts);

        Assert.Equal(["the first text of the file"], samples["lines"]);
        Assert.Equal(rows.Trim(), Assert.Single(samples[$"{_folder.Name} .md, tables"]));
        Assert.Equal(code, Assert.Single(samples[$"{_folder.Name} .md, code"]));
        Assert.Single(samples[$"{_folder.Name} .md"]);
    }
}
