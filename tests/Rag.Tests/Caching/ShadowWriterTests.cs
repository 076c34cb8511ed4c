using System.Threading.Channels;
using AiApp.Rag.Answering;
using AiApp.Rag.Caching;
using AiApp.Rag.Caching.Shadows;
using AiApp.Rag.Prompts;
using AiApp.Rag.Tenants;
using AiApp.Rag.Tests.Answering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Caching;

public sealed class ShadowWriterTests
{
    private static readonly Question Question = new() { Tenant = new TenantId(1), Text = "How many days of annual leave are there?" };

    [Fact]
    public async Task One_that_cannot_be_written_for_whatever_reason_is_dropped_and_the_next_is_taken_up()
    {
        var pipeline = new BarePipeline(() => throw new OverflowException("A number that no type holds."));
        var queue = new ShadowQueue(Options.Create(new CacheOptions { ShadowShare = 1 }));
        var log = new Drops();
        using var writer = new ShadowWriter(queue, pipeline.Build(), store: null!, log);
        await writer.StartAsync(CancellationToken.None);

        queue.Offer(Question, Given());
        await log.NextAsync();
        queue.Offer(Question, Given());
        await log.NextAsync();
        await writer.StopAsync(CancellationToken.None);

        Assert.True(writer.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static Answer Given() => new AnswerRun(Question, TimeProvider.System).ToAnswer("28 days.", AnswerOutcome.Answered, PromptTemplate.Load("answer", "v1"));

    private sealed class Drops : ILogger<ShadowWriter>
    {
        // A writer that has ended logs no more: far longer than one takes.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
        private readonly Channel<Exception?> _dropped = Channel.CreateUnbounded<Exception?>();

        public Task<Exception?> NextAsync() => _dropped.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _dropped.Writer.TryWrite(exception);
    }
}
