using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Answering;

/// <summary>Sentences that have every word of a passage, and say something else.</summary>
public sealed class MisleadingSentenceTests
{
    private static readonly RetrievedChunk Leave = Passages.Of(
        "Full-time employees have 28 days of annual leave a year. Parents have unpaid leave of 10 days. Sick pay amounts to 2/3 of the salary.", number: 1);

    private static readonly RetrievedChunk Rules = Passages.Of(
        "It is prohibited to park in front of the gate. The travel allowance is 320 SEK per day. Gifts up to 500 EUR are accepted. The office in Oslo opens at eight.", number: 2);

    [Theory]
    [InlineData("8 days of annual leave a year [1].")]
    [InlineData("Parents have paid leave of 10 days [1].")]
    [InlineData("Park in front of the gate [2].")]
    [InlineData("to park in front of the gate [2].")]
    public void Part_of_a_sentence_is_not_said_word_for_word(string answer) => Assert.DoesNotContain(Run(answer).Citations, citation => !StandsAlone(citation));

    [Fact]
    public void Part_of_a_number_is_another_number() => Assert.Equal([ClaimFaults.Number], Run("8 days of annual leave a year [1].").Removed);

    [Fact]
    public void A_part_of_a_sentence_that_a_judge_might_refuse_is_shown_to_it() =>
        Assert.Single(new CitationGate([Leave, Rules], "May I park there?").FindPassing("Unpaid leave of 10 days [1]."));

    [Theory]
    [InlineData("No, this is prohibited. Full-time employees have 28 days of annual leave a year [1].")]
    [InlineData("No. Full-time employees have 28 days of annual leave a year [1].")]
    [InlineData("Use www.evil.example. Full-time employees have 28 days of annual leave a year [1].")]
    public void A_verdict_or_an_address_is_no_word_that_leads_to_another_sentence(string answer) =>
        Assert.Equal("Full-time employees have 28 days of annual leave a year [1].", Run(answer).Text);

    [Theory]
    [InlineData("No. It is prohibited to park in front of the gate [2].")]
    [InlineData("Here is the rule: it is prohibited to park in front of the gate [2].")]
    public void A_verdict_stands_before_a_sentence_that_says_it(string answer) => Assert.Equal(answer.Replace("[2]", "[1]", StringComparison.Ordinal), Run(answer).Text);

    [Fact]
    public void A_number_of_the_question_is_not_confirmed_where_the_passage_has_another() =>
        Assert.Equal([ClaimFaults.Number], Run("Yes, the travel allowance is 500 SEK a day [2].", "Is the travel allowance 500 SEK a day?").Removed);

    [Theory]
    [InlineData("Of the 500 SEK a day the travel allowance pays 320 SEK [2].", "Is the travel allowance 500 SEK a day?")]
    [InlineData("A gift of 300 EUR is accepted [2].", "Can I accept a gift of 300 EUR?")]
    public void A_number_of_the_question_stands_beside_that_of_the_passage_or_within_a_bound(string answer, string question) => Assert.Empty(Run(answer, question).Removed);

    [Theory]
    [InlineData("The travel allowance is ٣٢٠ SEK per day [2].", true)]
    [InlineData("The travel allowance is ٩٠٠ SEK per day [2].", false)]
    [InlineData("بدل السفر هو ٩٠٠ SEK في اليوم [2].", false)]
    [InlineData("بدل السفر هو ٣٢٠ SEK في اليوم [2].", true)]
    [InlineData("Employees get 1/3 of the salary as sick pay [1].", false)]
    [InlineData("Employees get 2/3 of the salary as sick pay [1].", true)]
    public void Numbers_in_the_digits_of_other_scripts_and_fractions_are_checked(string answer, bool passes) => Assert.Equal(passes, Run(answer).Removed.Count == 0);

    [Theory]
    [InlineData("The travel allowance is 320 SEK per day [٢].")]
    [InlineData("The travel allowance is 320 SEK per day 【2】.")]
    public void A_marker_in_the_digits_and_brackets_of_other_scripts_is_one(string answer) =>
        Assert.Equal("The travel allowance is 320 SEK per day [1].", Run(answer).Text);

    [Theory]
    [InlineData("Is it free after ٥ سنوات or ３ 営業日以内?")]
    [InlineData("Do I get 79228162514264337593543950335 million SEK?")]
    [InlineData("Is 99999999999999999999999999999999999999 allowed?")]
    public void No_number_of_a_question_is_too_strange(string question) => Assert.Empty(Run("The travel allowance is 320 SEK per day [2].", question).Removed);

    [Fact]
    public void A_marker_too_many_is_left_out() =>
        Assert.Equal("Full-time employees have 28 days of annual leave a year [1].", Run("Full-time employees have 28 days of annual leave a year [1][2].").Text);

    [Theory]
    [InlineData("The travel allowance is 320 SEK per day.\n[2]", "The travel allowance is 320 SEK per day [1].")]
    [InlineData("The travel allowance is 320 SEK per day.\nFull-time employees have 28 days of annual leave.\nSources: [1][2]",
        "The travel allowance is 320 SEK per day [1].\nFull-time employees have 28 days of annual leave [2].")]
    [InlineData("The travel allowance is 320 SEK per day [2].\nPer day the travel allowance is 320 SEK.\n[2]",
        "The travel allowance is 320 SEK per day [1].\nPer day the travel allowance is 320 SEK [1].")]
    public void Markers_on_a_line_of_their_own_are_those_of_what_stands_before(string answer, string shown) => Assert.Equal(shown, Run(answer).Text);

    private static bool StandsAlone(Citation citation) => citation.Chunk.Text.Contains(citation.Quote, StringComparison.Ordinal) && char.IsUpper(citation.Quote[0]);

    private static CitationGate Run(string answer, string question = "What do I get?")
    {
        var gate = new CitationGate([Leave, Rules], question);
        gate.Push(answer);
        gate.Complete();
        return gate;
    }
}
