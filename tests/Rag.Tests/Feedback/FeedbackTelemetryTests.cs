using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiApp.Rag.Feedback;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Tests.Feedback;

public sealed class FeedbackTelemetryTests
{
    [Theory]
    [InlineData("good", null, 1.0, "good", "none")]
    [InlineData("bad", "out_of_date", 0.0, "out_of_date", "out_of_date")]
    public void A_verdict_is_counted_and_told_as_an_evaluation_without_a_word_of_what_was_said(string verdict, string? reason, double score, string label, string counted)
    {
        var tags = new ConcurrentBag<(object?, object?)>();
        // Made before anybody listens: an instrument is told of while it is being made, and is not yet known by its name then.
        var verdicts = RagTelemetry.Feedback;
        using var listener = new MeterListener { InstrumentPublished = (instrument, meters) =>
        {
            if (instrument == verdicts)
            {
                meters.EnableMeasurementEvents(instrument);
            }
        } };
        listener.SetMeasurementEventCallback<long>((_, _, tagged, _) => tags.Add((tagged[0].Value, tagged[1].Value)));
        listener.Start();
        var log = new Notes();
        var id = Guid.NewGuid();

        new FeedbackTelemetry(log).Tell(new() { AnswerId = id, Verdict = verdict, Reason = reason, Comment = "a secret", ExpectedAnswer = "another", ExpectedDocument = "a third" });

        Assert.Contains((verdict, counted), tags);
        var told = Assert.Single(log.All);
        Assert.Equal(("aiapp.user_feedback", score, label, id.ToString()),
            (told["gen_ai.evaluation.name"], told["gen_ai.evaluation.score.value"], told["gen_ai.evaluation.score.label"], told["aiapp.answer_id"]));
        Assert.DoesNotContain(told.Values, value => value is string text && (text.Contains("secret") || text.Contains("another") || text.Contains("third")));
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
