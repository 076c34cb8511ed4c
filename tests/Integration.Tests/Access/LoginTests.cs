using System.Text;
using AiApp.Integration.Tests.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Access;

/// <summary>For deployments that do not want the Api to log in as the owner of the schema.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task The_Api_serves_with_a_login_that_is_a_member_of_its_role_and_of_nothing_else()
    {
        var login = $"aiapp_test_{Guid.NewGuid():N}";
        var settings = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Username = login, Password = "only a test", Database = "{database}" };
        await using var server = await TestDatabase.CreateAsync();
        await server.ReadAsync<int>($"CREATE ROLE {login} LOGIN PASSWORD 'only a test'; GRANT aiapp_app TO {login}; SELECT 1");
        try
        {
            await using var api = await TestApi.StartAsync(postgres: settings.ConnectionString);
            var client = new Contracts.AiAppClient(api.CreateHttp());
            await client.UploadAsync([("a.md", new MemoryStream(Encoding.UTF8.GetBytes("text")))]);

            Assert.Single((await client.ListDocumentsAsync()).Items);
            await client.AskAsync(new() { Question = "Is there text?" });
            settings.Database = new NpgsqlConnectionStringBuilder(api.Database.ConnectionString).Database;
            settings.Pooling = false;
            await using var attacker = new NpgsqlConnection(settings.ConnectionString);
            await attacker.OpenAsync();
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await TryAsync(attacker, "SET ROLE aiapp_worker"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await TryAsync(attacker, "SELECT bytes FROM content"));
            Assert.Null(await TryAsync(attacker, "RESET ROLE"));
            Assert.Equal("no rows", await TryAsync(attacker, "SELECT document_id FROM document"));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await server.ReadAsync<int>($"DROP ROLE {login}; SELECT 1");
        }
    }

    /// <summary>What became of it: the code of the refusal, "no rows", or null.</summary>
    private static async Task<string?> TryAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            return reader.FieldCount > 0 && !await reader.ReadAsync() ? "no rows" : null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
