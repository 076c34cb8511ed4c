using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Caching;

/// <summary>A question that is asked on one day and answered on the next.</summary>
public sealed class CacheMidnightTests : IAsyncLifetime
{
    private const string Question = "How many days of annual leave do full-time employees have?";

    private readonly ShiftedClock _clock = new();
    private readonly Gate _gate = new();
    private ModelServer _server = null!;
    private CachedService _service = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        _server.ChatFaults.Next(new Fault.SlowHeaders(_gate));
        _service = await CachedService.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(_clock),
            "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={_server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=extract");
    }

    public async Task DisposeAsync()
    {
        _gate.Open();
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_found_on_the_day_before_answers_nobody_on_the_next(bool fresh)
    {
        var tenant = await _service.NewTenantAsync();
        await tenant.AddAsync("leave.md", "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n");
        var evening = tenant.AskAsync(Question, fresh);
        await _server.WaitForCallAsync();

        _clock.Shift += TimeSpan.FromDays(1);
        _gate.Open();
        await evening;
        var morning = await tenant.AskAsync(Question);

        Assert.Equal((null, "miss_empty"), (morning.Cached, await tenant.ReadResultAsync(morning)));
        Assert.Equal(morning.Id, (await tenant.AskAsync(Question)).Cached!.AnswerId);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
