using System.Globalization;
using System.Text;
using AiApp.Contracts;
using AiApp.Rag.Ingestion.Parsing;
using Npgsql;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>
/// Sixty bombs among ordinary documents, through an Api and Ingestors as processes of the operating system. Parsers get less of the
/// processor than by default, so that a commit does not wait; AIAPP_CHAOS_CPU_SECONDS=30 gives them that.
/// </summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    private const int Healthy = 60;
    private const double MaxParserMb = 512;

    // From the first claim on: it counts the wait for a parser's place behind other bombs, and what is taken over.
    private static readonly TimeSpan EachWithin = TimeSpan.FromMinutes(3);
    private static readonly string[] Reasons = ["too_large", "poison_document", "no_text", "unsupported_media", "encrypted_document"];

    [Fact]
    public async Task Each_bomb_ends_with_a_reason_and_hurts_nobody()
    {
        await using var system = await ChaosSystem.StartAsync(("Parsing__CpuSeconds", Environment.GetEnvironmentVariable("AIAPP_CHAOS_CPU_SECONDS") ?? "10"));
        await system.ReadyAsync();
        using var watching = new CancellationTokenSource();
        var memory = WatchMemoryAsync(system, watching.Token);

        var rejected = await UploadAsync(system.Client);
        var rows = await WaitAsync(system, Healthy + Bombs.All().Count() - rejected);

        await watching.CancelAsync();
        var peak = await memory;
        Tell(rows, rejected, peak);
        Assert.All(rows, row => Assert.True(row.Seconds < EachWithin.TotalSeconds, $"{row.Name} took {row.Seconds} s"));
        Assert.All(rows.Where(row => row.Name.StartsWith("healthy", StringComparison.Ordinal)), row => Assert.Equal("ready", row.Outcome));
        Assert.All(rows, row => Assert.Contains(row.Outcome, Reasons.Append("ready")));
        Assert.Equal([1, 1, 1], new[] { system.Api.Starts }.Concat(system.Ingestors.Select(ingestor => ingestor.Starts)));
        Assert.True(peak <= MaxParserMb, $"A parser took {peak:0} MB.");
    }

    /// <summary>Returns how many the Api refused at the door, with a reason.</summary>
    private static async Task<int> UploadAsync(AiAppClient client)
    {
        var (rejected, number) = (0, 0);
        foreach (var (name, content) in Bombs.All())
        {
            if (number < Healthy)
            {
                await client.UploadAsync([($"healthy-{number}.md", new MemoryStream(Encoding.UTF8.GetBytes($"# Number {number}\n\nAn ordinary text about the number {number}.")))], "mixed");
                number++;
            }
            try
            {
                await client.UploadAsync([(name, new MemoryStream(content))], "mixed");
            }
            catch (AiAppException refused) when (Reasons.Contains(refused.Problem.Code))
            {
                rejected++;
            }
        }
        return rejected;
    }

    private static async Task<List<(string Name, string Outcome, double Seconds)>> WaitAsync(ChaosSystem system, int count)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            await using var connection = await system.Database.OpenAsync();
            await using var command = new NpgsqlCommand("""
                SELECT source_uri, coalesce(failure_code, status), extract(epoch FROM finished_at - started_at)::float8
                FROM document LEFT JOIN finished_job USING (tenant_id, document_id)
                WHERE status IN ('ready', 'failed')
                ORDER BY source_uri
                """, connection);
            var rows = new List<(string, string, double)>();
            await using var reader = await command.ExecuteReaderAsync(late.Token);
            while (await reader.ReadAsync(late.Token))
            {
                rows.Add((reader.GetString(0), reader.GetString(1), reader.GetDouble(2)));
            }
            if (rows.Count == count)
            {
                return rows;
            }
            await Task.Delay(200, late.Token);
        }
    }

    /// <summary>The largest resident memory that a parser was seen with.</summary>
    private static async Task<double> WatchMemoryAsync(ChaosSystem system, CancellationToken ct)
    {
        var peak = 0.0;
        while (!ct.IsCancellationRequested)
        {
            foreach (var parser in system.Ingestors.SelectMany(ingestor => ingestor.Children()))
            {
                peak = Math.Max(peak, ProcessUse.ResidentMb(parser));
            }
            await Task.Delay(20, CancellationToken.None);
        }
        return peak;
    }

    private void Tell(List<(string Name, string Outcome, double Seconds)> rows, int rejected, double peak)
    {
        output.WriteLine($"{rows.Count} documents, {rejected} refused at the door, parsers up to {peak:0} MB");
        foreach (var type in rows.Where(row => !row.Name.StartsWith("healthy", StringComparison.Ordinal)).GroupBy(row => Path.GetExtension(row.Name)))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{type.Key}: {string.Join(", ", type.Select(row => $"{Path.GetFileNameWithoutExtension(row.Name)} {row.Outcome} {row.Seconds:0.0} s"))}"));
        }
    }
}
