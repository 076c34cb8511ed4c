using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Tenants;
using AiApp.Testing;
using Microsoft.Extensions.AI;

namespace AiApp.Integration.Tests.Gateway;

public sealed class ResilienceTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "What does the marten do at night?")];
    private static readonly ModelServerOptions Scripted = new() { Mode = AnswerMode.Scripted, Script = ["It ", "climbs ", "trees."] };

    private TestDatabase _database = null!;
    private ModelServer _first = null!;
    private ModelServer _second = null!;
    private TenantId _tenant;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _first = await ModelServer.StartAsync(Scripted);
        _second = await ModelServer.StartAsync(Scripted);
        _tenant = await GatewayHost.NewTenantAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_model_without_another_is_asked_again_after_a_pause()
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint]);
        _first.ChatFaults.Next(new Fault.ServerError(503));
        var request = NewRequest();

        Assert.Equal("It climbs trees.", (await gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(request))).Text);

        Assert.Equal(["provider_error", "ok"], request.Attempts.Select(attempt => attempt.Outcome));
        Assert.Empty(request.Degraded);
    }

    [Fact]
    public async Task A_refused_key_is_not_tried_again()
    {
        await using var locked = await ModelServer.StartAsync(new ModelServerOptions { ApiKey = "another" });
        await using var gateway = GatewayHost.Start(_database, [locked.Endpoint]);

        var failure = await Assert.ThrowsAsync<ModelProviderException>(() => gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(NewRequest())));

        Assert.Equal(("provider_error", false, 1), (failure.Code, failure.IsTransient, locked.CallCount));
    }

    [Fact]
    public async Task Retries_stay_within_a_tenth_of_the_calls_under_a_mixed_load()
    {
        const int Calls = 400;
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint], "--Gateway:BreakAfter=100");
        var faults = new Random(11);
        _first.ChatFaults.Next([.. Enumerable.Range(0, 3 * Calls).Select(_ => faults.Next(8) == 0 ? new Fault.ServerError(503) : null)]);

        for (var call = 0; call < Calls; call++)
        {
            try
            {
                await gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(NewRequest()));
            }
            catch (ModelProviderException)
            {
                // An eighth of the calls fail, and not all of them are tried again.
            }
        }

        // Three are there at first.
        Assert.InRange(_first.CallCount, Calls + 1, Calls + (Calls / 10) + 3);
    }

    [Fact]
    public async Task A_first_token_that_takes_unusually_long_is_overtaken_by_the_next_model_and_its_own_call_is_stopped()
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint, _second.Endpoint], "--Gateway:HedgeShare=1");
        // What they cost is what second calls may, at their worst; one of twenty is overtaken as it is.
        for (var call = 0; call < 60; call++)
        {
            await ReadAsync(gateway.Chat, NewRequest(), maxOutputTokens: 10);
        }
        _first.ChatFaults.Next(new Fault.SlowFirstToken(new Gate()));
        var request = NewRequest();

        Assert.Equal("It climbs trees.", await ReadAsync(gateway.Chat, request, maxOutputTokens: 10));

        Assert.Equal(("p1", 2), (request.Answered!.Provider, request.Attempts.Count));
        Assert.NotEqual("provider_timeout", request.Attempts[0].Outcome);
        Assert.Equal(CallOutcome.Cancelled, await _first.Calls[^1].Finished.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Without_a_share_for_it_no_second_call_is_made()
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint, _second.Endpoint]);
        for (var call = 0; call < 30; call++)
        {
            await ReadAsync(gateway.Chat, NewRequest());
        }

        Assert.Equal((30, 0), (_first.CallCount, _second.CallCount));
    }

    [Fact]
    public async Task A_model_that_may_cost_more_than_the_ceiling_is_passed_over()
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint, _second.Endpoint], "--Models:Chat:m0:Prices:0:Output=4000");
        var request = new ModelRequest { Step = ModelStep.Answer, Tenant = _tenant, PriceCeiling = 10_000_000 };

        await gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(request));

        Assert.Equal(("p1", 0), (request.Answered!.Provider, _first.CallCount));
        Assert.Equal([Degradation.OtherModel], request.Degraded);
    }

    [Fact]
    public async Task A_model_is_not_asked_for_what_it_cannot_do()
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint, _second.Endpoint], "--Models:Chat:m1:Abilities:0=tools");
        var request = new ModelRequest { Step = ModelStep.Answer, Tenant = _tenant, Needs = ModelAbilities.Tools };

        await gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(request));

        Assert.Equal(("p1", 0), (request.Answered!.Provider, _first.CallCount));
        Assert.Empty(request.Degraded);
    }

    [Fact]
    public async Task A_request_that_has_had_its_attempts_leaves_the_probe_of_the_next_model_to_others()
    {
        await using var third = await ModelServer.StartAsync(Scripted);
        await using var gateway = GatewayHost.Start(
            _database, [_first.Endpoint, _second.Endpoint, third.Endpoint], "--Gateway:MaxAttempts=2", "--Gateway:BreakAfter=1", "--Gateway:BreakSeconds=0.1");
        foreach (var server in new[] { _first, _second, third })
        {
            server.ChatFaults.Always = new Fault.ServerError(503);
        }
        var breakers = gateway.Get<ModelRoutes>().All.Select(candidate => candidate.Breaker).ToList();
        while (!breakers.All(breaker => breaker.IsOpen && breaker.ProbeIn == TimeSpan.Zero))
        {
            await Assert.ThrowsAsync<ModelProviderException>(() => gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(NewRequest())));
            await Task.Delay(TimeSpan.FromMilliseconds(150));
        }

        await Assert.ThrowsAsync<ModelProviderException>(() => gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(NewRequest())));

        Assert.True(breakers[2].TryProbe());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_ends_at_its_deadline_however_long_its_provider_may_take(bool streams)
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint, _second.Endpoint], "--Gateway:DeadlineSeconds=1.5");
        _first.ChatFaults.Always = new Fault.SlowHeaders(new Gate());
        var request = NewRequest();

        var failure = await Assert.ThrowsAsync<ModelProviderException>(() => streams
            ? ReadAsync(gateway.Chat, request)
            : gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(request)));

        Assert.Equal(("provider_timeout", 0), (failure.Code, _second.CallCount));
    }

    [Fact]
    public async Task A_call_without_a_request_is_a_bug_of_its_caller()
    {
        await using var gateway = GatewayHost.Start(_database, [_first.Endpoint]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => gateway.Chat.GetResponseAsync(Prompt));
    }

    private ModelRequest NewRequest() => new() { Step = ModelStep.Answer, Tenant = _tenant };

    private static async Task<string> ReadAsync(IChatClient chat, ModelRequest request, int maxOutputTokens = 200) =>
        (await chat.GetStreamingResponseAsync(Prompt, GatewayHost.Options(request, maxOutputTokens)).ToChatResponseAsync()).Text;
}
