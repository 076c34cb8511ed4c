using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace AiApp.Polyfills.Tests.Aspire;

/// <summary>With the PostgreSQL and Redis installed here, which ./test sees to.</summary>
public sealed class NativeServerTests
{
    [Fact]
    public async Task A_private_cluster_is_made_once_and_a_second_start_finds_its_data_again()
    {
        using var first = new NativeStack();
        await WithServersAsync(first, async connection =>
        {
            await using var command = new NpgsqlCommand("CREATE EXTENSION vector; CREATE TABLE kept AS SELECT 42 AS answer", connection);
            await command.ExecuteNonQueryAsync();
        });

        using var second = new NativeStack(first);
        await WithServersAsync(second, async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT answer FROM kept", connection);
            Assert.Equal(42, await command.ExecuteScalarAsync());
        });
    }

    [Fact]
    public async Task A_cluster_whose_password_was_lost_gets_the_present_one()
    {
        using var first = new NativeStack();
        await WithServersAsync(first, _ => Task.CompletedTask);
        Directory.Delete(Path.Combine(first.Folder.Root, "secrets"), recursive: true);

        using var second = new NativeStack(first);
        await WithServersAsync(second, connection =>
        {
            Assert.Equal("aiapp", connection.Database);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_server_that_somebody_else_has_stopped_is_started_again()
    {
        using var stack = new NativeStack();
        stack.Builder.AddPostgres("postgres");
        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("Everything is up");
        var lockFile = Directory.EnumerateFiles(stack.Folder.Root, "postmaster.pid", SearchOption.AllDirectories).Single();
        var postmaster = (await File.ReadAllLinesAsync(lockFile))[0];

        using var fastShutdown = Process.Start("kill", ["-INT", postmaster]);

        await stack.Log.WaitForAsync("postgres has ended with exit code 0 and is started again");
        await stack.Log.WaitForAsync("postgres is healthy");
        await stack.StopAsync();
        Assert.Equal(0, await run);
    }

    private static async Task WithServersAsync(NativeStack stack, Func<NpgsqlConnection, Task> use)
    {
        var database = stack.Builder.AddPostgres("postgres").AddDatabase("aiapp");
        stack.Builder.AddRedis("redis");
        var run = stack.RunAsync();
        await stack.Log.WaitForAsync("Everything is up");
        await using (var connection = new NpgsqlConnection(await database.Resource.GetConnectionStringAsync() + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await use(connection);
        }

        await stack.StopAsync();
        Assert.Equal(0, await run);
    }
}
