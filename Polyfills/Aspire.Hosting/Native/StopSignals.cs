using System.Runtime.InteropServices;

namespace Aspire.Hosting.Native;

/// <summary>The first signal asks for a clean stop; the second leaves at once, and the lifelines end the children.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly List<PosixSignalRegistration> registrations;

    public StopSignals(CancellationToken ct)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (stop.IsCancellationRequested)
        {
            Environment.Exit(130);
        }

        _ = stop.CancelAsync();
    }
}
