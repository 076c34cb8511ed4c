using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Documents;

internal static class ReadersEndpoint
{
    public static void MapReaders(this IEndpointRouteBuilder documents) =>
        documents.MapPut("/{id:guid}/readers", SetReaders).WithName("SetDocumentReaders")
            .WithSummary("Replaces who may read a document, from the next request of anybody on.")
            .WithDescription("For every version of the document and for an upload that is still being ingested. Whoever may read a document may "
                + "do this, and must stay one of its readers.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.NotFound)
            .WithExample(
                new ReadersRequest { Principals = ["group:hr", "user:anna@example.com"] },
                Examples.Document with { Readers = ["group:hr", "user:anna@example.com"] });

    private static async Task<Results<Ok<DocumentDto>, ProblemResult>> SetReaders(
        Guid id, ReadersRequest request, Caller caller, DocumentStore store, CancellationToken ct)
    {
        var (readers, problem) = ReadersRule.Read(request.Principals, caller);
        if (readers is null)
        {
            return new ProblemResult(problem!);
        }
        return await store.SetReadersAsync(caller.Tenant, caller.Principals, id, readers, ct) is { } document
            ? TypedResults.Ok(document.ToDto())
            : new ProblemResult(Problem.NotFound("There is no document with this id."));
    }
}
