using System.Runtime.CompilerServices;
using AiApp.Api.Auth;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Documents;

internal static class DocumentEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public static void MapDocuments(this IEndpointRouteBuilder endpoints)
    {
        var documents = endpoints.MapGroup("/documents").WithTags("Documents");
        documents.MapGet("/", ListDocuments).WithName("ListDocuments")
            .WithSummary("Documents, newest change first.")
            .WithDescription("A page at a time: 'next' of a page is the 'cursor' of the following one, also sent as Link: rel=next.")
            .ProducesProblems(ProblemCatalogue.Validation)
            .WithExample(null, new PageDto<DocumentDto> { Items = [Examples.Document], Next = "eyJ1IjoiMjAyNi0wMS0wMSJ9" });
        documents.MapGet("/summary", GetSummary).WithName("GetDocumentSummary")
            .WithSummary("How many documents stand where.")
            .WithExample(null, new DocumentSummaryDto { Waiting = 2, Working = 1, Ready = 120, Failed = 1, Chunks = 2_310 });
        documents.MapGet("/events", WatchDocuments).WithName("WatchDocuments")
            .WithSummary("Documents as they change, as server-sent events named 'document'. Never ends by itself.")
            .Produces<DocumentDto>(200, EventStreamResult.MediaType)
            .WithExample(null, Examples.Document);
        documents.MapGet("/{id:guid}", GetDocument).WithName("GetDocument")
            .WithSummary("A document and the state of its newest upload.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, Examples.Document);
        documents.MapGet("/{id:guid}/text", GetText).WithName("GetDocumentText")
            .WithSummary("The canonical text of one version; of the current one when none is named.")
            .WithDescription("Offsets and lengths, here and in citations, are UTF-16 code units of 'text'.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, Examples.Text);
        documents.MapDelete("/{id:guid}", DeleteDocument).WithName("DeleteDocument")
            .WithSummary("Removes a document with everything made of it, and says what that was; it is not found from then on.")
            .WithDescription("A worker that is ingesting it stops. The counts are those of the statements that removed the rows. Of its files "
                + "those stay that other documents hold too. Answers that were recorded are not shown any more when one of their passages "
                + "stood in it.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, DeletionMapping.Example);
        documents.MapPost("/{id:guid}/retry", RetryDocument).WithName("RetryDocument")
            .WithSummary("Puts a failed or cancelled document back into the queue; any other is returned as it is.")
            .WithDescription($"from={RetryStages.Failed}, as without, begins with the text that was read before, where there is one; "
                + $"from={RetryStages.Reading} reads the file again.")
            .ProducesProblems(ProblemCatalogue.NotFound, ProblemCatalogue.Validation)
            .WithExample(null, Examples.Document with { Status = DocumentStatuses.Waiting, Stage = "received" });
        documents.MapPost("/{id:guid}/cancel", CancelDocument).WithName("CancelDocument")
            .WithSummary("Calls the newest upload of a document back; one that is neither queued nor being ingested is returned as it is.")
            .WithDescription("A worker that has it stops within three seconds. With an older version the document is ready again with that "
                + "version; without one it is cancelled, and can be retried.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, Examples.Document);
        documents.MapTimeline();
        documents.MapReaders();
        documents.MapCheck();
        documents.MapUploads();
        documents.MapImport();
    }

    private static async Task<Results<Ok<PageDto<DocumentDto>>, ProblemResult>> ListDocuments(
        string? cursor, int? limit, string? status, Caller caller, DocumentStore store, HttpResponse response, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new ProblemResult(Problem.Invalid("limit", $"This must be between 1 and {MaxLimit}."));
        }
        if (!DocumentMapping.TryParseStatus(status, out var wanted))
        {
            return new ProblemResult(Problem.Invalid("status", "This must be waiting, working, ready, failed or cancelled."));
        }
        var page = await store.ListAsync(caller.Tenant, caller.Principals, wanted, cursor, limit ?? DefaultLimit, ct);
        if (page.Next is not null)
        {
            response.Headers.Link = $"</api/documents?limit={limit ?? DefaultLimit}&cursor={Uri.EscapeDataString(page.Next)}"
                + (status is null ? "" : $"&status={status}") + ">; rel=\"next\"";
        }
        return TypedResults.Ok(new PageDto<DocumentDto> { Items = [.. page.Items.Select(document => document.ToDto())], Next = page.Next });
    }

    private static async Task<Ok<DocumentSummaryDto>> GetSummary(Caller caller, DocumentStore store, CancellationToken ct) =>
        TypedResults.Ok((await store.SummarizeAsync(caller.Tenant, caller.Principals, ct)).ToDto());

    private static EventStreamResult WatchDocuments(Caller caller, DocumentStore store) =>
        new EventStreamResult(stop => ReadChangesAsync(store.WatchAsync(caller.Tenant, caller.Principals, stop), stop), endless: true);

    private static async Task<Results<Ok<DocumentDto>, ProblemResult>> GetDocument(
        Guid id, Caller caller, DocumentStore store, CancellationToken ct) =>
        await store.FindAsync(caller.Tenant, caller.Principals, id, ct) is { } document ? TypedResults.Ok(document.ToDto()) : Absent();

    private static async Task<Results<Ok<DocumentTextDto>, ProblemResult>> GetText(
        Guid id, long? version, Caller caller, DocumentStore store, CancellationToken ct) =>
        await store.FindTextAsync(caller.Tenant, caller.Principals, id, version, ct) is { } text
            ? TypedResults.Ok(text.ToDto())
            : new ProblemResult(Problem.NotFound("There is no such document, or it has no such version yet."));

    private static async Task<Results<Ok<DeletionReceiptDto>, ProblemResult>> DeleteDocument(
        Guid id, Caller caller, DocumentStore store, CancellationToken ct) =>
        await store.DeleteAsync(caller.Tenant, caller.Principals, id, ct) is { } receipt ? TypedResults.Ok(receipt.ToDto()) : Absent();

    private static async Task<Results<Ok<DocumentDto>, ProblemResult>> CancelDocument(
        Guid id, Caller caller, DocumentStore store, CancellationToken ct) =>
        await store.CancelAsync(caller.Tenant, caller.Principals, id, ct) is { } document ? TypedResults.Ok(document.ToDto()) : Absent();

    private static async Task<Results<Ok<DocumentDto>, ProblemResult>> RetryDocument(
        Guid id, string? from, Caller caller, DocumentStore store, CancellationToken ct)
    {
        if (RetryRules.Check(from) is { } problem)
        {
            return new ProblemResult(problem);
        }
        return await store.RetryAsync(caller.Tenant, caller.Principals, id, RetryRules.ReadsAnew(from), ct) is { } document
            ? TypedResults.Ok(document.ToDto())
            : Absent();
    }

    private static ProblemResult Absent() => Problem.NotFound("There is no document with this id.");

    private static async IAsyncEnumerable<ServerEvent> ReadChangesAsync(
        IAsyncEnumerable<Document> changes, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var document in changes.WithCancellation(ct))
        {
            yield return new("document", document.ToDto());
        }
    }
}
