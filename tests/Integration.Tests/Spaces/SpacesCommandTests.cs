using System.Net.Http.Json;
using AiApp.Api.Spaces;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Ingestion.Filling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Spaces;

public sealed class SpacesCommandTests
{
    [Fact]
    public async Task The_console_takes_a_service_from_one_model_to_another_and_back()
    {
        await using var api = await TestApi.StartAsync();
        using var worker = new TestWorker(api.Database);
        using var http = api.CreateHttp();
        Assert.Equal("local-hashed-1 current 1", await ListAsync(http));

        Assert.Equal((1, "local-hashed-256 has no space yet: 'spaces fill local-hashed-256' makes it.\n"), await RunAsync(api.Database, "swap", "local-hashed-256"));
        Assert.Equal(0, (await RunAsync(api.Database, "fill", "local-hashed-256", "--preview")).Exit);
        Assert.Equal("local-hashed-1 current 1", await ListAsync(http));

        Assert.Equal(0, (await RunAsync(api.Database, "fill", "local-hashed-256")).Exit);
        var (refused, why) = await RunAsync(api.Database, "swap", "local-hashed-256");
        Assert.Equal(1, refused);
        Assert.Contains("Not swapped", why, StringComparison.Ordinal);

        while (await worker.Services.GetRequiredService<SpaceFiller>().RunAsync(CancellationToken.None))
        {
        }
        Assert.Equal("local-hashed-1 current 1, local-hashed-256 ready 1", await ListAsync(http));
        Assert.Equal(0, (await RunAsync(api.Database, "swap", "local-hashed-256")).Exit);
        Assert.Equal("local-hashed-1 retired 1, local-hashed-256 current 1", await ListAsync(http));
        Assert.Equal(1, (await RunAsync(api.Database, "drop", "local-hashed-256")).Exit);

        Assert.Equal(0, (await RunAsync(api.Database, "rollback")).Exit);
        Assert.Equal(1, (await RunAsync(api.Database, "rollback")).Exit);
        Assert.Equal(0, (await RunAsync(api.Database, "drop", "local-hashed-256")).Exit);
        Assert.Equal("local-hashed-1 current 1", await ListAsync(http));
    }

    [Theory]
    [InlineData("fill", "unknown-model")]
    [InlineData("swap", "unknown-model")]
    [InlineData("drop", "unknown-model")]
    [InlineData("forget")]
    public async Task A_command_that_does_nothing_says_so_by_its_exit_code(params string[] arguments)
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.NotEqual(0, (await RunAsync(database, arguments)).Exit);
    }

    private static async Task<string> ListAsync(HttpClient http) => string.Join(", ",
        (await http.GetFromJsonAsync<List<EmbeddingSpaceDto>>("/api/embedding-spaces"))!.Select(space => $"{space.Model} {space.State} {space.Coverage}"));

    private static async Task<(int Exit, string Output)> RunAsync(TestDatabase database, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var exit = await SpacesCommand.RunAsync(
            [SpacesCommand.Name, .. arguments],
            builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:aiapp"] = database.ConnectionString }),
            output);
        return (exit, output.ToString());
    }
}
