using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Tests.Answering;

/// <summary>Whatever goes wrong, and wherever: a reader that is told nothing would wait for ever.</summary>
public sealed class AnswerPipelineTests
{
    // Far more than any of it takes: a reader that waits for ever is a failure and not a test without an end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Question Question = new() { Tenant = new TenantId(1), Text = "How many days of annual leave are there?" };

    [Fact]
    public async Task A_fault_before_the_search_reaches_the_reader()
    {
        var pipeline = new BarePipeline(() => throw new InvalidOperationException("Nothing is to be searched.")) { Clock = new StoppedClock() }.Build();

        await Assert.ThrowsAsync<NotSupportedException>(() => pipeline.CompleteAsync(Question, CancellationToken.None).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_fault_of_the_record_of_a_failure_is_logged_and_the_reader_is_told_the_failure_itself()
    {
        var log = new LogEntries();
        var failure = new ModelProviderException(ModelFailureCodes.Timeout, "Too late.");
        var pipeline = new BarePipeline(() => throw failure) { Logger = log }.Build();

        var told = await Assert.ThrowsAsync<ModelProviderException>(() => pipeline.CompleteAsync(Question, CancellationToken.None).WaitAsync(Patience));

        Assert.Same(failure, told);
        Assert.Equal((LogLevel.Error, typeof(ObjectDisposedException)), Assert.Single(log.All));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => throw new NotSupportedException("This clock tells nothing.");
    }

    private sealed class LogEntries : ILogger<AnswerPipeline>
    {
        public List<(LogLevel, Type?)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, exception?.GetType()));
    }
}
