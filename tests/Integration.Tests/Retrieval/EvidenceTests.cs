namespace AiApp.Integration.Tests.Retrieval;

public sealed class EvidenceTests(RetrievalFixture fixture) : IClassFixture<RetrievalFixture>
{
    // Four chunks of one section, with characters that are two UTF-16 code units before and between them.
    private const string Lighthouse = """
        # Lighthouse 🗼

        The keeper 🧑 lights the lamp at dusk and writes the hour into the book, every day of the year, whatever the weather may be on that evening.

        - Fog: sound the horn twice a minute, and note the visibility in metres, as long as the far rock cannot be seen from the upper gallery.
        - Storm: lock the lower door 🌊 and stay above the second landing until the wind has fallen below eight for a whole hour on the scale.

        The relief boat brings oil 🛢 and bread on the first Monday of the month, unless the landing is iced over, when it waits for the next tide.
        """;

    [Fact]
    public async Task A_passage_of_several_chunks_is_literally_the_span_of_its_version()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("lighthouse.md", Lighthouse);

        var passages = await tenant.RetrieveAsync("When does the keeper light the lamp, and when does the horn sound in fog?");

        Assert.Contains(passages, passage => passage.PartIds.Count > 1);
        foreach (var passage in passages)
        {
            Assert.Equal(passage.Text, (await tenant.ReadTextAsync(passage)).Substring(passage.StartOffset, passage.Length));
        }
    }

    [Fact]
    public async Task A_strong_hit_brings_the_neighbour_that_holds_none_of_the_words()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("lighthouse.md", Lighthouse);

        var best = (await tenant.RetrieveAsync("relief boat bread oil tide"))[0];

        Assert.Contains("Storm", best.Text, StringComparison.Ordinal);
        Assert.StartsWith("The relief boat", (await tenant.ReadTextAsync(best))[best.StartOffset..][best.Text.IndexOf("The relief", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_text_in_two_documents_takes_one_place()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("a/parking.md", "# Parking\n\nGuests park behind the mill, on the gravel and not on the grass, from 8 to 18 hours.");
        await tenant.IngestAsync("b/parking.md", "# Parking\n\nGuests park behind the mill, on the gravel and not on the grass, from 8 to 18 hours.");

        var passage = Assert.Single(await tenant.RetrieveAsync("Where do guests park?"));

        Assert.Equal(["a/parking.md", "b/parking.md"], passage.AlsoIn.Select(other => other.SourceUri).Append(passage.SourceUri).Order());
    }

    [Fact]
    public async Task Only_the_newest_version_is_found()
    {
        var tenant = await fixture.NewTenantAsync();
        await tenant.IngestAsync("fee.md", "# Fee\n\nThe harbour fee is 10 crowns.");
        await tenant.IngestAsync("fee.md", "# Fee\n\nThe harbour fee is 12 crowns.");

        var passage = Assert.Single(await tenant.RetrieveAsync("harbour fee"));

        Assert.Equal(("The harbour fee is 12 crowns.", 2), (passage.Text, passage.VersionNumber));
    }
}
