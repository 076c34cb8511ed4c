using AiApp.Rag.Answering;
using AiApp.Rag.Models.Local;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Models;

public sealed class ExtractiveAnswerTests
{
    [Fact]
    public void The_sentence_that_answers_is_quoted_with_its_marker()
    {
        var answer = Ask("What is the daily meal allowance?",
            Passages.Of("A trip is booked early. The daily meal allowance is 320 SEK. Trains are preferred.", "Travel policy"));

        Assert.Equal("The daily meal allowance is 320 SEK. [1]", answer);
    }

    [Fact]
    public void A_number_in_the_question_decides_between_near_duplicates()
    {
        var answer = Ask("How long does the battery of the Fjord 300 last?",
            Passages.Of("The battery of the Fjord 200 lasts 18 months.", "Fjord 200", 1),
            Passages.Of("The battery of the Fjord 300 lasts 30 months.", "Fjord 300", 2));

        Assert.Equal("The battery of the Fjord 300 lasts 30 months. [2]", answer);
    }

    [Fact]
    public void Headings_count_for_the_sentences_below_them()
    {
        var answer = Ask("How often is the Skerry gateway calibrated?",
            Passages.Of("It is calibrated every 24 months.", "Skerry gateway > Calibration", 1),
            Passages.Of("It is calibrated every 12 months.", "Fjord logger > Calibration", 2));

        Assert.StartsWith("It is calibrated every 24 months. [1]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_the_passages_hardly_share_a_word_with_is_not_answered() =>
        Assert.Equal(AnswerPipeline.InsufficientContext,
            Ask("Is there a wheelchair lift in the office?", Passages.Of("The office opens at eight. Visitors sign in at the office desk.", "Offices")));

    [Fact]
    public void A_question_is_never_the_answer() =>
        Assert.Equal("A claim is due within 14 days. [1]",
            Ask("When is a claim due?", Passages.Of("When is a claim due? A claim is due within 14 days.", "FAQ")));

    private static string Ask(string question, params RetrievedChunk[] passages) =>
        string.Concat(ExtractiveAnswer.Write(new()
        {
            Question = question,
            Passages = passages,
            Terms = [.. AiApp.Rag.Text.Words.Split(question).Where(word => !AiApp.Rag.Text.Words.IsFunctionWord(word))
                .Select((word, i) => new QueryTerm(AiApp.Rag.Text.Words.Stem(word), i + 1, 3, 2))],
        }));
}
