using System.Net;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;

namespace AiApp.Integration.Tests.Search;

/// <summary>Every stage that can drop a document says that it did, and why.</summary>
public sealed class WhyNotTests(RetrievalFixture fixture) : IClassFixture<RetrievalFixture>
{
    private const string Rule = "The boiler is cleaned on the first Monday of the month, by two people, with the main valve closed.";

    [Fact]
    public async Task A_document_that_is_shown_says_in_which_place()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("boiler.md", $"# Boiler\n\n{Rule}");

        var fate = await WhyAsync(tenant, "When is the boiler cleaned?", "boiler.md");

        Assert.Equal(("found", "It is passage 1."), (fate.Fate, fate.Reason));
        Assert.Equal(["lexical", "vector", "fusion", "evidence"], fate.Findings.Select(finding => finding.Stage));
    }

    [Fact]
    public async Task Another_tenants_document_an_absent_one_and_a_wrong_id_are_one_answer()
    {
        var tenant = await fixture.NewTenantAsync();
        var stranger = await fixture.NewTenantAsync();
        var secret = await stranger.IngestAsync("secret.md", $"# Boiler\n\n{Rule}");
        var details = new List<string?>();

        foreach (var document in new[] { "secret.md", secret.ToString(), Guid.NewGuid().ToString(), "absent.md", "../../etc/passwd" })
        {
            var refused = await Assert.ThrowsAsync<AiAppException>(() => tenant.Client.ExplainSearchAsync("boiler", document: document));
            Assert.Equal((404, ProblemCodes.NotFound), (refused.Problem.Status, refused.Problem.Code));
            details.Add(refused.Problem.Detail);
        }

        Assert.Single(details.Distinct());
    }

    [Fact]
    public async Task A_document_that_waits_for_its_ingestion_is_not_ready()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("boiler.md", $"# Boiler\n\n{Rule}");
        await tenant.AddAsync("new.md", "# New\n\nThe boiler is new.");

        var fate = await WhyAsync(tenant, "boiler", "new.md");

        Assert.Equal("not_ready", fate.Fate);
        Assert.Contains("waiting", fate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_another_collection_says_where_it_is()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("boiler.md", $"# Boiler\n\n{Rule}", "cellar");
        var id = await tenant.IngestAsync("lamp.md", "# Lamp\n\nThe lamp is cleaned daily.", "tower");

        var explained = await tenant.Client.ExplainSearchAsync("cleaned", "cellar", id.ToString());

        Assert.Equal("other_collection", explained.Document!.Fate);
        Assert.Contains("'tower'", explained.Document.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_URI_of_two_collections_asks_for_the_collection()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("boiler.md", $"# Boiler\n\n{Rule}", "cellar");
        await tenant.IngestAsync("boiler.md", $"# Boiler\n\n{Rule}", "tower");

        var refused = await Assert.ThrowsAsync<AiAppException>(() => tenant.Client.ExplainSearchAsync("boiler", document: "boiler.md"));
        var explained = await tenant.Client.ExplainSearchAsync("boiler", "tower", "boiler.md");

        Assert.Equal(ProblemCodes.Validation, refused.Problem.Code);
        Assert.Equal("tower", explained.Document!.Collection);
    }

    [Fact]
    public async Task A_document_without_the_words_says_which_ones_it_lacks()
    {
        var tenant = await WithFillersAsync("The crane lifts boats.");
        await tenant.IngestAsync("bread.md", "# Bread\n\nFlour, water, salt.");

        var fate = await WhyAsync(tenant, "Which crane lifts boats?", "bread.md");

        Assert.Equal("no_common_word", fate.Fate);
        Assert.Equal(["boat", "crane", "lift"], fate.MissingWords);
        Assert.Equal("below_vector_depth", fate.Findings.Single(finding => finding.Stage == "vector").Fate);
    }

    [Fact]
    public async Task A_document_below_the_depth_of_both_legs_says_its_place_and_the_cut()
    {
        var tenant = await WithFillersAsync("The crane lifts boats at the quay, and the crane lifts them gently.", 25);
        await tenant.IngestAsync("aside.md", $"# Aside\n\nA long text about bread and its many kinds, none of which needs machines of a harbour. {string.Join(' ', Enumerable.Range(0, 20).Select(i => $"kind{i}"))} crane");

        var fate = await WhyAsync(tenant, "crane lifts boats", "aside.md");

        Assert.Equal("below_lexical_depth", fate.Fate);
        Assert.Contains("place 26 in the lexical leg; the leg ends in place 10", fate.Reason, StringComparison.Ordinal);
        Assert.Equal("below_vector_depth", fate.Findings.Single(finding => finding.Stage == "vector").Fate);
    }

    [Fact]
    public async Task A_document_found_by_both_legs_and_not_shown_says_its_place()
    {
        var tenant = await WithFillersAsync("The crane lifts boats at the quay", 6);
        await tenant.IngestAsync("last.md", "# Last\n\nThe crane of the museum stands still, and visitors may look at it from below.");

        var fate = (await tenant.Client.ExplainSearchAsync("crane lifts boats", document: "last.md", top: 3)).Document!;

        Assert.Equal(("below_top", "It came to place 7; 3 are shown."), (fate.Fate, fate.Reason));
    }

    [Fact]
    public async Task A_copy_says_which_document_it_repeats()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("a.md", $"# Boiler\n\n{Rule}");
        await tenant.IngestAsync("b.md", $"# Boiler\n\n{Rule}");
        var shown = Assert.Single((await tenant.Client.SearchAsync(new() { Query = "boiler cleaned" })).Passages);
        var other = Assert.Single(shown.AlsoIn).SourceUri;

        var fate = await WhyAsync(tenant, "boiler cleaned", other);

        Assert.Equal(("duplicate_of_passage", $"'{shown.SourceUri}' says the same and stands higher."), (fate.Fate, fate.Reason));
    }

    [Fact]
    public async Task An_outdated_document_says_when_it_was_valid()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("old.md", "---\nvalid_until: 2019-12-31\n---\n# Fee\n\nThe mooring fee is 10 crowns.");
        await tenant.IngestAsync("new.md", "---\nvalid_from: 2020-01-01\n---\n# Fee\n\nThe mooring fee is 15 crowns for one night at the outer pier.");

        var fate = (await tenant.Client.ExplainSearchAsync("mooring fee", document: "old.md", top: 1)).Document!;

        Assert.Equal("outdated", fate.Fate);
        Assert.Contains("until 2019-12-31", fate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_of_a_document_that_has_its_places_are_crowded_out()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("long.md", string.Join("\n\n", Enumerable.Range(1, 6).Select(i => $"# Part {i}\n\nThe crane lifts boats of class {i}.")));
        await tenant.IngestAsync("short.md", "# Club\n\nThe crane lifts boats for members before breakfast and after supper.");

        var explained = await tenant.Client.ExplainSearchAsync("crane lifts boats", document: "long.md", top: 5);

        Assert.Contains(explained.Candidates.Where(candidate => candidate.Place is not null), candidate => candidate.Passage.SourceUri == "short.md");
        Assert.Equal(["found", "found", "found", "found", "crowded_out", "below_top"], explained.Document!.Chunks.Select(chunk => chunk.Fate));
    }

    [Theory]
    [InlineData("boiler -valve", "excluded", "It is excluded by -valve.")]
    [InlineData("boiler -\"main valve\" -steam", "excluded", "It is excluded by -\"main valve\".")]
    [InlineData("\"clean boiler\"", "lacks_phrase", "It lacks \"clean boiler\".")]
    [InlineData("\"main valve\" -steam", "found", "It is passage 1.")]
    public async Task Phrases_and_exclusions_say_that_they_shut_a_document_out(string query, string fate, string reason)
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("boiler.md", $"# Boiler\n\n{Rule}");

        var told = await WhyAsync(tenant, query, "boiler.md");

        Assert.Equal((fate, reason), (told.Fate, told.Reason));
    }

    [Theory]
    [InlineData("api/search/explain", "query")]
    [InlineData("api/search/explain?query=x&top=0", "top")]
    [InlineData("api/search/explain?query=x&top=51", "top")]
    [InlineData("api/search/explain?query=x&document=", "document")]
    [InlineData("api/search/explain?query=x&document=a%00b", "document")]
    public async Task A_bad_request_names_the_field(string address, string field)
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));

        var problem = await (await http.GetAsync(address)).ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);

        Assert.Equal([field], problem.Errors!.Keys);
    }

    // For five passages the legs go no deeper than the ten chunks that the fixture configures.
    private static async Task<DocumentFateDto> WhyAsync(TestTenant tenant, string query, string document) =>
        (await tenant.Client.ExplainSearchAsync(query, document: document, top: 5)).Document!;

    /// <summary>Documents that say the same with another number, so that none is a copy.</summary>
    private async Task<TestTenant> WithFillersAsync(string text, int count = 12)
    {
        var tenant = await fixture.NewTenantAsync();
        for (var i = 0; i < count; i++)
        {
            await tenant.AddAsync($"filler-{i}.md", $"# Filler {i}\n\n{text} {i}");
        }
        await tenant.IngestAsync("one.md", "# One\n\nSomething else.");
        return tenant;
    }
}
