using AiApp.Api.Cache;
using AiApp.Integration.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace AiApp.Integration.Tests.Caching;

public sealed class CacheCommandTests
{
    [Fact]
    public async Task The_console_switches_one_tenant_off_and_on()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Equal((0, "The cache of 'default' is on.\n"), await RunAsync(database, "status"));
        Assert.Equal((0, "The cache of 'default' is off.\n"), await RunAsync(database, "off"));
        Assert.Equal((0, "The cache of 'default' is off.\n"), await RunAsync(database, "status"));
        Assert.Equal((0, "The cache of 'default' is on.\n"), await RunAsync(database, "on"));
        Assert.Equal((1, "There is no tenant 'nobody'.\n"), await RunAsync(database, "off", "--tenant", "nobody"));
    }

    private static async Task<(int Exit, string Output)> RunAsync(TestDatabase database, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var exit = await CacheCommand.RunAsync(
            [CacheCommand.Name, .. args], builder => builder.Configuration["ConnectionStrings:aiapp"] = database.ConnectionString, output);
        return (exit, output.ToString());
    }
}
