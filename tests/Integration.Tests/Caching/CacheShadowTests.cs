using AiApp.Contracts;

namespace AiApp.Integration.Tests.Caching;

/// <summary>Every answer given again is written anew as well, unseen.</summary>
public sealed class CacheShadowTests : IAsyncLifetime
{
    private const string Question = "How many days of annual leave do full-time employees have?";

    private CachedService _service = null!;

    public async Task InitializeAsync() => _service = await CachedService.StartAsync("--Cache:ShadowShare=1");

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task The_report_tells_the_share_of_false_hits_with_its_interval_and_what_was_saved()
    {
        var tenant = await _service.NewTenantAsync();
        await tenant.AddAsync("leave.md", "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n");
        await tenant.AskAsync(Question);
        await tenant.AskAsync(Question);
        await tenant.AskAsync(Question);

        var report = await SampledAsync(tenant, 2);

        Assert.True(report.IsEnabled);
        Assert.Equal([("hit", 2L), ("miss_empty", 1L)], report.Lookups.Select(lookup => (lookup.Result, lookup.Count)));
        Assert.Equal((2, 0, 0.0), (report.FalseHits.Sampled, report.FalseHits.Different, report.FalseHits.Rate));
        Assert.Equal(0, report.FalseHits.Low);
        Assert.InRange(report.FalseHits.High, 0.6, 0.7);
        Assert.True(report.SavedSeconds > 0);
    }

    [Fact]
    public async Task What_is_written_unseen_is_nobodys_question()
    {
        var tenant = await _service.NewTenantAsync();
        await tenant.AddAsync("leave.md", "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n");
        await tenant.AskAsync(Question);
        await tenant.AskAsync(Question);
        await SampledAsync(tenant, 1);

        var requests = await tenant.Client.ListRequestsAsync(new());

        Assert.Equal(2, requests.Items.Count(request => request.Kind == "question"));
        Assert.Null(await _service.Api.Database.ReadAsync<object?>($"SELECT asked_by FROM answer WHERE replay_of IS NOT NULL AND tenant_id = {tenant.Id.Value}") as string);
    }

    private static async Task<CacheReportDto> SampledAsync(CachedTenant tenant, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await tenant.Client.GetCacheReportAsync(ct: limit.Token) is { } report && report.FalseHits.Sampled >= count)
            {
                return report;
            }
            await Task.Delay(50, limit.Token);
        }
    }
}
