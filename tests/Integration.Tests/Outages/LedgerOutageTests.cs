using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Gateway;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Gateway;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;
using AiApp.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Outages;

/// <summary>The database is away when a call is to be reserved.</summary>
public sealed class LedgerOutageTests
{
    // Of no other test: they run side by side, and the meter is everybody's.
    private const string Model = "unreserved";

    private static readonly ChatMessage[] Prompt = [new(ChatRole.User, "What does the marten do at night?")];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_could_not_be_reserved_is_no_attempt_of_any_provider(bool streams)
    {
        await using var server = await ModelServer.StartAsync();
        await using var postgres = NewProxy();
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await GatewayHost.NewTenantAsync(database);
        await using var gateway = GatewayHost.Start(
            database, [server.Endpoint, server.Endpoint], $"--ConnectionStrings:aiapp={Through(postgres, database.ConnectionString)}",
            $"--Models:Chat:m0:Model={Model}", $"--Models:Chat:m1:Model={Model}");
        var request = new ModelRequest { Step = ModelStep.Answer, Tenant = tenant };
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument == RagTelemetry.ModelAttempts)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.ToArray().Any(tag => tag is { Key: RagTelemetry.Model, Value: Model }))
            {
                Interlocked.Add(ref counted, value);
            }
        });
        listener.Start();
        await postgres.CutAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => streams
            ? gateway.Chat.GetStreamingResponseAsync(Prompt, GatewayHost.Options(request)).ToListAsync().AsTask()
            : gateway.Chat.GetResponseAsync(Prompt, GatewayHost.Options(request)));

        Assert.Empty(request.Attempts);
        Assert.Equal((0, 0L), (server.CallCount, Interlocked.Read(ref counted)));
    }

    [Fact]
    public async Task The_question_fails_with_the_code_of_the_database()
    {
        await using var server = await ModelServer.StartAsync();
        await using var postgres = NewProxy();
        await using var api = await TestApi.StartAsync(
            configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave), postgres: Through(postgres, TestServers.Postgres, "{database}"),
            settings: ["--Models:Provider=openai", $"--Models:OpenAI:Endpoint={server.Endpoint}", "--Models:OpenAI:ApiKey=none"]);
        using var http = api.CreateHttp();
        await postgres.CutAsync();

        using var response = await http.PostAsJsonAsync("/api/ask", new AskRequest { Question = "How many days of annual leave do full-time employees have?" });

        await response.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, ProblemCodes.DatabaseUnavailable);
        Assert.Equal(0, server.CallCount);
        postgres.Restore();
    }

    private static TcpProxy NewProxy()
    {
        var direct = new NpgsqlConnectionStringBuilder(TestServers.Postgres);
        return new(direct.Host!, direct.Port);
    }

    private static string Through(TcpProxy postgres, string connectionString, string? database = null)
    {
        var through = new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = postgres.Port, Timeout = 30 };
        through.Database = database ?? through.Database;
        return through.ConnectionString;
    }
}
