using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Tests.Text;

public sealed class TextFactsTests
{
    [Theory]
    [InlineData("The limit is 1,750 SEK.", "1750 sek")]
    [InlineData("The limit is SEK 1 750 for a night", "1750 sek")]
    [InlineData("It costs $3.5 million.", "3500000 usd")]
    [InlineData("It weighs 12kg and takes 2.5 hours.", "12 kg;2.5 h")]
    [InlineData("Half of them, 47.3%, stay for two weeks.", "47.3 %;2 week")]
    [InlineData("Twenty-five people", "25 ")]
    [InlineData("between 5 and 10 volts", "5 ;10 v")]
    [InlineData("Der Preis beträgt 1.234,50 Euro.", "1234.5 eur")]
    [InlineData("a drop of -40 °C", "-40 c")]
    public void Numbers_are_read_with_their_units(string text, string numbers) =>
        Assert.Equal(numbers, string.Join(';', TextFacts.Of(text).Numbers.Select(number => $"{number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)} {number.Unit}")));

    [Theory]
    [InlineData("on 31 March 2026", 2026, 3, 31)]
    [InlineData("on March 31, 2026", 2026, 3, 31)]
    [InlineData("on 2026-03-31", 2026, 3, 31)]
    [InlineData("am 31. März 2026", 2026, 3, 31)]
    [InlineData("on 31/03/2026", 2026, 3, 31)]
    [InlineData("in March 2026", 2026, 3, null)]
    [InlineData("on 1 April", null, 4, 1)]
    public void Dates_are_read_as_far_as_they_are_said(string text, int? year, int? month, int? day)
    {
        var date = Assert.Single(TextFacts.Of(text).Dates);

        Assert.Equal((year, month, day), (date.Year, date.Month, date.Day));
        Assert.Empty(TextFacts.Of(text).Numbers);
    }

    [Theory]
    [InlineData("You may take 5 days.")]
    [InlineData("It may 2 times fail.")]
    [InlineData("Section 4.2 applies")]
    public void What_is_no_date_is_none(string text) => Assert.DoesNotContain(TextFacts.Of(text).Dates, date => date.Year is not null);

    [Theory]
    [InlineData("Error E-4012 of version 2.4.10 at 17:30", "e-4012 2.4.10 17:30")]
    [InlineData("The FJORD-200 and the lumen_api2", "fjord-200 lumen_api2")]
    public void Identifiers_are_whole(string text, string identifiers) => Assert.Equal(identifiers.Split(' '), TextFacts.Of(text).Identifiers);

    [Fact]
    public void Names_are_capitals_within_a_sentence_and_words_in_capitals() =>
        Assert.Equal(["anna", "lindqvist", "eu"], TextFacts.Of("Ask Anna Lindqvist. Everybody in the office knows. EU rules apply.").Names);

    [Fact]
    public void Where_nouns_are_capitalised_capitals_name_nobody() =>
        Assert.True(TextFacts.Of("Die tägliche Pauschale für Mahlzeiten auf Reisen in Schweden beträgt 320 Kronen je Tag.").CapitalisesNouns);

    [Theory]
    [InlineData("Smoking is not allowed in the office.", "allow offic")]
    [InlineData("You don't need receipts.", "need receipt")]
    [InlineData("Das gilt nicht.", "gilt")]
    [InlineData("Il ne paie jamais", "paie")]
    public void A_negation_denies_what_stands_beside_it(string text, string stems) =>
        Assert.Superset(stems.Split(' ').Select(stem => AiApp.Rag.Text.Words.Stem(stem)).ToHashSet(), TextFacts.Of(text).Denied[0].Select(AiApp.Rag.Text.Words.Stem).ToHashSet());

    [Fact]
    public void Two_readings_of_one_number_agree_with_either()
    {
        var thousand = TextFacts.Of("1.750").Numbers.Single();

        Assert.True(thousand.Agrees(TextFacts.Of("1,750 SEK").Numbers.Single()));
        Assert.False(TextFacts.Of("1,750 SEK").Numbers.Single().Agrees(TextFacts.Of("1,750 EUR").Numbers.Single()));
    }

    [Fact]
    public void Opposites_stand_at_two_ends_of_one_axis()
    {
        var (one, other) = (TextFacts.Of("the minimum").Poles.Single(), TextFacts.Of("the maximum").Poles.Single());

        Assert.Equal(one.Axis, other.Axis);
        Assert.NotEqual(one.Pole, other.Pole);
    }
}
