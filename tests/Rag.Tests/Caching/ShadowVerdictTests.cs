using AiApp.Rag.Answering;
using AiApp.Rag.Caching;
using AiApp.Rag.Caching.Shadows;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Caching;

public sealed class ShadowVerdictTests
{
    [Theory]
    [InlineData("Leave is 28 days [1].", "Employees have 28 days of leave [1].", 0, true)]
    [InlineData("Leave is 28 days [1].", "Leave is 28 days a year, from 1 May 2026 [1].", 0, true)]
    [InlineData("Leave is 28 days [1].", "Leave is 25 days [1].", 0, false)]
    [InlineData("Leave is paid [1].", "Leave is not paid [1].", 0, false)]
    [InlineData("Leave is 28 days [1].", "Leave is 28 days [1].", 500, false)]
    public void Answers_are_the_same_when_they_quote_the_same_place_and_their_facts_agree(string given, string anew, int at, bool areSame) =>
        Assert.Equal(areSame, ShadowVerdict.AreSame(Answer(given, 0), Answer(anew, at)));

    [Fact]
    public void An_answer_and_none_differ() =>
        Assert.False(ShadowVerdict.AreSame(Answer("Leave is 28 days [1].", 0), Answer("Nothing.", 0) with { Outcome = AnswerOutcome.InsufficientContext, Citations = [] }));

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(100, 0, 0, 0.037)]
    [InlineData(200, 10, 0.0274, 0.0896)]
    public void The_interval_is_that_of_Wilson(long sampled, long different, double low, double high)
    {
        var (from, to) = new FalseHits(sampled, different).Interval;
        Assert.Equal(low, from, 3);
        Assert.Equal(high, to, 3);
    }

    private static Answer Answer(string text, int at) => new()
    {
        Id = Guid.NewGuid(),
        Question = "How much leave?",
        Text = text,
        Outcome = AnswerOutcome.Answered,
        Citations = [new() { Marker = 1, Chunk = Chunk, Quote = "Leave is 28 days", StartOffset = at, Length = 16 }],
        Passages = [Chunk],
        Usage = new(null, null),
        Provider = "p",
        Model = "m",
        PromptVersion = "answer@v1",
        Stages = [],
        DurationMs = 1,
    };

    private static RetrievedChunk Chunk { get; } = Passages.Of("Leave is 28 days");
}
