using AiApp.Contracts;
using AiApp.Web.Components.Evidence;
using AiApp.Web.Components.Evidence.Changes;

namespace AiApp.Web.Tests.Evidence;

public sealed class ChangesTests
{
    [Theory]
    [InlineData("You have 28 days a year.", "You have 30 days a year.", "You have [-28][+30] days a year.")]
    [InlineData("The limit is 1,750 SEK.", "The limit is 1,850.50 SEK.", "The limit is [-1,750][+1,850.50] SEK.")]
    [InlineData("Ask your manager first.", "Ask first.", "Ask [-your manager ]first.")]
    [InlineData("Ask first.", "Ask your manager first.", "Ask [+your manager ]first.")]
    [InlineData("one two three", "four five six", "[-one two three][+four five six]")]
    [InlineData("the same", "the same", "the same")]
    [InlineData("", "new", "[+new]")]
    [InlineData("old", "", "[-old]")]
    [InlineData("Straße 5 im Café", "Straße 6 im Café", "Straße [-5][+6] im Café")]
    public void A_difference_is_told_in_whole_words(string before, string after, string expected) =>
        Assert.Equal(expected, Write(WordDiff.Between(before, after)));

    [Fact]
    public void Both_texts_can_be_put_together_from_a_difference_whatever_they_are()
    {
        var random = new Random(20260302);
        string[] words = ["a", "b", "ä", "7", "7.5", ",", " ", "  ", "\n", "😀", "-"];
        for (var round = 0; round < 2_000; round++)
        {
            var (before, after) = (Draw(), Draw());

            var parts = WordDiff.Between(before, after);

            Assert.Equal(before, string.Concat(parts.Where(part => part.Kind != DiffKind.Added).Select(part => part.Text)));
            Assert.Equal(after, string.Concat(parts.Where(part => part.Kind != DiffKind.Removed).Select(part => part.Text)));
        }

        string Draw() => string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => words[random.Next(words.Length)]));
    }

    [Fact]
    public void Two_long_texts_without_a_word_in_common_are_told_as_one_change()
    {
        var (before, after) = (string.Join(' ', Enumerable.Range(0, 5_000)), string.Join(' ', Enumerable.Range(10_000, 5_000)));

        Assert.Equal([DiffKind.Removed, DiffKind.Added], WordDiff.Between(before, after).Select(part => part.Kind));
    }

    [Fact]
    public void Cited_words_are_followed_to_the_paragraph_that_took_their_place()
    {
        var cited = Document(1, "Leave", "Full-time employees have 28 days of leave a year.", "Soup is served from noon.");
        var newest = Document(2, "Leave", "This page is new.", "Soup is served from noon.", "Full-time employees have 30 days of leave a year.");

        var change = PassageChange.Find(cited, Span(cited, "28 days of leave"), newest);

        Assert.Equal((false, "Full-time employees have 28 days of leave a year.", "Full-time employees have 30 days of leave a year."), (change.IsKept, change.Before, change.After));
    }

    [Fact]
    public void Words_that_moved_are_still_there()
    {
        var cited = Document(1, "Soup is served from noon.", "Full-time employees have 28 days of leave a year.");
        var newest = Document(2, "Full-time  employees have\n28 days of leave a year. Part-time ones have less, by the share that they work of a full week.");

        Assert.True(PassageChange.Find(cited, Span(cited, "Full-time employees have 28 days of leave a year."), newest).IsKept);
    }

    [Fact]
    public void A_passage_that_was_taken_out_has_no_successor()
    {
        var cited = Document(1, "Soup is served from noon.", "Full-time employees have 28 days of leave a year.");

        var change = PassageChange.Find(cited, Span(cited, "28 days"), Document(2, "Soup is served from noon."));

        Assert.Equal((false, null), (change.IsKept, change.After));
    }

    private static DocumentTextDto Document(int version, params string[] paragraphs)
    {
        var (text, blocks) = ("", new List<BlockDto>());
        foreach (var paragraph in paragraphs)
        {
            blocks.Add(new() { Kind = "paragraph", Start = text.Length, Length = paragraph.Length });
            text += paragraph + "\n\n";
        }
        return new()
        {
            DocumentId = Guid.Empty,
            VersionId = version,
            VersionNumber = version,
            NewestVersionNumber = 2,
            Title = "A",
            SourceUri = "a.md",
            Text = text,
            Blocks = blocks,
        };
    }

    private static TextSpan Span(DocumentTextDto document, string words) => new(document.Text.IndexOf(words, StringComparison.Ordinal), words.Length);

    private static string Write(IEnumerable<DiffPart> parts) => string.Concat(parts.Select(part => part.Kind switch
    {
        DiffKind.Removed => $"[-{part.Text}]",
        DiffKind.Added => $"[+{part.Text}]",
        _ => part.Text,
    }));
}
