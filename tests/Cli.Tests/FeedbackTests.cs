using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class FeedbackTests
{
    private static readonly Guid Id = new("0198c0de-7a11-7000-8000-00000000000a");
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_said_is_listed_over_all_pages_and_obeyed_by_no_terminal()
    {
        await using var api = await FakeApi.StartAsync();
        api.Feedback =
        [
            new() { AnswerId = Id, Verdict = Verdicts.Bad, Reason = FeedbackReasons.OutOfDate, Comment = "That was \u001b[2Jlast\nyear", GivenBy = "anna", GivenAt = At },
            new() { AnswerId = Id, Verdict = Verdicts.Good, GivenBy = "bert", GivenAt = At },
        ];

        var run = await CliRun.OfAsync(api, ["feedback", "list"]);

        Assert.Equal(
            $"""
            2026-03-02 09:20  out_of_date   {Id}  anna: That was [2Jlast year
            2026-03-02 09:20  good          {Id}  bert
            1 good, 1 bad

            """.ReplaceLineEndings("\n"), run.Out);
    }

    [Fact]
    public async Task Candidates_of_all_pages_are_appended_as_one_line_each()
    {
        await using var api = await FakeApi.StartAsync();
        api.Candidates = [Candidate("feedback-1", review: null), Candidate("feedback-2", review: "Name the document.")];
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, ".questions.jsonl");
        await File.WriteAllTextAsync(file, "{\"id\": \"q01\"}\n");

        var run = await CliRun.OfAsync(api, ["feedback", "export", "--out", file]);

        var lines = (await File.ReadAllLinesAsync(file)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["q01", "feedback-1", "feedback-2"], lines.Select(line => line.GetProperty("id").GetString()));
        Assert.Equal("30 days", lines[1].GetProperty("must_contain")[0].GetString());
        Assert.False(lines[1].TryGetProperty("review", out _));
        Assert.Equal("2 candidates, 1 of them wait for a review\n", run.Error);
    }

    [Fact]
    public async Task A_reason_that_is_none_is_refused_before_anything_is_asked()
    {
        var run = await CliRun.OfAsync(null, ["feedback", "list", "--reason", "boring"]);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
    }

    private static GoldenCandidateDto Candidate(string id, string? review) => new()
    {
        Id = id,
        Question = "How many days?",
        Document = review is null ? "leave.md" : null,
        MustContain = ["30 days"],
        Kind = "feedback_wrong",
        Review = review,
        AnswerId = Id,
        GivenAt = At,
    };
}
