using Microsoft.Extensions.Logging;

namespace AiApp.Polyfills.Tests.AI;

internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    public List<string?> EventNames { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        EventNames.Add(eventId.Name);

    public void Dispose()
    {
    }
}
