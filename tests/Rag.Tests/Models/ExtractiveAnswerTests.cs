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

    [Fact]
    public void Other_sentences_that_say_nearly_as_much_follow()
    {
        var answer = Ask("What is the meal allowance for business travel?",
            Passages.Of("The meal allowance for travel in Sweden is 320 SEK. The meal allowance for travel in Canada is 85 CAD. The canteen is on the ground floor.", "Travel policy"));

        Assert.Equal("The meal allowance for travel in Sweden is 320 SEK. [1] The meal allowance for travel in Canada is 85 CAD. [1]", answer);
    }

    [Fact]
    public void A_sentence_that_says_just_what_is_asked_stands_alone()
    {
        var answer = Ask("What is the meal allowance for travel in Sweden?",
            Passages.Of("The meal allowance for travel in Sweden is 320 SEK. The meal allowance for travel in Canada is 85 CAD.", "Travel policy"));

        Assert.Equal("The meal allowance for travel in Sweden is 320 SEK. [1]", answer);
    }

    [Theory]
    [InlineData("The meal allowance is set each year by Maria C.")]
    [InlineData("The meal allowance is part of the plan of 2026")]
    public void What_has_no_end_of_its_own_is_no_part_of_the_next_sentence(string first)
    {
        Citation[] cited = [.. Gated(first, "iPads are paid from the meal allowance.", "The meal allowance is 320 SEK.")];

        Assert.Equal(3, cited.Select(citation => citation.Quote).Distinct().Count());

        static IReadOnlyList<Citation> Gated(params string[] lines)
        {
            RetrievedChunk[] passages = [Passages.Of(string.Join('\n', lines), "Travel policy")];
            var gate = new CitationGate(passages, "What is the meal allowance abroad?");
            gate.Push(Ask("What is the meal allowance abroad?", passages));
            gate.Complete();
            return gate.Citations;
        }
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(0.5, false)]
    public void A_passage_that_lexical_search_finds_weighty_answers_with_fewer_words(double score, bool answers)
    {
        var passage = Passages.Of("Repairs of the boiler are paid by the landlord.", "House rules") with { Lexical = new(1, score) };

        Assert.Equal(answers, Ask("Who covers broken boiler repairs?", passage) != AnswerPipeline.InsufficientContext);
    }

    private static string Ask(string question, params RetrievedChunk[] passages) =>
        string.Concat(ExtractiveAnswer.Write(new()
        {
            Question = question,
            Passages = passages,
            Terms = [.. AiApp.Rag.Text.Words.Split(question).Where(word => !AiApp.Rag.Text.Words.IsFunctionWord(word))
                .Select((word, i) => new QueryTerm(AiApp.Rag.Text.Words.Stem(word), i + 1, 3, 2))],
        }));
}
