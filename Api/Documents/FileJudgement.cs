using AiApp.Api.Problems;
using AiApp.Contracts;

namespace AiApp.Api.Documents;

/// <summary>What a file is worth by itself, whatever stands in the collection: its normalised path, and what is wrong with it.</summary>
internal sealed record FileJudgement(string SourceUri, Problem? Problem, bool IsRejected)
{
    public static FileJudgement Of(CheckedFileRequest file, UploadOptions limits)
    {
        var (first, last) = (file.FirstBytes ?? [], file.LastBytes ?? []);
        var (sourceUri, _, problem) = UploadGuard.CheckContent(file.Path, file.MediaType, file.SizeBytes, first);
        if (file.SizeBytes > limits.MaxFileBytes)
        {
            return Reject(sourceUri, new(ProblemCatalogue.TooLarge) { Detail = $"A file may have {limits.MaxFileBytes >> 20:N0} MB." });
        }
        if (LockedContent.IsCertain(first, last))
        {
            return Reject(sourceUri, new(ProblemCatalogue.EncryptedDocument));
        }
        return problem is not null ? Reject(sourceUri, problem)
            : new(sourceUri, LockedContent.IsPossible(first, last) ? MayBeLocked : null, IsRejected: false);
    }

    private static Problem MayBeLocked { get; } = new(ProblemCatalogue.EncryptedDocument)
    {
        Detail = "This PDF has protection. It is read when it opens without a password, and fails otherwise.",
    };

    private static FileJudgement Reject(string sourceUri, Problem problem) => new(sourceUri, problem, IsRejected: true);
}
