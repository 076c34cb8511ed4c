using System.Runtime.CompilerServices;
using System.Text;
using AiApp.Rag.Sources.Folder;
using AiApp.Rag.Sources.Web;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources.Git;

/// <summary>
/// The files of a branch's newest commit, from a bare repository that is kept on the disk: nothing is checked out, so that no
/// hook, filter or link of a repository takes effect. The fingerprint is the blob's own, so that an unchanged commit costs one
/// question to the server.
/// </summary>
internal sealed class GitConnector(FolderRoots roots, PermittedHosts hosts, Secrets secrets, IOptions<SourcesOptions> options, TimeProvider clock) : ISourceConnector
{
    private const string Head = "refs/aiapp/head";
    private const long MaxListBytes = 256L * 1024 * 1024;
    private static readonly byte[] LfsPointer = [.. "version https://git-lfs"u8];

    public bool CanRead(SourceSettings settings) => settings is GitSettings;

    public async IAsyncEnumerable<SourceItem> ListAsync(SourceReading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        var settings = (GitSettings)reading.Settings;
        var globs = new Globs(settings.Include, settings.Exclude);
        var remote = await GitRemote.OpenAsync(settings, roots, hosts, secrets, ct);
        var cache = CacheOf(reading.CacheKey);
        var commit = await FindCommitAsync(remote, ct);
        if (!Directory.Exists(cache) || (await Local(cache).RunAsync(clock, ct, "rev-parse", "--verify", "--quiet", Head)).Text.Trim() != commit)
        {
            await FetchAsync(cache, remote, reading.ListsOnly, ct);
        }
        foreach (var (path, blob) in await ListAsync(cache, settings.Folder, ct))
        {
            if (globs.Matches(path))
            {
                yield return new SourceItem { Path = path, Fingerprint = blob };
            }
        }
    }

    public async Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct)
    {
        var blob = await Local(CacheOf(reading.CacheKey), options.Value.MaxItemBytes).RunAsync(clock, ct, "cat-file", "blob", item.Fingerprint);
        return blob switch
        {
            { ExitCode: not 0 } => throw new SourceException(SourceCodes.TooLarge, $"The file is larger than {options.Value.MaxItemBytes >> 20:N0} MB, or missing in the repository."),
            _ when blob.Bytes.AsSpan().StartsWith(LfsPointer) => throw new SourceException(SourceCodes.UnsupportedMedia, "The file stands in Git LFS, which is not read."),
            _ => new ItemContent(blob.Bytes),
        };
    }

    public void Forget(string cacheKey)
    {
        try
        {
            Directory.Delete(CacheOf(cacheKey), recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Was never made, or is left to whoever cleans the folder of caches.
        }
    }

    private async Task<string> FindCommitAsync(GitRemote remote, CancellationToken ct)
    {
        var root = Directory.CreateDirectory(options.Value.CacheFolder).FullName;
        var heads = await Remote(root, remote).RunAsync(clock, ct, "ls-remote", "--", remote.Address, remote.Reference);
        if (heads.ExitCode != 0)
        {
            throw Explain(heads.Errors);
        }
        return heads.Text.Split('\n').Select(line => line.Split('\t')).FirstOrDefault(line => line.Length == 2 && line[1] == remote.Reference)?[0]
            ?? throw new SourceException(SourceCodes.NotFound, "The repository has no such branch.", setting: "branch");
    }

    private async Task FetchAsync(string cache, GitRemote remote, bool listsOnly, CancellationToken ct)
    {
        // Old commits are never collected: a cache that has grown is made anew.
        if (SizeOf(cache) > options.Value.MaxRepositoryBytes / 2)
        {
            Directory.Delete(cache, recursive: true);
        }
        Directory.CreateDirectory(cache);
        if (!File.Exists(Path.Combine(cache, "HEAD")))
        {
            await CheckAsync(Local(cache).RunAsync(clock, ct, "init", "--quiet", "--bare", "--template=", "."));
        }
        try
        {
            var filter = listsOnly ? "blob:none" : $"blob:limit={options.Value.MaxItemBytes + 1L}";
            await CheckAsync(Remote(cache, remote, () => SizeOf(cache) > options.Value.MaxRepositoryBytes).RunAsync(clock, ct,
                "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--force", $"--filter={filter}",
                "--", remote.Address, $"+{remote.Reference}:{Head}"));
        }
        catch (SourceException tooLarge) when (tooLarge.Code == SourceCodes.TooLarge)
        {
            Directory.Delete(cache, recursive: true);
            throw;
        }
    }

    private async Task<List<(string Path, string Blob)>> ListAsync(string cache, string? folder, CancellationToken ct)
    {
        string[] below = folder?.Trim('/') is { Length: > 0 } name ? ["--", name] : [];
        var list = await CheckAsync(Local(cache).RunAsync(clock, ct, ["ls-tree", "-r", "-z", "--full-tree", Head, .. below]));
        var files = new List<(string, string)>();
        // "100644 blob SHA TAB path NUL"; links (120000) and other repositories (160000) are left out.
        foreach (var line in Encoding.UTF8.GetString(list.Bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (line.StartsWith("100", StringComparison.Ordinal) && line[..tab].Split(' ') is [_, "blob", var blob])
            {
                files.Add((line[(tab + 1)..], blob));
            }
        }
        return files;
    }

    private GitCommand Local(string folder, long? maxBytes = null) => new()
    {
        Folder = folder,
        Timeout = TimeSpan.FromSeconds(options.Value.GitTimeoutSeconds),
        MaxOutputBytes = maxBytes ?? MaxListBytes,
    };

    private GitCommand Remote(string folder, GitRemote remote, Func<bool>? isTooLarge = null) => new()
    {
        Folder = folder,
        Timeout = TimeSpan.FromSeconds(options.Value.GitTimeoutSeconds),
        MaxOutputBytes = MaxListBytes,
        Protocol = remote.Protocol,
        Private = remote.Settings,
        IsTooLarge = isTooLarge,
    };

    private static async Task<GitOutput> CheckAsync(Task<GitOutput> running)
    {
        var output = await running;
        return output.ExitCode == 0 ? output : throw Explain(output.Errors);
    }

    // Whole phrases: an address or a path may hold any number.
    private static SourceException Explain(string errors) => errors switch
    {
        _ when Says(errors, "could not read Username", "Authentication failed", "returned error: 403", "returned error: 401", "terminal prompts disabled") =>
            new(SourceCodes.Forbidden, "The repository is not for everybody: give a token as a secret, or check the one that is given."),
        _ when Says(errors, "repository not found", "' not found", "returned error: 404", "does not appear to be a git repository") =>
            new(SourceCodes.NotFound, "There is no such repository."),
        _ => new(SourceCodes.Unreachable, "git could not read the repository: check its address, and that it can be reached from where the services run."),
    };

    private static bool Says(string errors, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (errors.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private string CacheOf(string key) => Path.Combine(options.Value.CacheFolder, key + ".git");

    private static long SizeOf(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                : 0;
        }
        catch (IOException)
        {
            return 0; // A file went away while they were counted; the next look counts again.
        }
    }
}
