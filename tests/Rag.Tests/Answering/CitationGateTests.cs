using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Answering;

public sealed class CitationGateTests
{
    private static readonly RetrievedChunk Meals = Passages.Of("Trips are booked early. The daily meal allowance is 320 SEK. Receipts are kept.", number: 1);
    private static readonly RetrievedChunk Hotels = Passages.Of("The hotel limit is 1,750 SEK for each night.", number: 2, offset: 900);

    [Fact]
    public void A_marker_resolves_to_the_sentence_it_rests_on_at_its_offsets_in_the_document()
    {
        var (_, citations) = Run("You get 320 SEK for meals each day [1].");

        var citation = Assert.Single(citations);
        Assert.Equal("The daily meal allowance is 320 SEK.", citation.Quote);
        Assert.Equal(100 + Meals.Text.IndexOf("The daily", StringComparison.Ordinal), citation.StartOffset);
        Assert.Equal(citation.Quote.Length, citation.Length);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(119, 1)]
    [InlineData(120, 2)]
    [InlineData(500, 4)]
    public void An_offset_of_a_passage_over_several_pages_stands_on_its_own_page(int offset, int page) =>
        Assert.Equal(page, (Passages.Of("A long text.") with { Page = 1, Pages = [1, 0, 2, 120, 4, 300] }).PageAt(offset));

    [Fact]
    public void Without_places_of_pages_the_page_is_that_of_the_passage() =>
        Assert.Equal(7, (Passages.Of("A text.") with { Page = 7 }).PageAt(500));

    [Fact]
    public void A_marker_to_a_passage_that_does_not_exist_is_put_right_where_the_answer_cites_one_that_says_it()
    {
        var (text, citations) = Run("The meal allowance is 320 SEK [99]. The daily meal allowance is 320 SEK [1].");

        Assert.Equal("The meal allowance is 320 SEK [1]. The daily meal allowance is 320 SEK [1].", text);
        Assert.Single(citations);
    }

    [Fact]
    public void A_sentence_without_a_word_of_the_passage_it_cites_is_left_out()
    {
        var (text, _) = Run("Penguins swim [2]. The daily meal allowance is 320 SEK [1].");

        Assert.Equal("The daily meal allowance is 320 SEK [1].", text);
    }

    [Fact]
    public void Markers_are_numbered_in_the_order_in_which_they_appear()
    {
        var (text, citations) = Run("The hotel limit is 1,750 SEK [2]. The daily meal allowance is 320 SEK [1].");

        Assert.Equal("The hotel limit is 1,750 SEK [1]. The daily meal allowance is 320 SEK [2].", text);
        Assert.Equal([2, 1], citations.Select(citation => (int)citation.Chunk.ChunkId));
    }

    [Fact]
    public void The_same_quote_keeps_its_number()
    {
        var (text, citations) = Run("The daily meal allowance is 320 SEK [1]. The daily meal allowance is 320 SEK. [1]");

        Assert.Equal("The daily meal allowance is 320 SEK [1]. The daily meal allowance is 320 SEK. [1]", text);
        Assert.Single(citations);
    }

    [Fact]
    public void A_list_of_numbers_in_one_marker_is_taken_apart()
    {
        var (text, _) = Run("The hotel limit is 1,750 SEK and the daily meal allowance is 320 SEK [1, 2].");

        Assert.EndsWith("SEK [1][2].", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_passes_when_nothing_is_cited()
    {
        var (text, citations) = Run("I know this by heart. The limit is 1,750 SEK.");

        Assert.Equal("", text);
        Assert.Empty(citations);
    }

    [Fact]
    public void A_sentence_without_a_marker_passes_once_a_cited_one_follows()
    {
        var (text, _) = Run("Here is the rule. The daily meal allowance is 320 SEK [1].");

        Assert.Equal("Here is the rule. The daily meal allowance is 320 SEK [1].", text);
    }

    [Fact]
    public void What_comes_in_the_place_of_what_was_left_out_is_checked_alike_and_said_once()
    {
        var gate = new CitationGate([Meals, Hotels], "What is paid?");
        gate.Push("The daily meal allowance is 320 SEK [1]. The hotel limit is 9,999 SEK for each night [2].");
        gate.Complete();
        Assert.Equal(["The hotel limit is 9,999 SEK for each night."], gate.LeftOut.Select(sentence => sentence.Text));

        gate.Resume();
        gate.Push("The daily meal allowance is 320 SEK [1]. The hotel limit is 8,888 SEK for each night [2]. The hotel limit is 1,750 SEK for each night [2].");
        gate.Complete();

        Assert.Equal("The daily meal allowance is 320 SEK [1]. The hotel limit is 1,750 SEK for each night [2].", gate.Text);
        Assert.Equal((2, 1, 1), (gate.Supported, gate.Repaired, gate.Removed.Count));
    }

    [Fact]
    public void A_citation_comes_before_the_text_that_carries_its_marker()
    {
        var gate = new CitationGate([Meals, Hotels], "What is paid?");
        var progress = gate.Push("The daily meal allowance is 320 SEK [1]. Then");

        Assert.IsType<AnswerProgress.Cited>(progress[0]);
        Assert.Equal("The daily meal allowance is 320 SEK [1]. ", Assert.IsType<AnswerProgress.Delta>(progress[1]).Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_result_does_not_depend_on_how_the_model_cuts_its_stream(int size)
    {
        const string answer = "The hotel limit is 1,750 SEK. [2] See e.g. the policy [77].\nThe daily meal allowance is 320 SEK [1][2]!";
        var (whole, _) = Run(answer);
        var gate = new CitationGate([Meals, Hotels], "What is paid?");
        foreach (var piece in answer.Chunk(size))
        {
            gate.Push(new string(piece));
        }
        gate.Complete();

        Assert.Equal(whole, gate.Text);
    }

    private static (string Text, IReadOnlyList<Citation> Citations) Run(string answer)
    {
        var gate = new CitationGate([Meals, Hotels], "What is paid?");
        var progress = gate.Push(answer).Concat(gate.Complete()).ToList();
        Assert.Equal(gate.Text, string.Concat(progress.OfType<AnswerProgress.Delta>().Select(delta => delta.Text)).Trim());
        return (gate.Text, gate.Citations);
    }
}
