using AiApp.Contracts;
using AiApp.Rag.Caching;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Caching;

/// <summary>One question asked by many at once, of a model that is held until all of them wait.</summary>
public sealed class CacheFlightTests : IAsyncLifetime
{
    private const int Others = 24;
    private const string Leave = "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n";
    private const string Question = "How many days of annual leave do full-time employees have?";

    private readonly Gate _gate = new();
    private ModelServer _server = null!;
    private CachedService _service = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync();
        _server.ChatFaults.Next(new Fault.SlowHeaders(_gate));
        _service = await CachedService.StartAsync(
            "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={_server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=extract");
    }

    public async Task DisposeAsync()
    {
        _gate.Open();
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_is_written_once()
    {
        var tenant = await TenantAsync();
        var first = tenant.AskAsync(Question);
        await _server.WaitForCallAsync();
        var others = Enumerable.Range(0, Others).Select(_ => tenant.AskAsync(Question)).ToList();
        await UntilAllWaitAsync();

        _gate.Open();
        var answers = await Task.WhenAll(others);

        Assert.Equal(1, _server.CallCount);
        var written = await first;
        Assert.Null(written.Cached);
        Assert.All(answers, answer => Assert.Equal((written.Id, written.Text), (answer.Cached?.AnswerId ?? default, answer.Text)));
        Assert.Equal("joined", await tenant.ReadResultAsync(answers[0]));
    }

    [Fact]
    public async Task When_the_one_who_asked_first_leaves_another_one_writes_it()
    {
        var tenant = await TenantAsync();
        using var leave = new CancellationTokenSource();
        var first = tenant.Client.AskAsync(new() { Question = Question }, leave.Token);
        await _server.WaitForCallAsync();
        var others = Enumerable.Range(0, Others).Select(_ => tenant.AskAsync(Question)).ToList();
        await UntilAllWaitAsync();

        await leave.CancelAsync();
        var answers = await Task.WhenAll(others);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(2, _server.CallCount);
        Assert.Single(answers, answer => answer.Cached is null);
    }

    [Fact]
    public async Task Whoever_may_read_more_does_not_wait_for_whoever_may_read_less()
    {
        var tenant = await TenantAsync();
        var hr = await tenant.CreateClientAsync("user:anna", "group:hr");
        await hr.UploadAsync([("secret.md", new MemoryStream([.. "# Directors\n\nDirectors have 41 days of annual leave a year.\n"u8]))], null, ["group:hr"]);
        await _service.DrainAsync();
        var first = tenant.AskAsync(Question);
        await _server.WaitForCallAsync();

        var other = await hr.AskAsync(new() { Question = Question });

        Assert.Null(other.Cached);
        Assert.False(first.IsCompleted);
        _gate.Open();
        await first;
    }

    private async Task<CachedTenant> TenantAsync()
    {
        var tenant = await _service.NewTenantAsync();
        await tenant.AddAsync("leave.md", Leave);
        return tenant;
    }

    private async Task UntilAllWaitAsync()
    {
        var cache = _service.Api.Services.GetRequiredService<AnswerCache>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (cache.Waiting < Others)
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
