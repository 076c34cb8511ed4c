using System.Text.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Extraction;

/// <summary>An Api whose extractions go to "small", which takes no schema, and then to "large", which does; a test says what they answer.</summary>
public sealed class ExtractionFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;
    internal ModelServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Scripted, Script = ["{}"] });
        Api = await TestApi.StartAsync(settings:
        [
            $"--Models:Providers:test:Endpoint={Server.Endpoint}", "--Models:Providers:test:ApiKey=any",
            "--Models:Chat:small:Provider=test", "--Models:Chat:small:ContextTokens=32000",
            "--Models:Chat:small:Prices:0:Version=2026-01", "--Models:Chat:small:Prices:0:Output=1",
            "--Models:Chat:large:Provider=test", "--Models:Chat:large:ContextTokens=40000", "--Models:Chat:large:Abilities:0=json_schema",
            "--Models:Chat:large:Prices:0:Version=2026-01", "--Models:Chat:large:Prices:0:Output=1",
            "--Models:Routes:extract:0=small", "--Models:Routes:extract:1=large",
        ]);
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>One answer for each of the coming calls.</summary>
    internal void Answer(params IEnumerable<string> answers)
    {
        foreach (var answer in answers)
        {
            Server.ScriptNext(answer);
        }
    }

    internal static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    internal static ExtractRequest Request(string schema, string text = "Invoice INV-0001 of Nordic Paper.") => new() { Text = text, Schema = Json(schema) };
}
