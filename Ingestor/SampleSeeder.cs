using AiApp.Rag.Access;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

public sealed class SamplesOptions
{
    public const string Section = "Samples";

    /// <summary>Import the folders at every start; files already known by their bytes make no work.</summary>
    public bool Seed { get; set; }

    /// <summary>Becomes the collection "handbook".</summary>
    public string? Folder { get; set; }

    /// <summary>Becomes the collection "aiapp".</summary>
    public string? DocsFolder { get; set; }
}

/// <summary>Gives a first start something to answer from.</summary>
internal sealed partial class SampleSeeder(
    FolderImport import, IOptions<SamplesOptions> options, TimeProvider clock, ILogger<SampleSeeder> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var samples = options.Value;
        if (samples.Seed)
        {
            await SeedAsync(samples.Folder, "handbook", stoppingToken);
            await SeedAsync(samples.DocsFolder, "aiapp", stoppingToken);
        }
    }

    private async Task SeedAsync(string? folder, string collection, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            return;
        }

        if (!Directory.Exists(folder))
        {
            FolderMissing(collection);
            return;
        }

        var added = await Outlast.OutagesAsync(() => ImportAsync(folder, collection, ct), clock, logger, ct);
        Seeded(collection, added);
    }

    private async Task<int> ImportAsync(string folder, string collection, CancellationToken ct)
    {
        var added = 0;
        await foreach (var file in import.ImportUndeletedAsync(TenantId.Default, PrincipalSet.Everyone, folder, collection, ct))
        {
            added += file.Added is { Unchanged: false } ? 1 : 0;
        }

        return added;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Collection {Collection} is seeded: {Added} new or changed documents")]
    private partial void Seeded(string collection, int added);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The samples folder of collection {Collection} does not exist: nothing is seeded")]
    private partial void FolderMissing(string collection);
}
