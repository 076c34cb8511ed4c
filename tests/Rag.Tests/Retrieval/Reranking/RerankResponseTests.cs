using System.Text.Json;
using AiApp.Rag.Retrieval.Reranking;

namespace AiApp.Rag.Tests.Retrieval.Reranking;

public sealed class RerankResponseTests
{
    [Fact]
    public void Scores_come_back_in_the_order_of_the_texts() =>
        Assert.Equal([0.2, 0.9], new RerankResponse([new(1, 0.9), new(0, 0.2)]).ToScores(2)!);

    [Fact]
    public void Scores_outside_of_their_range_are_cut_to_it() =>
        Assert.Equal([1, 0], new RerankResponse([new(0, 7.3), new(1, -2)]).ToScores(2)!);

    [Theory]
    [InlineData(0, 0.5, 0, 0.5)]
    [InlineData(0, 0.5, 2, 0.5)]
    [InlineData(0, 0.5, -1, 0.5)]
    [InlineData(0, 0.5, 1, double.NaN)]
    public void A_response_that_does_not_judge_every_text_is_not_used(int first, double firstScore, int second, double secondScore) =>
        Assert.Null(new RerankResponse([new(first, firstScore), new(second, secondScore)]).ToScores(2));

    [Theory]
    [InlineData("""{ "usage": { "total_tokens": 815 } }""", 815L)]
    [InlineData("""{ "meta": { "tokens": { "input_tokens": 42.0 }, "billed_units": { "search_units": 1 } } }""", 42L)]
    [InlineData("""{ "usage": { "total_tokens": 0 } }""", null)]
    [InlineData("""{ "meta": { "billed_units": { "search_units": 1 } } }""", null)]
    public void Tokens_are_those_that_the_provider_says(string json, long? tokens) =>
        Assert.Equal(tokens, JsonSerializer.Deserialize<RerankResponse>(json, JsonSerializerOptions.Web)!.ToUsage()?.InputTokenCount);

    [Fact]
    public void A_response_without_results_is_not_used() => Assert.Null(new RerankResponse(null).ToScores(1));
}
