using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("rate limit of the gateway")]
    [InlineData("re-use of E-4012 codes")]
    [InlineData("a - b")]
    [InlineData("what does -5 mean?")]
    [InlineData("the 5\" disk")]
    [InlineData("-everything")]
    public void Ordinary_text_has_no_operators(string text)
    {
        var parsed = SearchText.Parse(text);
        Assert.False(parsed.IsConstrained);
        Assert.Equal(text, parsed.Words);
    }

    [Fact]
    public void A_phrase_in_quotation_marks_stays_among_the_words()
    {
        var parsed = SearchText.Parse("the “annual leave” policy");
        Assert.Equal(["annual leave"], parsed.Phrases);
        Assert.Equal("the annual leave policy", parsed.Words);
    }

    [Fact]
    public void A_word_or_phrase_behind_a_minus_is_left_out()
    {
        var parsed = SearchText.Parse("leave -sick -\"unpaid leave\" policy");
        Assert.Equal(["sick", "unpaid leave"], parsed.Exclusions);
        Assert.Equal("leave   policy", parsed.Words);
    }
}
