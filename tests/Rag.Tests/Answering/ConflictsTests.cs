using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;

namespace AiApp.Rag.Tests.Answering;

public sealed class ConflictsTests
{
    [Theory]
    [InlineData("The daily meal allowance is 280 SEK.", ClaimFaults.Number)]
    [InlineData("The daily meal allowance is 300 EUR.", null)]
    [InlineData("The daily meal allowance is not paid out.", null)]
    [InlineData("The daily meal allowance is 320 SEK.", null)]
    [InlineData("The daily hotel allowance in Oslo is 900 SEK.", null)]
    [InlineData("Since 1 March 2024 the daily meal allowance has been 240 SEK.", null)]
    [InlineData("Coffee costs 20 SEK.", null)]
    public void A_sentence_of_another_document_that_is_nearly_the_same_and_has_another_number_is_told(string other, string? kind) =>
        Assert.Equal(kind, Find("The daily meal allowance is 320 SEK.", other));

    [Theory]
    [InlineData("Unused leave is paid out.", "Unused leave is not paid out.", ClaimFaults.Negation)]
    [InlineData("Claims are due by 14 March 2026.", "Claims are due by 15 March 2026.", ClaimFaults.Date)]
    [InlineData("Visitors sign in before entering the laboratory.", "Visitors sign in after entering the laboratory.", ClaimFaults.Opposite)]
    [InlineData("Claims of 2025 are due in 14 days.", "Claims of 2026 are due in 30 days.", ClaimFaults.Number)]
    [InlineData("Anna Berg answers questions about leave.", "Bertil Berg answers questions about leave.", null)]
    [InlineData("Error E-4012 means an incomplete form.", "Error E-4013 means an incomplete form.", null)]
    public void So_is_one_that_denies_it_or_has_another_date_and_none_about_something_else(string cited, string other, string? kind) =>
        Assert.Equal(kind, Find(cited, other));

    [Fact]
    public void A_document_does_not_speak_against_itself()
    {
        var passage = Passages.Of("The fee is 30 SEK for members. The fee is 50 SEK for members.");
        var citation = new Citation { Marker = 1, Chunk = passage, Quote = "The fee is 30 SEK for members.", StartOffset = 100, Length = 30 };

        Assert.Empty(Conflicts.Find([citation], [passage]));
    }

    [Fact]
    public void It_is_told_where_it_stands()
    {
        var other = Passages.Of("Trips are booked early. The daily meal allowance is 280 SEK.", number: 2, offset: 900);

        var conflict = Assert.Single(Conflicts.Find([Cite("The daily meal allowance is 320 SEK.")], [other]));

        Assert.Equal((1, "The daily meal allowance is 280 SEK.", 924), (conflict.Marker, conflict.Other.Quote, conflict.Other.StartOffset));
    }

    [Theory]
    [InlineData("What does the zeppelin hangar cost?", "zeppelin hangar")]
    [InlineData("How much is the meal allowance?", "")]
    [InlineData("Is the meal allowance paid in Reykjavik?", "reykjavik")]
    public void What_a_question_speaks_of_and_no_passage_does_is_missing(string question, string missing) =>
        Assert.Equal(missing, string.Join(' ', MissingWords.Of(question, [Passages.Of("The daily meal allowance is 320 SEK. It is paid monthly; what it may cost is set each year.")])));

    private static string? Find(string cited, string other) => Conflicts.Find([Cite(cited)], [Passages.Of(other, number: 2)]) is [var first, ..] ? first.Kind : null;

    private static Citation Cite(string text) => new() { Marker = 1, Chunk = Passages.Of(text), Quote = text, StartOffset = 100, Length = text.Length };
}
