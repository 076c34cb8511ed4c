using AiApp.Api.Auth;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Documents;

internal static class CheckEndpoint
{
    private const int MaxFiles = 500;
    private const int MaxEndBytes = 4 * 1024;

    // Both ends of the largest number of files in base64, and their names.
    private const int MaxBodyBytes = 8 * 1024 * 1024;

    public static void MapCheck(this IEndpointRouteBuilder documents) =>
        documents.MapPost("/check", Check).WithName("CheckDocuments")
            .WithSummary("Says what an upload of files would do, before their bytes are sent.")
            .WithDescription("For each file: new, changed, unchanged, duplicate (the same bytes at another path), unknown (no hash was given and "
                + "the size is the same), or rejected with the problem. Only documents that the caller may read are compared: a path that "
                + "belongs to another shows as new, and its upload is refused. Nothing is stored.")
            .WithMetadata(new JsonBodyBytes(MaxBodyBytes))
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge)
            .WithExample(CheckMapping.RequestExample, CheckMapping.Example);

    private static async Task<Results<Ok<DocumentCheckDto>, ProblemResult>> Check(
        DocumentCheckRequest request, Caller caller, KnownFileStore store, IOptions<UploadOptions> limits, CancellationToken ct)
    {
        if (FindProblem(request) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var judged = request.Files.Select(file => (File: file, Judgement: FileJudgement.Of(file, limits.Value))).ToList();
        var open = judged.Where(entry => !entry.Judgement.IsRejected).ToList();
        var byPath = await store.FindByPathAsync(
            caller.Tenant, caller.Principals, request.Collection ?? UploadReader.DefaultCollection, open.Select(entry => entry.Judgement.SourceUri), ct);
        var byContent = await store.FindByContentAsync(
            caller.Tenant, caller.Principals, open.Where(entry => entry.File.Sha256 is not null).Select(entry => Convert.FromHexString(entry.File.Sha256!)), ct);
        return TypedResults.Ok(new DocumentCheckDto { Files = [.. judged.Select(entry => CheckMapping.ToDto(entry.File, entry.Judgement, byPath, byContent))] });
    }

    private static Problem? FindProblem(DocumentCheckRequest request) =>
        TextRules.CheckCollection(request.Collection)
        ?? (request.Files is not { Count: >= 1 and <= MaxFiles } ? Problem.Invalid("files", $"Name 1 to {MaxFiles} files.")
            : request.Files.Any(file => file?.Path is null) ? Problem.Invalid("files", "Each file has a path.")
            : request.Files.Any(file => file.SizeBytes < 0) ? Problem.Invalid("sizeBytes", "A size is not negative.")
            : request.Files.Any(file => file.Sha256 is { } hash && !IsHash(hash)) ? Problem.Invalid("sha256", "A hash has 64 hexadecimal digits.")
            : request.Files.Any(file => file.FirstBytes?.Length > MaxEndBytes || file.LastBytes?.Length > MaxEndBytes)
                ? Problem.Invalid("firstBytes", $"Of each end of a file at most {MaxEndBytes:N0} bytes are looked at.")
            : null);

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);
}
