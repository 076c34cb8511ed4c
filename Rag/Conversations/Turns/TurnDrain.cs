using Microsoft.Extensions.Hosting;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>Before anything else of the process stops, answers that are being written are finished or honestly interrupted.</summary>
internal sealed class TurnDrain(TurnRunner runner) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => runner.DrainAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
