using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>An attempt under way; ends once, whatever ends it first.</summary>
internal sealed class RunningAttempt : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly ModelRequest _request;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private bool _isWithdrawn;

    private RunningAttempt(ModelRequest request, ModelCandidate candidate, ModelAttempt attempt, TimeProvider clock, CancellationToken ct)
    {
        (_request, Candidate, Attempt, _clock, _start) = (request, candidate, attempt, clock, clock.GetTimestamp());
        attempt.Began = _start;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    }

    public ModelCandidate Candidate { get; }
    public ModelAttempt Attempt { get; }
    public CancellationToken Token => _stop.Token;

    /// <summary>Null when the request has had its attempts.</summary>
    public static RunningAttempt? Begin(ModelRequest request, ModelCandidate candidate, int most, TimeProvider clock, CancellationToken ct) =>
        request.BeginAttempt(candidate.Provider, candidate.Model, most) is { } attempt ? new(request, candidate, attempt, clock, ct) : null;

    public async Task StopAsync()
    {
        try
        {
            await _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    public void FirstToken()
    {
        Attempt.FirstToken = _clock.GetElapsedTime(_start);
        Candidate.FirstTokens.Add(Attempt.FirstToken.Value);
    }

    /// <summary>Nothing was sent.</summary>
    public void Withdraw()
    {
        _isWithdrawn = true;
        _request.Withdraw(Attempt);
        _stop.Dispose();
    }

    public void End(string outcome) => End(_request, Attempt, _clock.GetElapsedTime(_start), outcome);

    /// <summary>The first to say how it ended is right.</summary>
    public static void End(ModelRequest request, ModelAttempt attempt, TimeSpan duration, string outcome)
    {
        if (attempt.Outcome is null)
        {
            attempt.Duration = duration;
            attempt.Outcome = outcome;
            RagTelemetry.ModelAttempts.Add(1,
                new KeyValuePair<string, object?>(RagTelemetry.Provider, attempt.Provider),
                new KeyValuePair<string, object?>(RagTelemetry.Model, attempt.Model),
                new KeyValuePair<string, object?>(RagTelemetry.Step, request.Step.Word()),
                new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));
        }
    }

    /// <summary>What has not ended by then was canceled.</summary>
    public void Dispose()
    {
        if (!_isWithdrawn)
        {
            End(ModelFailureCodes.Canceled);
        }
        _stop.Dispose();
    }
}
