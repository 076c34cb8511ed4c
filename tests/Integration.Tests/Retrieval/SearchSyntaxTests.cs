namespace AiApp.Integration.Tests.Retrieval;

/// <summary>What a question may say about the words of what it finds: phrases, exclusions, identifiers, languages.</summary>
public sealed class SearchSyntaxTests(RetrievalFixture fixture) : IClassFixture<RetrievalFixture>
{
    [Fact]
    public async Task A_phrase_in_quotes_is_found_literally_by_both_legs()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("a.md", "# A\n\nThe blue whale is larger than a ship.");
        await tenant.IngestAsync("b.md", "# B\n\nA whale, seen from the ship, was blue.");

        Assert.Equal(["a.md"], await FindAsync(tenant, "\"blue whale\""));
        Assert.Equal(["a.md", "b.md"], (await FindAsync(tenant, "blue whale")).Order());
    }

    [Fact]
    public async Task A_word_behind_a_minus_is_in_nothing_that_is_found()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("sick.md", "# Sick leave\n\nSick leave needs a certificate.");
        await tenant.IngestAsync("annual.md", "# Annual leave\n\nAnnual leave needs an agreement.");

        Assert.Equal(["annual.md"], await FindAsync(tenant, "leave -sick"));
        Assert.Equal(["sick.md"], await FindAsync(tenant, "leave -\"annual leave\""));
    }

    [Theory]
    [InlineData("NTEventLogEventConsumer")]
    [InlineData("event log consumer")]
    [InlineData("max_file_bytes")]
    [InlineData("maxFileBytes")]
    [InlineData("file bytes")]
    [InlineData("E-4012")]
    [InlineData("E4012")]
    [InlineData("error 4012")]
    public async Task Identifiers_are_found_whole_and_in_parts(string query)
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("names.md", "# Names\n\nNTEventLogEventConsumer reads max_file_bytes and fails with E-4012.");

        Assert.Contains(await tenant.RetrieveAsync(query), passage => passage.Lexical is not null);
    }

    [Fact]
    public async Task A_document_is_found_by_the_words_of_its_own_language()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("en.md", "# Holidays\n\nThe office is closed on holidays.");
        await tenant.IngestAsync("de.md", "---\nlanguage: de\n---\n# Häuser\n\nDie Häuser wurden verkauft.");

        var found = (await tenant.RetrieveAsync("Wann wurde das Haus verkauft?")).Single(passage => passage.SourceUri == "de.md");
        Assert.NotNull(found.Lexical);
    }

    [Fact]
    public async Task A_document_that_does_not_say_its_language_is_found_by_another_inflection_of_its_words()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("en.md", "# Holidays\n\nThe office is closed on all of the holidays that are in the calendar, and it is open on the other days.");
        await tenant.IngestAsync("de.md", "# Verkauf\n\nAlle Häuser der Firma wurden im letzten Jahr verkauft, weil sie nicht mehr gebraucht werden. Die Leitung ist seit dem Sommer in einem anderen Ort.");

        Assert.NotNull((await tenant.RetrieveAsync("Haus")).Single(passage => passage.SourceUri == "de.md").Lexical);
        Assert.NotNull((await tenant.RetrieveAsync("calendars")).Single(passage => passage.SourceUri == "en.md").Lexical);
    }

    private static async Task<IEnumerable<string>> FindAsync(TestTenant tenant, string query) =>
        (await tenant.RetrieveAsync(query)).Select(passage => passage.SourceUri);
}
