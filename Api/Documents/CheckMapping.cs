using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;

namespace AiApp.Api.Documents;

internal static class CheckMapping
{
    public static DocumentCheckRequest RequestExample { get; } = new()
    {
        Collection = "handbook",
        Files =
        [
            new()
            {
                Path = "handbook/annual-leave.md",
                SizeBytes = 2_412,
                Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                FirstBytes = [.. "# Annual leave"u8],
            },
            new() { Path = "handbook/logo.png", SizeBytes = 9_120 },
        ],
    };

    public static DocumentCheckDto Example { get; } = new()
    {
        Files =
        [
            new() { SourceUri = "handbook/annual-leave.md", Outcome = CheckOutcomes.Changed, DocumentId = Examples.Document.Id },
            new() { SourceUri = "handbook/logo.png", Outcome = CheckOutcomes.Rejected, Problem = new Problem(ProblemCatalogue.UnsupportedMedia).ToDto() },
        ],
    };

    public static CheckedFileDto ToDto(
        CheckedFileRequest file, FileJudgement judgement, IReadOnlyDictionary<string, KnownFile> byPath, IReadOnlyDictionary<string, KnownFile> byContent)
    {
        var dto = new CheckedFileDto { SourceUri = judgement.SourceUri, Outcome = CheckOutcomes.Rejected, Problem = judgement.Problem?.ToDto() };
        if (judgement.IsRejected)
        {
            return dto;
        }
        var hash = file.Sha256?.ToUpperInvariant();
        if (byPath.GetValueOrDefault(judgement.SourceUri) is { } here)
        {
            return dto with { Outcome = Compare(file, hash, here), DocumentId = here.DocumentId };
        }
        return hash is not null && byContent.GetValueOrDefault(hash) is { } copy
            ? dto with
            {
                Outcome = CheckOutcomes.Duplicate,
                DuplicateOf = new() { DocumentId = copy.DocumentId, Collection = copy.Collection, SourceUri = copy.SourceUri },
            }
            : dto with { Outcome = CheckOutcomes.New };
    }

    private static string Compare(CheckedFileRequest file, string? hash, KnownFile here) =>
        here.Status is DocumentStatus.Failed or DocumentStatus.Cancelled || file.SizeBytes != here.SizeBytes ? CheckOutcomes.Changed
        : hash is null ? CheckOutcomes.Unknown
        : hash == here.Sha256 ? CheckOutcomes.Unchanged
        : CheckOutcomes.Changed;
}
