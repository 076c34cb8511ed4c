using AiApp.Rag.Documents;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Ingestion;

public sealed record ImportedFile(string SourceUri, AddedDocument? Added, string? RejectionCode, string? RejectionReason);

/// <summary>Adds every readable file below a folder; source URIs are paths relative to it with forward slashes.</summary>
public sealed class FolderImport(DocumentStore documents)
{
    private readonly DocumentStore _documents = documents;

    public IAsyncEnumerable<ImportedFile> ImportAsync(TenantId tenant, string folder, string collection, CancellationToken ct) =>
        throw new NotSupportedException(_documents.GetType().Name);
}
