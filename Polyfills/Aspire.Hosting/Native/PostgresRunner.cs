using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Native;

/// <summary>A private cluster of the installed PostgreSQL with pgvector, reachable from this machine and by password only.</summary>
internal sealed class PostgresRunner(PostgresServerResource resource) : INativeRunner
{
    public async Task<ProcessStart?> PrepareAsync(NativeContext context, int replica, CancellationToken ct)
    {
        var folder = await context.Folder.DataFolderAsync(resource.Name, ct);
        var user = context.Folder.User;
        var data = Path.Combine(folder, "data");
        var bin = FindServer(data);
        await InitializeAsync(context, bin, folder, data, ct);
        await KeepPasswordAsync(user, bin, folder, data, ct);

        var port = resource.Annotations.OfType<EndpointAnnotation>().Single().Port;
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={port}", "unix_socket_directories=", "shared_buffers=128MB", "max_connections=100",
            "maintenance_work_mem=128MB", "max_wal_size=512MB", "jit=off", "log_min_messages=fatal", "log_line_prefix=",
        ];
        return new ProcessStart("/", [Path.Combine(bin, "postgres"), "-D", data, .. settings.SelectMany(setting => new[] { "-c", setting })])
        {
            User = user,
            StopSignal = "INT", // "fast": TERM would wait for every client to leave
            GraceSeconds = 30,
        };
    }

    public async Task<bool> IsHealthyAsync(NativeContext context, int replica, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(resource, ct);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException)
        {
            return false;
        }
    }

    internal static async Task<NpgsqlConnection> OpenAsync(PostgresServerResource server, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(await server.GetConnectionStringAsync(ct) + ";Database=postgres;Pooling=false;Timeout=3");
        await connection.OpenAsync(ct);
        return connection;
    }

    private async Task InitializeAsync(NativeContext context, string bin, string folder, string data, CancellationToken ct)
    {
        if (await IsThereAsync(context.Folder.User, data, ct))
        {
            return;
        }

        context.Log.Line(resource.Name, $"creating a private cluster in {data}");
        var unfinished = data + ".new";
        var passwordFile = Path.Combine(folder, "password.new");
        await Tool.RunAsync(context.Folder.User, null, ["rm", "-rf", unfinished], ct);
        await Tool.WriteFileAsync(context.Folder.User, passwordFile, await PasswordAsync(ct), ct);
        await RunToEndAsync(
            new ProcessStart(
                "/", Path.Combine(bin, "initdb"), "-D", unfinished, "--username=postgres", $"--pwfile={passwordFile}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8") { User = context.Folder.User },
            ct);
        await Tool.RunAsync(context.Folder.User, null, ["rm", passwordFile], ct);

        // Moved into place when complete: an initdb that was interrupted is never taken for a cluster.
        await Tool.WriteFileAsync(context.Folder.User, DigestFile(folder), Digest(await PasswordAsync(ct)), ct);
        await Tool.RunAsync(context.Folder.User, null, ["mv", unfinished, data], ct);
    }

    /// <summary>The data may outlive .aiapp/secrets; a cluster with another password gets the present one before it starts.</summary>
    private async Task KeepPasswordAsync(UnprivilegedUser? user, string bin, string folder, string data, CancellationToken ct)
    {
        var password = await PasswordAsync(ct);
        var (_, known) = await Tool.TryAsync(user, null, ["cat", DigestFile(folder)], ct);
        if (known != Digest(password))
        {
            var statement = $"ALTER ROLE postgres PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'\n";
            await Tool.RunAsync(user, statement, [Path.Combine(bin, "postgres"), "--single", "-D", data, "postgres"], ct);
            await Tool.WriteFileAsync(user, DigestFile(folder), Digest(password), ct);
        }
    }

    /// <summary>The server that made the cluster; for a new one the newest that has pgvector.</summary>
    private static string FindServer(string data)
    {
        var versionFile = Path.Combine(data, "PG_VERSION");
        var made = File.Exists(versionFile) ? File.ReadAllText(versionFile).Trim() : null;
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.GetFileName(folder))
                .Where(version => File.Exists($"/usr/lib/postgresql/{version}/bin/initdb") && File.Exists($"/usr/share/postgresql/{version}/extension/vector.control"))
                .OrderByDescending(version => double.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .ToList()
            : [];
        var chosen = made is null ? versions.FirstOrDefault() : versions.Find(version => version == made);
        return chosen is not null
            ? $"/usr/lib/postgresql/{chosen}/bin"
            : throw new DistributedApplicationException(
                $"PostgreSQL{(made is null ? "" : $" {made}")} with pgvector is not installed: ./up installs it on Debian and Ubuntu; elsewhere set ConnectionStrings__aiapp.");
    }

    /// <summary>Long enough to be interrupted, so it is supervised like a server.</summary>
    private static async Task RunToEndAsync(ProcessStart start, CancellationToken ct)
    {
        var output = new ConcurrentQueue<string>();
        using var child = ChildProcess.Start(start, output.Enqueue);
        await using var stop = ct.Register(child.Stop);
        var exitCode = await child.Exited;
        ct.ThrowIfCancellationRequested();
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"{Path.GetFileName(start.Command[0])} failed with exit code {exitCode}: {string.Join(' ', output)}");
        }
    }

    private static async Task<bool> IsThereAsync(UnprivilegedUser? user, string data, CancellationToken ct) =>
        (await Tool.TryAsync(user, null, ["test", "-f", Path.Combine(data, "PG_VERSION")], ct)).ExitCode == 0;

    private async Task<string> PasswordAsync(CancellationToken ct) => await resource.PasswordParameter.GetValueAsync(ct) ?? "";

    private static string DigestFile(string folder) => Path.Combine(folder, "password.sha256");

    private static string Digest(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}

/// <summary>Nothing to run: the database is created in the server that is healthy by now.</summary>
internal sealed class PostgresDatabaseRunner(PostgresDatabaseResource resource) : INativeRunner
{
    public async Task<ProcessStart?> PrepareAsync(NativeContext context, int replica, CancellationToken ct)
    {
        await using var connection = await PostgresRunner.OpenAsync(resource.Parent, ct);
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(resource.DatabaseName);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // The second start finds its data again.
        }

        return null;
    }

    public Task<bool> IsHealthyAsync(NativeContext context, int replica, CancellationToken ct) => Task.FromResult(true);
}
