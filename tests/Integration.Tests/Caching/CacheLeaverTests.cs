using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AiApp.Rag.Answering;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Caching;

/// <summary>A reader who leaves between the record of an answer and its last word.</summary>
public sealed class CacheLeaverTests : IAsyncLifetime
{
    private const string Question = "How many days of annual leave do full-time employees have?";

    // Of this test: other tests count answers, too.
    private static readonly AsyncLocal<Action<string>?> Counted = new();

    private CachedService _service = null!;

    public async Task InitializeAsync() => _service = await CachedService.StartAsync();

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task An_answer_stays_one_and_is_kept_for_whoever_asks_next()
    {
        var tenant = await _service.NewTenantAsync();
        await tenant.AddAsync("leave.md", "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n");
        var pipeline = _service.Api.Services.GetRequiredService<AnswerPipeline>();
        using var leave = new CancellationTokenSource();
        var outcomes = new ConcurrentQueue<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => Listen(instrument, self) };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Counted.Value?.Invoke((string)tags[0].Value!));
        listener.Start();
        Counted.Value = outcome =>
        {
            outcomes.Enqueue(outcome);
            leave.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.CompleteAsync(new() { Tenant = tenant.Id, Text = Question }, leave.Token));
        Counted.Value = null;

        Assert.Equal(["answered"], outcomes);
        Assert.NotNull((await tenant.AskAsync(Question)).Cached);
        Assert.Equal("answered", await _service.Api.Database.ReadAsync<string>(
            $"SELECT outcome FROM answer WHERE tenant_id = {tenant.Id.Value} AND cached_from IS NULL"));
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument == RagTelemetry.Answers)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}
