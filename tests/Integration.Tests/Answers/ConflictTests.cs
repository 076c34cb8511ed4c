using AiApp.Contracts;
using AiApp.Integration.Tests.Caching;

namespace AiApp.Integration.Tests.Answers;

/// <summary>What the documents say against each other, and what they do not speak of.</summary>
public sealed class ConflictTests(CacheFixture fixture) : IClassFixture<CacheFixture>
{
    private const string Question = "How much is the monthly parking fee?";

    [Fact]
    public async Task Another_document_that_says_otherwise_is_told_with_the_dates_of_both_anew_from_the_cache_and_in_the_record()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.AddAsync("new.md", "---\nvalid_from: 2026-01-01\n---\n# Parking\n\nThe monthly parking fee is 300 SEK.\n");
        await tenant.AddAsync("letter.md", "# Letter\n\nThe monthly parking fee is 250 SEK.\n");

        var anew = await tenant.AskAsync(Question);
        var again = await tenant.AskAsync(Question);
        var read = await tenant.Client.GetAnswerAsync(anew.Id);

        Assert.NotNull(again.Cached);
        foreach (var answer in new[] { anew, again, read })
        {
            var conflict = Assert.Single(answer.Grounding!.Conflicts);
            var cited = answer.Citations.Single(citation => citation.Marker == conflict.Other.Marker);
            Assert.Equal("number", conflict.Kind);
            Assert.NotEqual(cited.DocumentId, conflict.Other.DocumentId);
            Assert.Equal(["The monthly parking fee is 250 SEK.", "The monthly parking fee is 300 SEK."], new[] { cited.Quote, conflict.Other.Quote }.Order());
            Assert.Equal(new DateOnly(2026, 1, 1), conflict.ValidFrom ?? conflict.CitedValidFrom);
        }
    }

    [Fact]
    public async Task Whoever_may_not_read_the_other_document_is_not_told()
    {
        var tenant = await fixture.NewTenantAsync("user:anna", "group:hr");
        await tenant.AddAsync("new.md", "# Parking\n\nThe monthly parking fee is 300 SEK.\n");
        await tenant.AddAsync("draft.md", "# Draft\n\nThe monthly parking fee is 250 SEK.\n", "group:hr");
        var bob = await tenant.CreateClientAsync("user:bob");

        Assert.Empty((await bob.AskAsync(new() { Question = Question })).Grounding!.Conflicts);
    }

    [Fact]
    public async Task Without_an_answer_the_words_are_told_that_no_passage_has()
    {
        var tenant = await fixture.NewTenantAsync();

        var answer = await tenant.AskAsync("What does the zeppelin hangar cost?");

        Assert.Equal((AnswerOutcomes.InsufficientContext, "zeppelin hangar cost"), (answer.Outcome, string.Join(' ', answer.Grounding!.Missing)));
    }
}
