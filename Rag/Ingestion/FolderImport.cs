using System.Runtime.CompilerServices;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Ingestion;

public sealed record ImportedFile(string SourceUri, AddedDocument? Added, string? RejectionCode, string? RejectionReason);

/// <summary>Adds every readable file below a folder, new ones for everyone to read; source URIs are paths relative to it with forward slashes.</summary>
public sealed class FolderImport(DocumentStore documents)
{
    private const long MaxBytes = 20 * 1024 * 1024;

    // Links are not followed: they may lead outside the folder, or around in circles.
    private static readonly EnumerationOptions Recursive = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>In the order of the source URIs. Folders and files whose names begin with a dot are left out.</summary>
    /// <exception cref="DirectoryNotFoundException"/>
    public IAsyncEnumerable<ImportedFile> ImportAsync(
        TenantId tenant, PrincipalSet principals, string folder, string collection, CancellationToken ct) =>
        ImportAsync(tenant, principals, folder, collection, new HashSet<string>(), ct);

    /// <summary>The same for imports that run by themselves: what a user has deleted stays deleted.</summary>
    public async IAsyncEnumerable<ImportedFile> ImportUndeletedAsync(
        TenantId tenant, PrincipalSet principals, string folder, string collection, [EnumeratorCancellation] CancellationToken ct)
    {
        var deleted = await documents.ListDeletedAsync(tenant, collection, ct);
        await foreach (var file in ImportAsync(tenant, principals, folder, collection, deleted, ct))
        {
            yield return file;
        }
    }

    private async IAsyncEnumerable<ImportedFile> ImportAsync(
        TenantId tenant, PrincipalSet principals, string folder, string collection, IReadOnlySet<string> except,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", Recursive)
            .Select(file => (File: file, Uri: Path.GetRelativePath(folder, file.FullName).Replace('\\', '/')))
            .Where(entry => !except.Contains(entry.Uri))
            .OrderBy(entry => entry.Uri, StringComparer.Ordinal)
            .ToList();
        foreach (var (file, uri) in files)
        {
            yield return await ImportAsync(tenant, principals, file, uri, collection, ct);
        }
    }

    private async Task<ImportedFile> ImportAsync(
        TenantId tenant, PrincipalSet principals, FileInfo file, string uri, string collection, CancellationToken ct)
    {
        if (!MediaTypes.TryResolve(uri, null, out var mediaType))
        {
            return new ImportedFile(uri, null, FailureCodes.UnsupportedMedia, MediaTypes.WhyNot(uri));
        }

        if (!SourceUri.TryNormalize(uri, out var sourceUri))
        {
            return new ImportedFile(uri, null, FailureCodes.Validation, "The path is too long.");
        }

        if (file.Length > MaxBytes)
        {
            return new ImportedFile(sourceUri, null, FailureCodes.TooLarge, "The file is larger than 20 MB.");
        }

        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file.FullName, ct);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return new ImportedFile(sourceUri, null, FailureCodes.NotFound, "The file could not be read.");
        }

        var document = new NewDocument { Collection = collection, SourceUri = sourceUri, MediaType = mediaType, Bytes = bytes, Class = JobClass.Bulk };
        return await documents.AddAsync(tenant, principals, document, ct) is { } added
            ? new ImportedFile(sourceUri, added, null, null)
            : new ImportedFile(sourceUri, null, FailureCodes.Conflict, "This path is taken in the collection.");
    }
}
