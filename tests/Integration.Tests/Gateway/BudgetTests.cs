using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Tenants;
using AiApp.Testing;
using Microsoft.Extensions.AI;

namespace AiApp.Integration.Tests.Gateway;

/// <summary>Prices of the tests' models: 1 dollar for a million tokens of input, 4 of output.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    private const long Dollar = 1_000_000_000;
    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "What does the marten do at night?")];

    private TestDatabase _database = null!;
    private ModelServer _server = null!;
    private GatewayHost _gateway = null!;
    private TenantId _tenant;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Scripted, Script = ["It ", "climbs ", "trees."] });
        _gateway = GatewayHost.Start(_database, [_server.Endpoint]);
        _tenant = await GatewayHost.NewTenantAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_call_is_reserved_at_its_worst_price_and_settled_at_its_true_one()
    {
        await AddBudgetAsync("tenant", "", Dollar);
        var held = new Gate();
        _server.ChatFaults.Next(new Fault.SlowHeaders(held));
        var request = NewRequest();
        var asking = AskAsync(request);
        await _server.WaitForCallAsync();
        Assert.Equal("reserved 0", await _database.ReadAsync<string>("SELECT state || ' ' || cost FROM usage_ledger"));
        Assert.True(await ReadAsync("reserved_cost") > 0);

        held.Open();
        await asking;
        await SettledAsync(1);

        var call = _server.Calls[0];
        var cost = (call.InputTokens * 1000L) + (call.OutputTokens * 4000L);
        Assert.Equal((cost, 0L), (await ReadAsync("spent_cost"), await ReadAsync("reserved_cost")));
        Assert.Equal((cost, "test"), (request.Cost, request.Answered!.PriceVersion));
    }

    [Fact]
    public async Task Every_budget_that_applies_must_bear_the_call_and_the_first_that_cannot_is_named()
    {
        await AddBudgetAsync("tenant", "", Dollar);
        await AddBudgetAsync("user", "anna", 1000);

        var refused = await Assert.ThrowsAsync<QuotaExceededException>(() => AskAsync(NewRequest("anna")));
        await AskAsync(NewRequest("bert"));

        Assert.Equal("user", refused.Scope);
        Assert.InRange(refused.RenewsIn!.Value, TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task A_refused_call_leaves_nothing_reserved()
    {
        await AddBudgetAsync("tenant", "", Dollar);
        await AddBudgetAsync("user", "anna", 1000);

        await Assert.ThrowsAsync<QuotaExceededException>(() => AskAsync(NewRequest("anna")));

        Assert.Equal(0L, await ReadAsync("reserved_cost"));
    }

    [Fact]
    public async Task A_budget_begins_anew_with_its_day()
    {
        await AddBudgetAsync("tenant", "", Dollar);
        await _database.ReadAsync<int>($"UPDATE budget SET spent_cost = limit_cost, period_started_at = period_started_at - interval '1 day' WHERE tenant_id = {_tenant.Value} RETURNING 1");

        await AskAsync(NewRequest());
        await SettledAsync(1);

        Assert.InRange(await ReadAsync("spent_cost"), 1, Dollar / 100);
    }

    [Fact]
    public async Task Many_callers_at_once_never_spend_more_than_the_budget_and_are_refused_only_once_it_is_used_up()
    {
        const int Callers = 64;
        const int Each = 20;
        await AskAsync(NewRequest());
        await SettledAsync(1);
        var one = await _database.ReadAsync<long>("SELECT cost FROM usage_ledger");
        var worst = await _database.ReadAsync<long>("SELECT reserved_cost FROM usage_ledger");
        await AddBudgetAsync("tenant", "", one * Callers * Each / 2);

        var answered = 0;
        var refused = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Callers), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, _) =>
        {
            for (var call = 0; call < Each; call++)
            {
                try
                {
                    await AskAsync(NewRequest());
                    Interlocked.Increment(ref answered);
                }
                catch (QuotaExceededException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        });
        await SettledAsync(answered + 1);

        var spent = await ReadAsync("spent_cost");
        Assert.Equal(Callers * Each, answered + refused);
        Assert.Equal(0L, await ReadAsync("reserved_cost"));
        Assert.Equal(_server.Calls.Skip(1).Sum(call => (call.InputTokens * 1000L) + (call.OutputTokens * 4000L)), spent);
        // Less than one more call could have needed.
        Assert.InRange(await ReadAsync("limit_cost") - spent, 0, worst - 1);
    }

    [Fact]
    public async Task What_a_dead_process_has_reserved_is_charged_at_its_worst_and_corrected_when_somebody_knows_better()
    {
        await AddBudgetAsync("tenant", "", Dollar);
        var ledger = _gateway.Get<IUsageLedger>();
        var reservation = new Reservation
        {
            Id = Guid.CreateVersion7(), Request = NewRequest(), Attempt = 1, Provider = "p0", Model = "m0", Prices = new("test", 1000, 1000, 4000), AtMost = 5000,
            Lease = TimeSpan.FromSeconds(-1),
        };
        await ledger.ReserveAsync(reservation, CancellationToken.None);

        await _gateway.Get<UsageStore>().ExpireAsync(CancellationToken.None);
        Assert.Equal((5000L, 0L), (await ReadAsync("spent_cost"), await ReadAsync("reserved_cost")));

        await _gateway.Get<UsageStore>().SettleAsync([new(reservation, "ok", new(1, 1), 3000)], CancellationToken.None);
        await _gateway.Get<UsageStore>().SettleAsync([new(reservation, "ok", new(1, 1), 3000)], CancellationToken.None);
        Assert.Equal((3000L, 0L), (await ReadAsync("spent_cost"), await ReadAsync("reserved_cost")));
    }

    [Fact]
    public async Task A_stream_that_its_reader_leaves_is_charged_for_what_has_come()
    {
        await AddBudgetAsync("tenant", "", Dollar);
        _server.ChatFaults.Next(new Fault.Stall(2));
        await foreach (var update in _gateway.Chat.GetStreamingResponseAsync(Prompt, GatewayHost.Options(NewRequest())))
        {
            if (update.Text.Length > 0)
            {
                break;
            }
        }
        await SettledAsync(1);

        Assert.Equal("canceled true", await _database.ReadAsync<string>("SELECT outcome || ' ' || tokens_are_estimated FROM usage_ledger"));
        Assert.True(await ReadAsync("spent_cost") > 0);
        Assert.Equal(0L, await ReadAsync("reserved_cost"));
    }

    private ModelRequest NewRequest(string? user = null) => new() { Step = ModelStep.Answer, Tenant = _tenant, User = user };

    private Task<ChatResponse> AskAsync(ModelRequest request) => _gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(request));

    private Task<int> AddBudgetAsync(string scope, string subject, long limit) => _database.ReadAsync<int>(
        $"INSERT INTO budget (tenant_id, scope, subject, period, limit_cost) VALUES ({_tenant.Value}, '{scope}', '{subject}', 'day', {limit}) RETURNING 1");

    /// <summary>Of the tenant's own budget.</summary>
    private Task<long> ReadAsync(string column) => _database.ReadAsync<long>($"SELECT {column} FROM budget WHERE tenant_id = {_tenant.Value} AND scope = 'tenant'");

    /// <summary>Settling goes on beside the answers.</summary>
    private async Task SettledAsync(int calls)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _database.ReadAsync<long>("SELECT count(*) FROM usage_ledger WHERE state = 'settled'") < calls)
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
