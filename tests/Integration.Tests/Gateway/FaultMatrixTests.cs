using System.Diagnostics;
using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Testing;
using Microsoft.Extensions.AI;

namespace AiApp.Integration.Tests.Gateway;

/// <summary>Every kind of fault at the first, the first two and all three candidates, streamed and not.</summary>
public sealed class FaultMatrixTests(FaultMatrixTests.Matrix matrix) : IClassFixture<FaultMatrixTests.Matrix>
{
    private const int AtOnce = 4;
    private static readonly string[] Script = ["The ", "marten ", "climbs ", "at ", "night ", "and ", "sleeps ", "by ", "day."];
    private static readonly string[] Known = ["ok", "provider_rate_limited", "provider_timeout", "provider_error", "provider_bad_output", "stream_interrupted"];

    [Fact]
    public void Every_outcome_is_of_the_closed_list()
    {
        Assert.All(matrix.Cells, cell => Assert.Contains(cell.Outcome, Known));
        Assert.All(matrix.Cells, cell => Assert.DoesNotContain("internal", cell.Attempts));
    }

    [Fact]
    public void What_passes_as_complete_is_complete() =>
        Assert.All(matrix.Cells.Where(cell => cell.Outcome == "ok"), cell => Assert.Equal(string.Concat(Script), cell.Text));

    [Fact]
    public void A_fault_before_the_first_token_is_answered_by_the_next_candidate() => Assert.All(
        matrix.Cells.Where(cell => cell.Faulty < 3 && !(cell.Streams && cell.Kind.StrikesLate)),
        cell => Assert.Equal(("ok", cell.Faulty + 1), (cell.Outcome, cell.Attempts.Count)));

    [Fact]
    public void A_fault_after_the_first_token_ends_the_stream_with_its_reason_and_asks_nobody_else() => Assert.All(
        matrix.Cells.Where(cell => cell.Streams && cell.Kind.StrikesLate),
        cell => Assert.Equal((cell.Kind.LateCode, 1), (cell.Outcome, cell.Attempts.Count)));

    [Fact]
    public void A_fault_of_every_candidate_is_told_as_it_is() => Assert.All(
        matrix.Cells.Where(cell => cell.Faulty == 3 && !(cell.Streams && cell.Kind.StrikesLate)),
        cell => Assert.Equal(cell.Kind.Code, cell.Outcome));

    [Fact]
    public void No_request_makes_more_than_three_calls() => Assert.All(matrix.Cells, cell => Assert.InRange(cell.Calls, 0, 3));

    internal sealed record Cell(FaultKind Kind, int Faulty, bool Streams, string Outcome, string Text, IReadOnlyList<string> Attempts, int Calls, TimeSpan Wall);

    /// <summary>Made once for all of its sentences.</summary>
    public sealed class Matrix : IAsyncLifetime
    {
        private TestDatabase _database = null!;

        internal IReadOnlyList<Cell> Cells { get; private set; } = [];

        public async Task InitializeAsync()
        {
            _database = await TestDatabase.CreateAsync();
            var wanted = FaultKind.All.SelectMany(kind => new[] { 1, 2, 3 }.SelectMany(faulty => new[] { true, false }.Select(streams => (kind, faulty, streams))));
            var cells = new List<Cell>();
            await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cell, _) =>
            {
                var made = await RunAsync(cell.kind, cell.faulty, cell.streams);
                lock (cells)
                {
                    cells.Add(made);
                }
            });
            Cells = [.. cells.OrderBy(cell => FaultKind.All.Index().First(kind => kind.Item == cell.Kind).Index).ThenBy(cell => cell.Faulty).ThenBy(cell => cell.Streams)];
            // For whoever wants to see all of it.
            await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "fault-matrix.md"), Table());
        }

        public async Task DisposeAsync() => await _database.DisposeAsync();

        private string Table()
        {
            var table = new StringBuilder("| fault | at | streamed | outcome | attempts | calls | ms |\n|---|---|---|---|---|---|---|\n");
            foreach (var cell in Cells)
            {
                table.AppendLine($"| {cell.Kind.Name} | {cell.Faulty} | {(cell.Streams ? "yes" : "no")} | {cell.Outcome} | {string.Join(", ", cell.Attempts)} | {cell.Calls} | {cell.Wall.TotalMilliseconds:0} |");
            }
            return table.ToString();
        }

        private async Task<Cell> RunAsync(FaultKind kind, int faulty, bool streams)
        {
            var servers = new List<ModelServer>();
            try
            {
                for (var place = 0; place < 3; place++)
                {
                    var server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Scripted, Script = Script });
                    server.ChatFaults.Always = place < faulty ? kind.Fault?.Invoke() : null;
                    servers.Add(server);
                }
                await using var gateway = GatewayHost.Start(
                    _database, servers.Select((server, place) => place < faulty ? kind.Endpoint(server) : server.Endpoint),
                    [
                        .. Enumerable.Range(0, kind.IsSlow ? faulty : 0).SelectMany(place => streams && kind.StrikesLate ? GatewayHost.ImpatientLater(place) : GatewayHost.Impatient(place)),
                    ]);
                var request = new ModelRequest { Step = ModelStep.Answer, Tenant = await GatewayHost.NewTenantAsync(_database) };
                var start = Stopwatch.GetTimestamp();
                var (outcome, text) = await AskAsync(gateway.Chat, request, streams);
                var wall = Stopwatch.GetElapsedTime(start);
                return new(kind, faulty, streams, outcome, text, [.. request.Attempts.Select(attempt => attempt.Outcome ?? "running")], servers.Sum(server => server.Calls.Count), wall);
            }
            finally
            {
                foreach (var server in servers)
                {
                    await server.DisposeAsync();
                }
            }
        }

        private static async Task<(string Outcome, string Text)> AskAsync(IChatClient chat, ModelRequest request, bool streams)
        {
            ChatMessage[] prompt = [new(ChatRole.User, "What does the marten do?")];
            var text = new StringBuilder();
            try
            {
                if (!streams)
                {
                    return ("ok", (await chat.GetResponseAsync(prompt, GatewayHost.Options(request))).Text);
                }
                await foreach (var update in chat.GetStreamingResponseAsync(prompt, GatewayHost.Options(request)))
                {
                    text.Append(update.Text);
                }
                return ("ok", text.ToString());
            }
            catch (ModelProviderException failure)
            {
                return (failure.Code, text.ToString());
            }
        }
    }
}
