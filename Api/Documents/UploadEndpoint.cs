using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Documents;

internal static class UploadEndpoint
{
    /// <summary>Somebody waits for so few files; more are a load.</summary>
    private const int MostInteractiveFiles = 10;

    public static IHostApplicationBuilder AddUploads(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return builder;
    }

    public static void MapUploads(this IEndpointRouteBuilder documents) =>
        documents.MapPost("/", Upload).WithName("UploadDocuments")
            .WithSummary("Takes files in: durable when this answers, searchable a moment later.")
            .WithDescription("multipart/form-data: optionally 'collection' first, then for each file 'path' (its name below the collection's "
                + "root; collection and path are the document's identity) and 'file'. Each file has an outcome of its own: accepted, "
                + "unchanged, or rejected with a problem. Up to 10 files are ingested before the tenant's larger loads. When every file is rejected, the response is the first one's problem with the list in 'files'.")
            // Counted while reading instead, so that each file gets its answer.
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithMetadata(UploadBody.Instance)
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.StorageFull)
            .WithExample(null, Examples.Upload);

    private static async Task<Results<Accepted<UploadResultDto>, ProblemResult>> Upload(
        HttpRequest request, Caller caller, DocumentStore store, IOptions<UploadOptions> options, CancellationToken ct)
    {
        if (UploadReader.FindBoundary(request.ContentType) is not { } boundary)
        {
            return new ProblemResult(new(ProblemCatalogue.UnsupportedMedia) { Detail = "Send files as multipart/form-data." });
        }
        var files = new List<UploadDto>();
        var jobClass = JobClass.Interactive;
        try
        {
            await foreach (var file in new UploadReader(request.Body, boundary, options.Value).ReadAsync(ct))
            {
                if (files.Count == MostInteractiveFiles)
                {
                    jobClass = JobClass.Bulk;
                    await store.SetClassAsync(caller.Tenant, [.. files.Where(f => f.Outcome == "accepted").Select(f => f.DocumentId!.Value)], jobClass, ct);
                }
                files.Add(await TakeAsync(file, jobClass, caller, store, ct));
            }
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException and not BadHttpRequestException && !ct.IsCancellationRequested)
        {
            return new ProblemResult(new(ProblemCatalogue.Validation) { Detail = "The multipart body is malformed or ends too early.", Files = files });
        }
        return Answer(files);
    }

    private static Results<Accepted<UploadResultDto>, ProblemResult> Answer(List<UploadDto> files) => files switch
    {
        [] => new ProblemResult(Problem.Invalid("file", "The upload holds no part named 'file'.")),
        _ when files.TrueForAll(file => file.Problem is not null) =>
            new ProblemResult(new(ProblemCatalogue.Find(files[0].Problem!.Code!)!) { Detail = files[0].Problem!.Detail, Files = files }),
        _ => TypedResults.Accepted(
            files is [{ DocumentId: { } only }] ? $"/api/documents/{only}" : null, new UploadResultDto { Files = files }),
    };

    private static async Task<UploadDto> TakeAsync(UploadedFile file, JobClass jobClass, Caller caller, DocumentStore store, CancellationToken ct)
    {
        var (document, problem) = UploadGuard.Check(file, caller);
        if (document is null)
        {
            return UploadMapping.Rejected(file.Path, problem!);
        }
        return await store.AddAsync(caller.Tenant, caller.Principals, document with { Class = jobClass }, ct) is { } added
            ? added.ToDto(document.SourceUri)
            // Whose path it is stays untold; that it is taken cannot be hidden from who may write there.
            : UploadMapping.Rejected(document.SourceUri, new(ProblemCatalogue.Conflict) { Detail = "This path is taken in the collection: choose another." });
    }
}
