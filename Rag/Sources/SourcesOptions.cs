using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources;

public sealed class SourcesOptions
{
    public const string Section = "Sources";

    /// <summary>Folders and local repositories are read below these only. None: there are no such sources.</summary>
    public IList<string> FolderRoots { get; set; } = [];

    /// <summary>Networks such as 10.20.0.0/16 that may be called although they are private: intranets.</summary>
    public IList<string> AllowedNetworks { get; set; } = [];

    /// <summary>
    /// Secrets by the name that settings of sources refer to them. Each says itself where it belongs, and is sent nowhere else: a
    /// connection string, the address of a container with its SAS, or https://USER:TOKEN@HOST for git.
    /// </summary>
    public IDictionary<string, string> Secrets { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Containers of Azure may be read as the identity that the services run as, by whoever manages sources.</summary>
    public bool AzureIdentity { get; set; }

    /// <summary>Runs that one process makes at a time.</summary>
    [Range(1, 16, ErrorMessage = "Sources:Concurrency must be between 1 and 16.")]
    public int Concurrency { get; set; } = 2;

    /// <summary>How long a silent worker keeps its source. It reports every quarter of this.</summary>
    [Range(1, 3600, ErrorMessage = "Sources:LeaseSeconds must be between 1 and 3600.")]
    public int LeaseSeconds { get; set; } = 30;

    [Range(100, 60_000, ErrorMessage = "Sources:PollMs must be between 100 and 60000.")]
    public int PollMs { get; set; } = 1000;

    /// <summary>A source that lists more is not complete.</summary>
    [Range(1, 200_000, ErrorMessage = "Sources:MaxItems must be between 1 and 200000.")]
    public int MaxItems { get; set; } = 20_000;

    /// <summary>An item is held in memory once, while it is stored.</summary>
    [Range(1024, 1_000_000_000, ErrorMessage = "Sources:MaxItemBytes must be between 1024 bytes and 1 GB, the most a Postgres column takes.")]
    public int MaxItemBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Bound of reading one item, and of each request of a listing.</summary>
    [Range(1, 3600, ErrorMessage = "Sources:ItemTimeoutSeconds must be between 1 and 3600.")]
    public int ItemTimeoutSeconds { get; set; } = 60;

    /// <summary>Bound of one git command.</summary>
    [Range(1, 86_400, ErrorMessage = "Sources:GitTimeoutSeconds must be between 1 and 86400.")]
    public int GitTimeoutSeconds { get; set; } = 300;

    /// <summary>Bound of a repository's cache on the disk.</summary>
    [Range(1_048_576, 1_000_000_000_000, ErrorMessage = "Sources:MaxRepositoryBytes must be between 1 MB and 1 TB.")]
    public long MaxRepositoryBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Where caches of repositories stand; they can be deleted at any time.</summary>
    [Required]
    public string CacheFolder { get; set; } = Path.Combine(Path.GetTempPath(), "aiapp-sources");

    /// <summary>Pause between two requests to the same host.</summary>
    [Range(0, 60_000, ErrorMessage = "Sources:WebDelayMs must be between 0 and 60000.")]
    public int WebDelayMs { get; set; } = 250;

    [Range(1, 200_000, ErrorMessage = "Sources:MaxPages must be between 1 and 200000.")]
    public int MaxPages { get; set; } = 2_000;

    /// <summary>Bound of all bytes that one run takes from a web site.</summary>
    [Range(1024, 1_000_000_000_000, ErrorMessage = "Sources:MaxWebBytes must be between 1024 bytes and 1 TB.")]
    public long MaxWebBytes { get; set; } = 500L * 1024 * 1024;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
    internal TimeSpan ItemTimeout => TimeSpan.FromSeconds(ItemTimeoutSeconds);
}

internal sealed class SourcesOptionsValidator : IValidateOptions<SourcesOptions>
{
    public ValidateOptionsResult Validate(string? name, SourcesOptions options)
    {
        var failures = options.FolderRoots.Where(root => !Path.IsPathFullyQualified(root))
            .Select(root => $"Sources:FolderRoots holds '{root}': give full paths of folders.")
            .Concat(options.AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _))
                .Select(network => $"Sources:AllowedNetworks holds '{network}': give networks such as 10.20.0.0/16 or fd00:1::/64, without bits behind the prefix."))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
