using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;

namespace AiApp.Api.Documents;

internal static class UploadMapping
{
    public static UploadDto ToDto(this AddedDocument added, string sourceUri) => new()
    {
        SourceUri = sourceUri,
        Outcome = added.Unchanged ? "unchanged" : "accepted",
        DocumentId = added.DocumentId,
    };

    public static UploadDto Rejected(string sourceUri, Problem problem) =>
        new() { SourceUri = sourceUri, Outcome = "rejected", Problem = problem.ToDto() };

    public static async Task<UploadResultDto> ToDtoAsync(this IAsyncEnumerable<ImportedFile> files, CancellationToken ct)
    {
        var result = new List<UploadDto>();
        await foreach (var file in files.WithCancellation(ct))
        {
            result.Add(file.Added?.ToDto(file.SourceUri) ?? Rejected(
                file.SourceUri,
                new(ProblemCatalogue.Find(file.RejectionCode ?? "") ?? ProblemCatalogue.UnsupportedMedia) { Detail = file.RejectionReason }));
        }
        return new UploadResultDto { Files = result };
    }
}
