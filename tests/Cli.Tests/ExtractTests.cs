using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class ExtractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExtractTests()
    {
        _folder.Write("invoice.txt", "Invoice 114 of Nordic Paper.");
        _folder.Write("invoice.schema.json", """{ "type": "object" }""");
    }

    [Fact]
    public async Task The_value_is_all_of_the_output_and_how_it_came_to_be_stands_beside_it()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["extract", At("invoice.txt"), "--schema", At("invoice.schema.json"), "--instructions", "The number only."]);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        using var value = JsonDocument.Parse(run.Out);
        Assert.Equal("Invoice 114 of Nordic Paper.", value.RootElement.GetProperty("text").GetString());
        Assert.Equal("The number only.", value.RootElement.GetProperty("words").GetString());
        Assert.Equal("object", value.RootElement.GetProperty("schema").GetProperty("type").GetString());
        Assert.Equal("openai/small, 310 + 27 tokens, 2 attempts, repaired\n", run.Error);
    }

    [Fact]
    public async Task A_document_can_be_named_instead_and_the_whole_result_printed()
    {
        await using var api = await FakeApi.StartAsync();
        var id = Guid.NewGuid();

        var run = await CliRun.OfAsync(api, ["extract", "--document", id.ToString(), "--schema", At("invoice.schema.json"), "--json"]);

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        using var result = JsonDocument.Parse(run.Out);
        Assert.Equal(id, result.RootElement.GetProperty("value").GetProperty("id").GetGuid());
        Assert.Equal(2, result.RootElement.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task A_refused_schema_is_told_with_its_place()
    {
        await using var api = await FakeApi.StartAsync();
        api.Problem = new()
        {
            Status = 400,
            Code = ProblemCodes.Validation,
            Detail = "The schema is wrong.",
            Errors = new Dictionary<string, string[]> { ["schema/not"] = ["Remove it."] },
        };

        var run = await CliRun.OfAsync(api, ["extract", At("invoice.txt"), "--schema", At("invoice.schema.json")]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("schema/not: Remove it.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_a_mistake_of_usage()
    {
        _folder.Write("broken.json", "{");

        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync(null, ["extract", At("invoice.txt")])).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync(null, ["extract", "--schema", At("invoice.schema.json")])).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync(null, ["extract", At("absent.txt"), "--schema", At("invoice.schema.json")])).ExitCode);
        var broken = await CliRun.OfAsync(null, ["extract", At("invoice.txt"), "--schema", At("broken.json")]);
        Assert.Equal(ExitCodes.Usage, broken.ExitCode);
        Assert.Contains("not JSON", broken.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string At(string name) => Path.Combine(_folder.Path, name);
}
