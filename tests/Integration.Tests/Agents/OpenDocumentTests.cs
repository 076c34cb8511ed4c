using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Agents;
using AiApp.Rag.Agents.Tools;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Agents;

public sealed partial class OpenDocumentTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_document_whose_passages_overlap_is_read_on_without_leaving_one_out()
    {
        var client = await fixture.Api.CreateClientAsync();
        var sentences = Enumerable.Range(1, 60).Select(number => $"Rule {number} says what is to be done in the room with the number {number} of the house.");
        await client.UploadAsync(Office.Files(("rules.md", $"# Rules\n\n{string.Join("\n\n", sentences)}")));
        using (var worker = new TestWorker(fixture.Api.Database, "--Chunking:MaxTokensPerChunk=64", "--Chunking:OverlapTokens=32", "--Chunking:MinTokensPerChunk=10"))
        {
            await worker.DrainAsync();
        }
        var document = (await client.ListDocumentsAsync()).Items.Single().Id;
        var (tenant, starts) = await ReadStartsAsync(document);
        var tool = new OpenDocumentTool(fixture.Api.Services.GetRequiredService<ToolStore>());
        var task = new AgentTask
        {
            Tenant = tenant, Principals = PrincipalSet.Everyone, AskedBy = "a test", Question = "What are the rules?", Limits = new(24, 300, 0),
        };
        var seen = new SeenPassages([]);

        var from = 0;
        // Each call shows one at least.
        for (var calls = 0; calls < starts.Count; calls++)
        {
            var result = await tool.CallAsync(
                JsonSerializer.SerializeToElement(new { document = $"{document}", from }), new(Guid.NewGuid(), task, seen, ResultCharacters: 500), CancellationToken.None);
            if (GoesOn().Match(result.Text) is not { Success: true } more)
            {
                break;
            }
            from = int.Parse(more.Groups["from"].Value, CultureInfo.InvariantCulture);
        }

        Assert.Equal(starts, seen.All.Select(passage => passage.StartOffset));
    }

    private async Task<(TenantId Tenant, List<int> Starts)> ReadStartsAsync(Guid document)
    {
        await using var connection = await fixture.Api.Database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT tenant_id, start_offset FROM chunk WHERE document_id = $1 ORDER BY ordinal", connection) { Parameters = { new() { Value = document } } };
        await using var reader = await command.ExecuteReaderAsync();
        var (tenant, starts) = (0, new List<int>());
        while (await reader.ReadAsync())
        {
            tenant = reader.GetInt32(0);
            starts.Add(reader.GetInt32(1));
        }
        return (new(tenant), starts);
    }

    [GeneratedRegex("""call again with "from": (?<from>\d+)\.$""", RegexOptions.ExplicitCapture)]
    private static partial Regex GoesOn();
}
