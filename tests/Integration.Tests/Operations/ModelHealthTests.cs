using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Operations;

public sealed class ModelHealthTests : IAsyncLifetime
{
    private readonly OperationsFixture _fixture = new();

    public Task InitializeAsync() => _fixture.InitializeAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_model_that_is_left_alone_is_told_with_its_failure_and_when_it_is_tried_again()
    {
        var client = await _fixture.NewTenantAsync();
        _fixture.Server.ChatFaults.Always = new Fault.MalformedJson();
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<AiAppException>(() => client.AskAsync(new() { Question = OperationsFixture.Answerable }));
        }

        var told = await _fixture.ReadAsync(client, summary => summary.Models.Any(model => model.Breaker == BreakerStates.Open));

        var first = told.Models.Single(model => model.Model == OperationsFixture.First);
        Assert.Equal((BreakerStates.Open, ProblemCodes.ProviderBadOutput, "chat"), (first.Breaker, first.LastFailure, first.Kind));
        Assert.InRange(first.ProbeAt!.Value - first.Since!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_process_that_ends_takes_what_it_has_told_with_it()
    {
        var client = await _fixture.NewTenantAsync();
        await client.AskAsync(new() { Question = OperationsFixture.Answerable });
        await _fixture.ReadAsync(client, summary => summary.Models.Count == 2);

        await _fixture.Api.StopAsync();

        Assert.Equal(0L, await _fixture.Api.Database.ReadAsync<long>("SELECT count(*) FROM model_health"));
    }

    [Fact]
    public async Task A_process_that_has_been_silent_for_a_minute_is_not_told_of()
    {
        await _fixture.Api.Database.ReadAsync<int>("""
            INSERT INTO model_health (process_id, service, host, kind, provider, model, breaker, failures_in_a_row, reported_at)
            VALUES (gen_random_uuid(), 'AiApp.Api', 'gone', 'chat', 'p', 'm', 'open', 3, now() - interval '61 seconds') RETURNING 1
            """);
        var client = await _fixture.Api.CreateClientAsync();

        Assert.DoesNotContain((await client.GetOperationsAsync()).Models, model => model.Host == "gone");
    }
}
