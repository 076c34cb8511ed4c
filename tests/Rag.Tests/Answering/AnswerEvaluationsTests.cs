using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Tests.Answering;

public sealed class AnswerEvaluationsTests
{
    private static readonly RetrievedChunk Meals = Passages.Of("Trips are booked early. The daily meal allowance is 320 SEK.");

    [Theory]
    [InlineData("The daily meal allowance is 320 SEK [1].", 1.0, "all", 1.0, "answered")]
    [InlineData("The daily meal allowance is 320 SEK [1]. It is doubled in Spain [9].", 0.5, "some", 1.0, "answered")]
    [InlineData("It is doubled in Spain [9].", 0.0, "none", 0.0, "insufficient_context")]
    [InlineData("INSUFFICIENT_CONTEXT", null, "no_markers", 0.0, "insufficient_context")]
    public void The_share_of_resolved_markers_and_groundedness_are_told(string written, double? share, string citations, double grounded, string outcome)
    {
        var told = Tell(written, new() { Number = 1, Provider = "p", Model = "m", ResponseId = "chatcmpl-7" });

        Assert.Equal((share, citations), (told[0].GetValueOrDefault("gen_ai.evaluation.score.value"), told[0]["gen_ai.evaluation.score.label"]));
        Assert.Equal((grounded, outcome), (told[1]["gen_ai.evaluation.score.value"], told[1]["gen_ai.evaluation.score.label"]));
        Assert.All(told, one => Assert.Equal("chatcmpl-7", one["gen_ai.response.id"]));
        Assert.DoesNotContain(told.SelectMany(one => one.Values), value => $"{value}".Contains("320", StringComparison.Ordinal) || $"{value}".Contains("Spain", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_told_where_no_model_has_answered() => Assert.Empty(Tell("", attempt: null));

    private static List<Dictionary<string, object?>> Tell(string written, ModelAttempt? attempt)
    {
        var gate = new CitationGate([Meals], "What is paid?");
        gate.Push(written);
        gate.Complete();
        var log = new Notes();
        new AnswerEvaluations(log).Tell(attempt, gate);
        return log.All;
    }

    private sealed class Notes : ILoggerFactory, ILogger
    {
        public List<Dictionary<string, object?>> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal("gen_ai.evaluation.result", eventId.Name);
            All.Add(new((IEnumerable<KeyValuePair<string, object?>>)state!));
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
