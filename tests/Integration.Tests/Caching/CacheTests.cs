using AiApp.Contracts;

namespace AiApp.Integration.Tests.Caching;

/// <summary>What is given again, and what is not.</summary>
public sealed class CacheTests(CacheFixture fixture) : IClassFixture<CacheFixture>
{
    private const string Leave = "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n";
    private const string Question = "How many days of annual leave do full-time employees have?";

    [Fact]
    public async Task The_same_question_gets_the_same_answer_with_its_origin()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);

        var first = await tenant.AskAsync(Question);
        var second = await tenant.AskAsync(Question);

        Assert.Equal((AnswerOutcomes.Answered, ""), (first.Outcome, string.Join(";", first.Degraded)));
        Assert.Null(first.Cached);
        Assert.Equal(first.Id, second.Cached!.AnswerId);
        Assert.Equal((first.Text, first.Outcome, first.Model), (second.Text, second.Outcome, second.Model));
        Assert.Equal(first.Citations, second.Citations);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(("miss_empty", "hit"), (await tenant.ReadResultAsync(first), await tenant.ReadResultAsync(second)));
        Assert.Equal(first.Id, (await tenant.Client.GetAnswerAsync(second.Id)).Cached!.AnswerId);
        Assert.Equal(0, second.Usage.CostDollars);
    }

    [Theory]
    [InlineData("how many days of annual leave do full-time employees have")]
    [InlineData("Hello, could you please tell me how many days of annual leave full-time employees have?")]
    [InlineData("How many days of annual leave does a full-time employee have? Thanks!")]
    public async Task A_question_that_asks_the_same_in_another_frame_gets_it_too(string paraphrase)
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);
        var first = await tenant.AskAsync(Question);

        Assert.Equal(first.Id, (await tenant.AskAsync(paraphrase)).Cached?.AnswerId);
    }

    [Theory]
    [InlineData("How many days of annual leave do part-time employees have?")]
    [InlineData("How many hours of annual leave do full-time employees have?")]
    [InlineData("How many days of annual leave do full-time employees not have?")]
    [InlineData("How many days of annual leave did full-time employees have?")]
    [InlineData("How many days of sick leave do full-time employees have?")]
    [InlineData("Who decides how many days of annual leave full-time employees have?")]
    public async Task A_question_that_asks_something_else_does_not(string other)
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);
        await tenant.AskAsync(Question);

        Assert.Equal("miss_guard", await tenant.ReadResultAsync(other));
    }

    [Fact]
    public async Task A_streamed_hit_sends_its_citations_before_its_text_and_ends_with_the_whole()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);
        var first = await tenant.AskAsync(Question);

        var events = await tenant.Client.AskStreamingAsync(new() { Question = Question }).ToListAsync();

        var done = Assert.IsType<DoneEvent>(events[^1]).Answer;
        Assert.Equal(first.Id, done.Cached!.AnswerId);
        Assert.Equal(done.Text, string.Concat(events.OfType<DeltaEvent>().Select(delta => delta.Text)));
        Assert.InRange(events.FindIndex(item => item is CitationEvent), 0, events.FindIndex(item => item is DeltaEvent) - 1);
        Assert.Contains(done.Stages, stage => stage.Name == "cache");
    }

    [Fact]
    public async Task A_fresh_answer_passes_the_cache_and_takes_the_place_of_the_cached_one()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);
        await tenant.AskAsync(Question);

        var fresh = await tenant.AskAsync(Question, fresh: true);

        Assert.Null(fresh.Cached);
        Assert.Equal("bypass", await tenant.ReadResultAsync(fresh));
        Assert.Equal(fresh.Id, (await tenant.AskAsync(Question)).Cached!.AnswerId);
    }

    [Fact]
    public async Task What_was_not_answered_is_not_kept()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);

        Assert.Equal(AnswerOutcomes.InsufficientContext, (await tenant.AskAsync("What does the zeppelin hangar cost?")).Outcome);

        Assert.Equal("miss_empty", await tenant.ReadResultAsync("What does the zeppelin hangar cost?"));
    }

    [Fact]
    public async Task A_phrase_or_an_exclusion_is_like_itself_only()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);
        await tenant.AskAsync(Question);
        var constrained = "How many days of \"annual leave\" do full-time employees have?";

        Assert.Equal("miss_guard", await tenant.ReadResultAsync(constrained));
        Assert.Equal("hit", await tenant.ReadResultAsync(constrained));
    }
}
