using System.Net;
using System.Security.Cryptography;
using System.Text;
using AiApp.Api.Keys;
using AiApp.Integration.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace AiApp.Integration.Tests.Keys;

public sealed class KeysCommandTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Pepper = "a pepper for tests that is long enough";

    [Fact]
    public async Task A_created_key_opens_its_tenant_and_is_stored_only_as_a_keyed_hash()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        await using var api = await TestApi.StartAsync("Production", settings: $"--ApiKeys:Pepper={Pepper}");

        var (exit, output) = await RunAsync(api.Database, "create", "--name", "ci", "--tenant", tenant, "--on-behalf-of");

        Assert.Equal(0, exit);
        var key = output.Split('\n')[0].Trim();
        using var http = api.CreateHttp(key);
        using var response = await http.GetAsync("/api/documents");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var stored = await api.Database.ReadAsync<byte[]>($"SELECT key_hmac FROM api_key WHERE api_key_id = '{key[4..16]}'");
        Assert.Equal(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Pepper), Encoding.UTF8.GetBytes(key)), stored);
        var row = await api.Database.ReadAsync<string>($"SELECT api_key::text FROM api_key WHERE api_key_id = '{key[4..16]}'");
        Assert.DoesNotContain(key[17..60], row, StringComparison.Ordinal);
        Assert.Contains("on_behalf_of", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_what_a_key_is_for_and_never_the_key()
    {
        var (_, created) = await RunAsync(fixture.Api.Database, "create", "--name", "nightly import");
        var key = created.Split('\n')[0].Trim();

        var (exit, list) = await RunAsync(fixture.Api.Database, "list");

        Assert.Equal(0, exit);
        Assert.Contains(key[4..16], list, StringComparison.Ordinal);
        Assert.Contains("nightly import", list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[17..60], list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("revoke", "000000000000")]
    [InlineData("create")]
    [InlineData("create", "--name", "")]
    [InlineData("forget")]
    public async Task A_command_that_does_nothing_says_so_by_its_exit_code(params string[] arguments) =>
        Assert.NotEqual(0, (await RunAsync(fixture.Api.Database, arguments)).Exit);

    internal static async Task<(int Exit, string Output)> RunAsync(TestDatabase database, params string[] arguments)
    {
        var output = new StringWriter();
        var exit = await KeysCommand.RunAsync(
            [KeysCommand.Name, .. arguments],
            builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:aiapp"] = database.ConnectionString,
                ["ApiKeys:Pepper"] = Pepper,
            }),
            output);
        return (exit, output.ToString());
    }
}
