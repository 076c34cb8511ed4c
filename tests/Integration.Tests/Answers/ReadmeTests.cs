using AiApp.Evals;
using AiApp.Integration.Tests.Architecture;

namespace AiApp.Integration.Tests.Answers;

/// <summary>What the README shows is what its reader gets.</summary>
public sealed class ReadmeTests(GoldenSetTests.Run run) : IClassFixture<GoldenSetTests.Run>
{
    [Fact]
    public async Task The_answer_in_the_README_is_the_one_given()
    {
        var readme = await File.ReadAllTextAsync(Repository.Path("README.md"));
        var question = readme.Split("./up --ask \"")[1].Split('"')[0];
        var shown = readme.Split("<!-- answer:begin -->")[1].Split("<!-- answer:end -->")[0];

        var result = await run.AskAsync(new GoldenQuestion { Id = "readme", Question = question });

        Assert.Contains(result.Answer.Text, shown, StringComparison.Ordinal);
        Assert.All(result.Answer.Citations, citation =>
        {
            Assert.Contains($"\"{citation.Quote}\"", shown, StringComparison.Ordinal);
            Assert.Contains(citation.Chunk.SourceUri, shown, StringComparison.Ordinal);
            Assert.Contains($"{citation.StartOffset}–{citation.StartOffset + citation.Length}", shown, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_path_the_README_names_is_there()
    {
        var readme = await File.ReadAllTextAsync(Repository.Path("README.md"));
        var links = System.Text.RegularExpressions.Regex.Matches(readme, @"\]\((?!https?:)(?<path>[^)#]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30));

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Repository.Path(link.Groups["path"].Value)), link.Value));
    }
}
