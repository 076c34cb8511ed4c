using AiApp.Api.Extraction;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Extraction;

public sealed class RejectedOutputTests(ExtractionFixture fixture) : IClassFixture<ExtractionFixture>
{
    private const string Schema = """{"type":"object","required":["number"]}""";

    [Fact]
    public async Task Whoever_runs_the_service_reads_the_last_answer_by_the_id_of_the_problem()
    {
        var id = await RejectAsync("a", "b", "a private\u001b[2J word");

        var (shown, text) = await RunAsync("show", id.ToString());
        var (listed, list) = await RunAsync("list");

        Assert.Equal((0, 0), (shown, listed));
        Assert.Contains("a private\uFFFD[2J word", text, StringComparison.Ordinal);
        Assert.Contains("model    test/large", text, StringComparison.Ordinal);
        Assert.Contains("- the whole: not JSON", text, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), list, StringComparison.Ordinal);
        Assert.DoesNotContain("private", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "00000000-0000-0000-0000-000000000001")]
    [InlineData("show", "x")]
    [InlineData("forget")]
    public async Task A_command_that_shows_nothing_says_so_by_its_exit_code(params string[] arguments) => Assert.NotEqual(0, (await RunAsync(arguments)).Exit);

    [Fact]
    public async Task The_application_writes_them_for_its_caller_and_reads_none()
    {
        await RejectAsync("a", "b", "c");
        await using var connection = await fixture.Api.Database.OpenAsync();
        await ExecuteAsync(connection, "SET ROLE aiapp_app");

        var read = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "SELECT text FROM rejected_output"));
        var deleted = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, "DELETE FROM rejected_output"));
        var foreign = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection,
            "INSERT INTO rejected_output (tenant_id, rejected_output_id, request_id, step, provider, model, schema_hash, text, reasons)"
            + " VALUES (1, gen_random_uuid(), gen_random_uuid(), 'extract', 'p', 'm', 'h', 't', 'r')"));

        Assert.All([read, deleted, foreign], refused => Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState));
    }

    [Fact]
    public async Task Of_a_long_answer_the_first_64_KB_are_kept()
    {
        var id = await RejectAsync("a", "b", new string('ä', 40_000));

        Assert.Equal(64 * 1024, await fixture.Api.Database.ReadAsync<int>($"SELECT octet_length(text) FROM rejected_output WHERE rejected_output_id = '{id}'"));
    }

    [Fact]
    public async Task They_are_dropped_after_30_days()
    {
        var (old, recent) = (await RejectAsync("a", "b", "c"), await RejectAsync("a", "b", "c"));
        await fixture.Api.Database.ReadAsync<int>($"UPDATE rejected_output SET at = now() - interval '31 days' WHERE rejected_output_id = '{old}' RETURNING 1");
        using var worker = new TestWorker(fixture.Api.Database);

        await worker.Services.GetRequiredService<Housekeeping>().RunAsync(CancellationToken.None);

        Assert.Equal(recent, await fixture.Api.Database.ReadAsync<Guid>($"SELECT rejected_output_id FROM rejected_output WHERE rejected_output_id IN ('{old}', '{recent}')"));
    }

    [Fact]
    public async Task A_value_of_a_type_of_ours_is_repaired_where_only_the_type_refuses_it()
    {
        fixture.Answer("""{"name":"Anna","years":30000000000}""", """{"name":"Anna","years":30}""");
        var request = new ModelRequest { Step = ModelStep.Extract, Tenant = TenantId.Default };

        var answer = await fixture.Api.Services.GetRequiredService<StructuredOutput>()
            .GetAsync<Person>([new(ChatRole.User, "Anna, 30")], request, maxOutputTokens: 200, CancellationToken.None);

        Assert.Equal(new Person("Anna", 30), answer.Value);
        Assert.True(answer.IsRepaired);
        Assert.Equal(["provider_bad_output", "ok"], request.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(2, request.Answered!.Number);
    }

    private async Task<Guid> RejectAsync(params string[] answers)
    {
        fixture.Answer(answers);
        var refused = await Assert.ThrowsAsync<AiAppException>(async () =>
            await (await fixture.Api.CreateClientAsync()).ExtractAsync(ExtractionFixture.Request(Schema)));
        return refused.Problem.Extensions!["rejectedOutputId"].GetGuid();
    }

    private async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var exit = await RejectedCommand.RunAsync(
            [RejectedCommand.Name, .. arguments],
            builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:aiapp"] = fixture.Api.Database.ConnectionString }),
            output);
        return (exit, output.ToString());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Person(string Name, int Years);
}
