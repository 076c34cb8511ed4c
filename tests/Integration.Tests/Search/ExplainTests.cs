using AiApp.Contracts;
using AiApp.Integration.Tests.Retrieval;

namespace AiApp.Integration.Tests.Search;

public sealed class ExplainTests(RetrievalFixture fixture) : IClassFixture<RetrievalFixture>
{
    private const double Tolerance = 1e-3; // stored as 32-bit floats

    [Fact]
    public async Task What_each_word_adds_sums_up_to_the_score_of_the_lexical_leg()
    {
        var tenant = await NewLibraryAsync();

        var explanation = await tenant.Client.ExplainSearchAsync("Which ferry, ferry or bus, goes to the northern island in winter?");

        var scored = explanation.Candidates.Where(candidate => candidate.Lexical is not null).ToList();
        Assert.NotEmpty(scored);
        Assert.All(scored, candidate =>
        {
            Assert.Equal(candidate.Lexical!.Score, candidate.Terms.Sum(term => term.Product), Tolerance);
            Assert.All(candidate.Terms, term => Assert.Equal(term.Product, term.Idf * term.QueryFrequency * term.Weight, Tolerance));
        });
        Assert.Contains(explanation.Terms, term => term is { Lexeme: "ferri", QueryFrequency: 2 });
    }

    [Fact]
    public async Task Shares_of_the_legs_times_the_factors_of_the_decisions_are_the_score()
    {
        var tenant = await NewLibraryAsync();

        var explanation = await tenant.Client.ExplainSearchAsync("ferry to the northern island");

        Assert.All(explanation.Candidates, candidate =>
        {
            Assert.Equal(candidate.FusedScore, (candidate.Lexical?.Share ?? 0) + (candidate.Vector?.Share ?? 0), Tolerance);
            Assert.Equal(candidate.Passage.Score, candidate.Passage.Decisions.Aggregate(candidate.FusedScore, (score, decision) => decision.Score ?? score * (decision.Factor ?? 1)), Tolerance);
        });
    }

    [Fact]
    public async Task It_tells_of_the_passages_that_the_search_returns()
    {
        var tenant = await NewLibraryAsync();
        const string query = "winter timetable of the ferry";

        var searched = await tenant.Client.SearchAsync(new() { Query = query, Top = 4 });
        var explained = await tenant.Client.ExplainSearchAsync(query, top: 4);

        Assert.Equal(searched.Passages.Select(Identity), explained.Candidates.Where(candidate => candidate.Place is not null).Select(candidate => Identity(candidate.Passage)));
        Assert.Equal([1, 2, 3, 4], explained.Candidates.Select(candidate => candidate.Place).OfType<int>());

        static (long, int, int, double) Identity(PassageDto passage) => (passage.ChunkId, passage.StartOffset, passage.Length, passage.Score);
    }

    /// <summary>Thirty chunks about ferries; the legs of the fixture are ten places deep.</summary>
    private async Task<TestTenant> NewLibraryAsync()
    {
        var tenant = await fixture.NewTenantAsync();
        for (var i = 0; i < 30; i++)
        {
            await tenant.AddAsync($"routes/{i:00}.md", $"# Route {i}\n\nThe ferry number {i} goes to the {(i % 2 == 0 ? "northern" : "southern")} island in {(i % 3 == 0 ? "winter" : "summer")} at {i} o'clock.");
        }
        await tenant.IngestAsync("bus.md", "# Bus\n\nA bus waits at the landing for every ferry of the winter timetable.");
        return tenant;
    }
}
