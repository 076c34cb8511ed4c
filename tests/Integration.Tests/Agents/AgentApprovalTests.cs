using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;
using Npgsql;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What an approval is good for: this call, now, by whoever asked.</summary>
public sealed class AgentApprovalTests(AgentFixture fixture) : IClassFixture<AgentFixture>
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);
    private static readonly (string, bool, string?) CutOff = (AgentStepStates.Failed, true, "cut off, it may have been made");
    private readonly AiAppClient _client = fixture.Client;

    [Fact]
    public async Task What_is_called_is_what_was_shown_and_it_is_called_once()
    {
        var (run, asked) = await WaitingAsync("What is shown is called");

        await _client.DecideAgentCallAsync(run.Id, Approve(asked));
        var done = await Office.RestAsync(_client, run.Id);

        Assert.Equal(AgentStates.Completed, done.State);
        Assert.Equal(asked.Arguments, Assert.Single(Tickets("What is shown is called")).Arguments);
        await RefusedAsync(run.Id, Approve(asked));
    }

    [Fact]
    public async Task A_decision_about_another_call_decides_nothing()
    {
        var (run, asked) = await WaitingAsync("Another call");

        await RefusedAsync(run.Id, Approve(asked) with { Hash = new string('0', 64) });
        await RefusedAsync(run.Id, Approve(asked) with { Step = asked.Step + 1 });

        Assert.Equal(AgentStates.WaitingApproval, (await _client.GetAgentRunAsync(run.Id)).State);
        Assert.Empty(Tickets("Another call"));
    }

    [Fact]
    public async Task A_call_that_has_changed_since_it_was_shown_is_put_before_the_person_again()
    {
        var (run, asked) = await WaitingAsync("As it was shown");
        await ExecuteAsync($$"""UPDATE agent_step SET arguments = '{"title":"Something else"}' WHERE run_id = '{{run.Id}}' AND number = {{asked.Step}}""");

        await _client.DecideAgentCallAsync(run.Id, Approve(asked));
        var again = await Office.RestAsync(_client, run.Id);

        Assert.Equal("""{"title":"Something else"}""", again.Approval!.Arguments);
        Assert.NotEqual(asked.Hash, again.Approval.Hash);
        Assert.Empty(Tickets("Something else"));
        Assert.Empty(Tickets("As it was shown"));
    }

    [Fact]
    public async Task An_approval_that_is_sent_again_does_not_approve_the_call_when_it_is_asked_about_again()
    {
        var (run, asked) = await WaitingAsync("Asked about again");
        using var reached = HoldTickets("Asked about again");
        var sent = new List<AgentDecisionRequest>();
        for (var asking = 1; asking <= 2; asking++)
        {
            sent.Add(Approve(asked));
            await _client.DecideAgentCallAsync(run.Id, sent[^1]);
            await reached.WaitAsync(Late);
            await LoseAsync(run.Id);
            asked = (await Office.RestAsync(_client, run.Id)).Approval!;
        }

        foreach (var decision in sent)
        {
            await RefusedAsync(run.Id, decision);
        }
    }

    [Fact]
    public async Task Nobody_decides_any_more_when_the_time_is_over_and_the_run_goes_on_without_the_call()
    {
        var (run, asked) = await WaitingAsync("Too late");
        await ExecuteAsync($"UPDATE agent_step SET approval_until = now() - interval '1 second' WHERE run_id = '{run.Id}' AND number = {asked.Step}");
        await RefusedAsync(run.Id, Approve(asked));

        await ExecuteAsync($"UPDATE agent_run SET wait_until = now() - interval '1 second' WHERE run_id = '{run.Id}'");
        var done = await _client.WatchAgentRunAsync(run.Id).OfType<AgentDoneEvent>().FirstAsync();

        Assert.Equal("declined", done.Run.Steps[asked.Step - 1].State);
        Assert.Empty(Tickets("Too late"));
    }

    [Fact]
    public async Task A_stopped_run_calls_nothing_any_more()
    {
        var (run, asked) = await WaitingAsync("Stopped");

        Assert.Equal(AgentStates.Stopped, (await _client.StopAgentRunAsync(run.Id)).State);

        await RefusedAsync(run.Id, Approve(asked));
        Assert.Empty(Tickets("Stopped"));
    }

    [Fact]
    public async Task A_call_that_is_cut_off_by_a_stop_says_that_it_may_have_been_made()
    {
        var (run, asked) = await WaitingAsync("Cut off by a stop");
        using var reached = HoldTickets("Cut off by a stop");
        await _client.DecideAgentCallAsync(run.Id, Approve(asked));
        await reached.WaitAsync(Late);

        var stopped = await _client.StopAgentRunAsync(run.Id);

        Assert.Equal(CutOff, Told(stopped.Steps[asked.Step - 1]));
    }

    [Fact]
    public async Task A_call_that_is_cut_off_by_the_limit_of_time_says_that_it_may_have_been_made()
    {
        var (run, asked) = await WaitingAsync("Cut off by its limit");
        using var reached = HoldTickets("Cut off by its limit");
        await _client.DecideAgentCallAsync(run.Id, Approve(asked));
        await reached.WaitAsync(Late);
        await ExecuteAsync($"UPDATE agent_run SET deadline_at = now() WHERE run_id = '{run.Id}'");
        await LoseAsync(run.Id);

        var failed = await Office.RestAsync(_client, run.Id);

        Assert.Equal(CutOff, Told(failed.Steps[asked.Step - 1]));
    }

    [Fact]
    public async Task Nobody_else_sees_a_run_or_decides_about_it()
    {
        var (run, asked) = await WaitingAsync("Of somebody else");
        var other = await fixture.Api.CreateClientAsync();

        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(() => other.GetAgentRunAsync(run.Id))).Problem.Code);
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(() => other.DecideAgentCallAsync(run.Id, Approve(asked)))).Problem.Code);
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(() => other.StopAgentRunAsync(run.Id))).Problem.Code);
    }

    [Fact]
    public async Task The_database_shows_runs_and_steps_to_whoever_asked_and_to_nobody_else()
    {
        var (run, _) = await WaitingAsync("Behind the second wall");
        await using var connection = await fixture.Api.Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        async Task<long> CountAsync(string owner)
        {
            await using var command = new NpgsqlCommand(
                $"""
                SET LOCAL ROLE aiapp_app;
                SELECT set_config('aiapp.tenant', (SELECT tenant_id FROM agent_run_tenant)::text, true), set_config('aiapp.agent_owner', '{owner}', true);
                SELECT (SELECT count(*) FROM agent_run WHERE run_id = '{run.Id}') + (SELECT count(*) FROM agent_step WHERE run_id = '{run.Id}');
                """, connection, transaction);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            await reader.ReadAsync();
            return reader.GetInt64(0);
        }
        await using (var tenant = new NpgsqlCommand(
            $"CREATE TEMP TABLE agent_run_tenant ON COMMIT DROP AS SELECT tenant_id FROM agent_run WHERE run_id = '{run.Id}'; GRANT SELECT ON agent_run_tenant TO aiapp_app", connection, transaction))
        {
            await tenant.ExecuteNonQueryAsync();
        }

        Assert.Equal(1 + run.Steps.Count, await CountAsync("a test"));
        Assert.Equal(0, await CountAsync("somebody"));
        Assert.Equal(0, await CountAsync(""));
    }

    /// <summary>A run that waits with a ticket of this title.</summary>
    private async Task<(AgentRunDto Run, AgentApprovalDto Asked)> WaitingAsync(string title)
    {
        var question = $"How many days of annual leave do full-time employees have? ({title})";
        fixture.Office.Model.Agents.Add(question,
            AgentTurn.Call("search", """{"query":"annual leave full-time"}"""),
            AgentTurn.Call("office_create_ticket", $$"""{"title":"{{title}}"}"""),
            AgentTurn.Say($"{AgentTasks.Leave.TrimEnd('.')} [{{n:28 days}}]."));
        var run = await _client.RunAgentAsync(new() { Question = question });
        Assert.Equal(AgentStates.WaitingApproval, run.State);
        return (run, run.Approval!);
    }

    private static (string, bool, string?) Told(AgentStepDto step) => (step.State, step.MayHaveHappened, step.Summary);

    /// <summary>Calls that make tickets of this title never end by themselves; each is told as it comes.</summary>
    private SemaphoreSlim HoldTickets(string title)
    {
        var reached = new SemaphoreSlim(0);
        fixture.Office.Tools.InCall = (call, ct) =>
        {
            if (!call.Arguments.Contains(title, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }
            reached.Release();
            return Task.Delay(Timeout.Infinite, ct);
        };
        return reached;
    }

    /// <summary>As if its process had died.</summary>
    private Task LoseAsync(Guid run) =>
        ExecuteAsync($"UPDATE agent_run SET lease_token = gen_random_uuid(), lease_until = now() - interval '1 second' WHERE run_id = '{run}'");

    private static AgentDecisionRequest Approve(AgentApprovalDto asked) => new() { Step = asked.Step, Approve = true, Hash = asked.Hash };

    private async Task RefusedAsync(Guid run, AgentDecisionRequest decision) =>
        Assert.Equal(ProblemCodes.Conflict, (await Assert.ThrowsAsync<AiAppException>(() => _client.DecideAgentCallAsync(run, decision))).Problem.Code);

    private IEnumerable<McpCall> Tickets(string title) => fixture.Office.Tickets.Where(ticket => ticket.Arguments.Contains(title, StringComparison.Ordinal));

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await fixture.Api.Database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
