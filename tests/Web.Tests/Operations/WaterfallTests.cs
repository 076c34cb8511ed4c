using AiApp.Contracts;
using AiApp.Web.Components.Pages.Operations.Requests;

namespace AiApp.Web.Tests.Operations;

public sealed class WaterfallTests
{
    private static readonly RequestDto Request = new()
    {
        Id = Guid.Empty, Kind = "question", At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), Outcome = RequestOutcomes.Answered, Provider = "p", Model = "m", DurationMs = 100,
        CostDollars = 0,
    };

    [Fact]
    public void Calls_stand_inside_of_the_stage_that_made_them()
    {
        var rows = WaterfallRow.Of(Detail(
            [new() { Name = "write", StartMs = 40, DurationMs = 60 }, new() { Name = "lexical", StartMs = 1, DurationMs = 5 }],
            [Attempt("provider_timeout", 41, 20), Attempt("ok", 62, 30)]));

        Assert.Equal([("Search by words", false), ("Write the answer", false), ("p/m", true), ("p/m", true)], rows.Select(row => (row.Name, row.IsPart)));
        Assert.Equal(["series-bad", "series-4"], rows.Skip(2).Select(row => row.Class));
    }

    [Fact]
    public void A_repair_is_a_stage_with_its_own_call_and_a_judge_is_asked_while_the_answer_is_written()
    {
        var rows = WaterfallRow.Of(Detail(
            [new() { Name = "write", StartMs = 40, DurationMs = 60 }, new() { Name = "repair", StartMs = 100, DurationMs = 20 }],
            [Attempt("ok", 41, 50), Attempt("ok", 60, 5) with { Step = "judge" }, Attempt("ok", 101, 19) with { Step = "repair" }]));

        Assert.Equal(["Write the answer", "p/m", "p/m, judging", "Put sentences right", "p/m"], rows.Select(row => row.Name));
    }

    [Fact]
    public void Stages_without_a_beginning_follow_each_other()
    {
        var rows = WaterfallRow.Of(Detail([new() { Name = "embed", DurationMs = 40 }, new() { Name = "vector", DurationMs = 10 }, new() { Name = "write", DurationMs = 50 }], []));

        Assert.Equal([0, 40, 50], rows.Select(row => row.Start));
    }

    [Fact]
    public void A_question_that_failed_while_it_was_written_shows_its_calls() =>
        Assert.Equal("provider_error", WaterfallRow.Of(Detail([new() { Name = "lexical", StartMs = 1, DurationMs = 5 }], [Attempt("provider_error", 8, 4)]))[^1].Outcome);

    [Fact]
    public void Of_what_stands_in_the_ledger_alone_the_calls_are_shown()
    {
        var call = new LedgerCallDto
        {
            At = Request.At.AddMilliseconds(10), SettledAt = Request.At.AddMilliseconds(35), Attempt = 1, Step = "extract", Provider = "p", Model = "m", PriceVersion = "v",
            State = "settled", Outcome = "ok", ReservedDollars = 0, CostDollars = 0, TokensAreEstimated = false,
        };

        var row = Assert.Single(WaterfallRow.Of(Detail([], []) with { Calls = [call] }));

        Assert.Equal((10.0, 25.0), (row.Start, row.Duration));
    }

    private static RequestDetailDto Detail(IReadOnlyList<StageDto> stages, IReadOnlyList<AttemptDto> attempts) =>
        new() { Request = Request, Stages = stages, Attempts = attempts, Degraded = [], Passages = 1, Citations = 1, Calls = [] };

    private static AttemptDto Attempt(string outcome, double start, double duration) =>
        new() { Provider = "p", Model = "m", Outcome = outcome, StartMs = start, DurationMs = duration };
}
