using AiApp.Rag.Ingestion.Languages;

namespace AiApp.Rag.Tests.Ingestion.Languages;

public sealed class SentenceLanguageTests
{
    [Theory]
    [InlineData("Die Pauschale für das Essen ist seit dem 1. März 320 SEK.", "en", true)]
    [InlineData("Дневные на питание составляют 320 SEK.", "en", true)]
    [InlineData("The allowance for meals is 320 SEK from the first of March.", "de", true)]
    [InlineData("The allowance for meals is 320 SEK from the first of March.", "en", false)]
    [InlineData("Teams are the Los Angeles Rams, the Los Angeles Lakers and the Los Angeles Kings.", "en", false)]
    [InlineData("Severe motor disorders can consume significant health care resources.", "en", false)]
    public void A_sentence_is_in_another_language_when_that_lists_more_of_its_words(string sentence, string code, bool isOther) =>
        Assert.Equal(isOther, SentenceLanguage.Compare(sentence, code).IsOther);

    [Fact]
    public void Words_that_no_language_lists_say_nothing() => Assert.Equal((0, false), SentenceLanguage.Compare("Error E-4012 Fjord 300.", "en"));
}
