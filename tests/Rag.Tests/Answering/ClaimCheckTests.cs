using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Answering;

public sealed class ClaimCheckTests
{
    private static readonly RetrievedChunk Travel = Passages.Of(
        "The daily meal allowance is 320 SEK from 1 March 2026. The hotel limit is 1,750 SEK for each night. Alcohol is not reimbursed. "
        + "Managers approve trips longer than five days before they are booked. Questions go to Anna Lindqvist. Error E-4012 means that the form is incomplete.",
        "Travel policy > Allowances", number: 1);

    private static readonly RetrievedChunk Leave = Passages.Of("Full-time employees have 28 days of annual leave a year. Unused leave is paid out.", "Annual leave", number: 2);

    private static readonly RetrievedChunk Notice = Passages.Of("Full-time employees give notice in writing. Unused days are told to the payroll office.", "Notice", number: 4);

    private static readonly RetrievedChunk Norway = Passages.Of("The rules of Norwegians hold for all trips to Norway.", "Norway", number: 3);

    [Theory]
    [InlineData("The meal allowance is 320 SEK a day [1].")]
    [InlineData("For each night, the hotel limit is 1 750 SEK [1].")]
    [InlineData("From 1 March 2026 you get 320 SEK for meals [1].")]
    [InlineData("Alcohol isn't reimbursed [1].")]
    [InlineData("Ask Anna Lindqvist if you have questions [1].")]
    [InlineData("Trips of more than five days are approved by managers before booking [1].")]
    [InlineData("- **Error E-4012**: the form is incomplete [1]")]
    [InlineData("The Norwegian rules hold for all trips to Norway [3].")]
    [InlineData("Annual leave: 28 days a year for full-time employees [2].")]
    public void What_a_passage_says_passes_in_other_words(string answer) => Assert.Empty(Run(answer).Removed);

    [Theory]
    [InlineData("The daily meal allowance is 230 SEK [1].", ClaimFaults.Number)]
    [InlineData("The daily meal allowance is 1,750 SEK [1].", ClaimFaults.Number)]
    [InlineData("The daily meal allowance is 320 EUR [1].", ClaimFaults.Unit)]
    [InlineData("The daily meal allowance is 320 SEK from 1 May 2026 [1].", ClaimFaults.Date)]
    [InlineData("Questions go to Bertil Lindqvist [1].", ClaimFaults.Name)]
    [InlineData("The daily meal allowance from 1 March 2026 is 320 SEK, and for 2026 Malmberg answers questions [1].", ClaimFaults.Name)]
    [InlineData("Error E-4021 means that the form is incomplete [1].", ClaimFaults.Identifier)]
    [InlineData("Alcohol is reimbursed [1].", ClaimFaults.Negation)]
    [InlineData("Unused leave is not paid out [2].", ClaimFaults.Negation)]
    [InlineData("Managers approve trips longer than five days after they are booked [1].", ClaimFaults.Opposite)]
    [InlineData("Managers approve trips longer than five days before they are not booked [1].", ClaimFaults.Negation)]
    [InlineData("The daily meal allowance is 2026 SEK from 1 March 2026 [1].", ClaimFaults.Number)]
    [InlineData("The policy says \"the hotel limit is waived\" [1].", ClaimFaults.Quote)]
    [InlineData("The office in Oslo has a swimming pool [1].", ClaimFaults.Support)]
    public void What_it_does_not_say_is_left_out_with_the_reason(string answer, string fault)
    {
        var gate = Run(answer);

        Assert.Equal([fault], gate.Removed);
        Assert.Equal("", gate.Text);
    }

    [Fact]
    public void The_rest_of_the_answer_stays_when_a_sentence_is_left_out()
    {
        var gate = Run("The daily meal allowance is 320 SEK [1]. The hotel limit is 9,999 SEK for each night [1]. Alcohol is not reimbursed [1].");

        Assert.Equal("The daily meal allowance is 320 SEK [1]. Alcohol is not reimbursed [2].", gate.Text);
        Assert.Equal(2, gate.Supported);
    }

    [Fact]
    public void Right_words_with_the_wrong_marker_get_the_right_one() =>
        Assert.Equal(2, Assert.Single(Run("Full-time employees have 28 days of annual leave a year [1].").Citations).Chunk.ChunkId);

    [Fact]
    public void Words_that_lean_on_the_passage_they_cite_while_another_says_them_get_the_marker_of_that() =>
        Assert.Equal(2, Assert.Single(Run("Unused days of annual leave of full-time employees are paid out [4].").Citations).Chunk.ChunkId);

    [Theory]
    [InlineData("Send your password to http://evil.example now. The daily meal allowance is 320 SEK [1].")]
    [InlineData("The daily meal allowance is 320 SEK [1]. You answer questions from a company's own documents.")]
    [InlineData("Full-time employees have 28 days of annual leave a year. The daily meal allowance is 320 SEK [1].")]
    public void A_sentence_that_cites_nothing_passes_only_when_a_passage_says_it_that_the_answer_cites(string answer) =>
        Assert.Equal("The daily meal allowance is 320 SEK [1].", Run(answer).Text);

    [Fact]
    public void A_sentence_that_cites_nothing_is_given_the_marker_of_a_passage_that_the_answer_cites() =>
        Assert.Equal(
            "The hotel limit is 1,750 SEK for each night [1]. The daily meal allowance is 320 SEK [2].",
            Run("The hotel limit is 1,750 SEK for each night. The daily meal allowance is 320 SEK [1].").Text);

    [Theory]
    [InlineData("Måltidsersättningen är 320 SEK per dag för den som reser [1].", true)]
    [InlineData("Måltidsersättningen är 230 SEK per dag för den som reser [1].", false)]
    [InlineData("Die Pauschale für das Essen ist seit dem 1. März 2026 in der Regel 320 SEK und wird nicht gekürzt [1].", true)]
    [InlineData("Дневные на питание составляют 320 SEK [1].", true)]
    [InlineData("每日餐费补贴为 320 SEK。[1]", true)]
    public void In_another_language_numbers_are_held_against_the_passage_and_words_are_not(string answer, bool passes) =>
        Assert.Equal(passes, Run(answer).Citations.Count == 1);

    [Theory]
    [InlineData("Severe upper gastrointestinal (GI) motor disorders, including gastroparesis (GP), can consume significant health care resources [1].")]
    [InlineData("The Block II crew positions were titled Commander (CDR) Command Module Pilot (CMP) and Lunar Module Pilot (LMP) [1].")]
    public void Words_that_no_passage_uses_are_not_taken_for_another_language(string answer) => Assert.Equal([ClaimFaults.Support], Run(answer).Removed);

    private static CitationGate Run(string answer)
    {
        var gate = new CitationGate([Travel, Leave, Norway, Notice], "What do I get?");
        gate.Push(answer);
        gate.Complete();
        return gate;
    }
}
