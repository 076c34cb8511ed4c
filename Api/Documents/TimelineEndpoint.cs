using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Documents;

internal static class TimelineEndpoint
{
    // Far more than a document that is looked after has.
    private const int Newest = 200;

    private static readonly DocumentTimelineDto Example = new()
    {
        Events =
        [
            new() { At = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero), Kind = "queued", Attempt = 0 },
            new() { At = new(2026, 1, 1, 9, 0, 1, TimeSpan.Zero), Kind = "started", Attempt = 1 },
            new() { At = new(2026, 1, 1, 9, 0, 3, TimeSpan.Zero), Kind = "postponed", Attempt = 1, Stage = "embedding", Code = "provider_rate_limited" },
            new() { At = new(2026, 1, 1, 9, 0, 8, TimeSpan.Zero), Kind = "started", Attempt = 1 },
            new()
            {
                At = new(2026, 1, 1, 9, 0, 9, TimeSpan.Zero), Kind = "completed", Attempt = 1,
                Stages = new Dictionary<string, double> { ["reading"] = 41.2, ["chunking"] = 1.3, ["embedding"] = 602 },
            },
        ],
    };

    public static void MapTimeline(this IEndpointRouteBuilder documents) =>
        documents.MapGet("/{id:guid}/timeline", GetTimeline).WithName("GetDocumentTimeline")
            .WithSummary("What has become of a document's uploads, oldest first: each attempt with the stage it ended in, why, and when.")
            .WithDescription($"The newest {Newest} events. An attempt that ended in a publication tells the milliseconds of its stages; that of "
                + "embedding is shared by the documents that were embedded by the same call. 'kept' stands in the place of 'reading' where the "
                + "file was not read, because the same readers have read the same file before.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, Example);

    private static async Task<Results<Ok<DocumentTimelineDto>, ProblemResult>> GetTimeline(Guid id, Caller caller, DocumentStore store, CancellationToken ct) =>
        await store.ListEventsAsync(caller.Tenant, caller.Principals, id, Newest, ct) is { } events
            ? TypedResults.Ok(new DocumentTimelineDto { Events = [.. events.Select(ToDto)] })
            : new ProblemResult(Problem.NotFound("There is no document with this id."));

    private static DocumentEventDto ToDto(DocumentEvent told) => new()
    {
        At = told.At,
        Kind = told.Kind,
        Attempt = told.Attempt,
        Stage = told.Stage,
        Code = told.Code,
        Reason = told.Reason,
        Stages = told.Stages,
    };
}
