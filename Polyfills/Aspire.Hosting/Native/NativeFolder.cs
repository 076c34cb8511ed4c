using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Aspire.Hosting.Native;

/// <summary>The folder .aiapp of a clone: data of the private servers, secrets, and the addresses of what runs.</summary>
internal sealed class NativeFolder
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> endpoints = new(StringComparer.Ordinal);

    public NativeFolder(string path)
    {
        Root = Path.GetFullPath(path);
        Directory.CreateDirectory(Root);
        User = UnprivilegedUser.Find();
    }

    public string Root { get; }

    public UnprivilegedUser? User { get; }

    private string EndpointsFile => Path.Combine(Root, "endpoints.json");

    /// <summary>Null when another AppHost of this clone holds it. The kernel releases it with the process, however that dies.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            var file = new FileStream(Path.Combine(Root, "apphost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.Delete(EndpointsFile);
            return file;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public string? RunningEndpoints() => File.Exists(EndpointsFile) ? File.ReadAllText(EndpointsFile) : null;

    public void Publish(string name, string url)
    {
        lock (gate)
        {
            endpoints[name] = url;
            Write();
        }
    }

    public void Withdraw(string name)
    {
        lock (gate)
        {
            if (endpoints.Remove(name))
            {
                Write();
            }
        }
    }

    /// <summary>
    /// A folder only the servers' user can read. A clone below a folder that user may not enter (a home of mode 700) keeps
    /// its data under /var/lib/aiapp instead, and the choice is remembered.
    /// </summary>
    public async Task<string> DataFolderAsync(string name, CancellationToken ct)
    {
        var remembered = Path.Combine(Root, "data-folder");
        var inside = Path.Combine(Root, "data");
        var data = File.Exists(remembered) ? (await File.ReadAllTextAsync(remembered, ct)).Trim() : inside;
        if (await TryMakeAsync(Path.Combine(data, name), ct))
        {
            return Path.Combine(data, name);
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..12];
        var outside = $"/var/lib/aiapp/{id}";
        if (User is null || !await TryMakeAsync(Path.Combine(outside, name), ct))
        {
            throw new DistributedApplicationException($"{data} cannot be written; give it to the user who runs this, or remove it.");
        }

        await File.WriteAllTextAsync(remembered, outside, ct);
        return Path.Combine(outside, name);
    }

    private async Task<bool> TryMakeAsync(string folder, CancellationToken ct)
    {
        if (User is null)
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return await IsWritableAsync(folder, ct);
        }

        // The parent is made first, by its own call: install -d gives owner and mode to the last component only.
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await Tool.RunAsync(null, null, ["install", "-d", "-o", User.UserId, "-g", User.GroupId, "-m", "700", folder], ct);
        return await IsWritableAsync(folder, ct);
    }

    private async Task<bool> IsWritableAsync(string folder, CancellationToken ct) =>
        (await Tool.TryAsync(User, null, ["test", "-w", folder], ct)).ExitCode == 0;

    private void Write()
    {
        if (endpoints.Count == 0)
        {
            File.Delete(EndpointsFile);
            return;
        }

        // Renamed into place: a reader never sees half of it.
        File.WriteAllText(EndpointsFile + ".new", JsonSerializer.Serialize(endpoints));
        File.Move(EndpointsFile + ".new", EndpointsFile, overwrite: true);
    }
}

internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string ReadOrCreate(string path, Func<string> create)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
        var secret = create();
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using var writer = new StreamWriter(file);
        writer.Write(secret);
        return secret;
    }
}
