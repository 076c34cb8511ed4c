using AiApp.Api.Auth;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Documents;

internal static class ImportEndpoint
{
    public static void MapImport(this IEndpointRouteBuilder documents) =>
        documents.MapPost("/import", Import).WithName("ImportFolder")
            .WithSummary("Takes in every readable file below a folder of this machine. Only for a developer on the machine itself.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Forbidden, ProblemCatalogue.NotFound, ProblemCatalogue.UnsupportedMedia)
            .WithExample(new FolderImportRequest { Folder = "/srv/handbook", Collection = "handbook" }, Examples.Upload);

    private static async Task<Results<Accepted<UploadResultDto>, ProblemResult>> Import(
        FolderImportRequest request, Caller caller, FolderImport import, HttpContext context, CancellationToken ct)
    {
        // A path is a way to read any file of the server.
        if (!DevelopmentAccess.IsLocal(context))
        {
            return new ProblemResult(new(ProblemCatalogue.Forbidden) { Detail = "Folders are imported on the machine itself, in development; elsewhere upload files." });
        }
        if (TextRules.CheckCollection(request.Collection) is { } problem)
        {
            return new ProblemResult(problem);
        }
        if (string.IsNullOrWhiteSpace(request.Folder) || !TextRules.IsStorable(request.Folder) || !Path.IsPathFullyQualified(request.Folder))
        {
            return new ProblemResult(Problem.Invalid("folder", "This must be the full path of a folder."));
        }
        if (!Directory.Exists(request.Folder))
        {
            return new ProblemResult(Problem.NotFound("There is no such folder on the machine that the Api runs on."));
        }
        return TypedResults.Accepted((string?)null,
            await import.ImportAsync(caller.Tenant, caller.Principals, request.Folder, request.Collection ?? "default", ct).ToDtoAsync(ct));
    }
}
