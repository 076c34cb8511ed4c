using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Explain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Search;

/// <summary>Why these passages, and why not that document.</summary>
internal static class ExplainEndpoint
{
    public static void MapExplain(this IEndpointRouteBuilder search) =>
        search.MapGet("/search/explain", Explain).WithName("ExplainSearch")
            .WithSummary("Tells how a search comes to its passages, and which stage dropped a document.")
            .WithDescription("Runs the search and tells each step: ranks and scores in both legs, what each word adds, normalised scores and "
                + "weights, and what was decided after fusion. 'document' is an id or a source URI. Without 'top' the passages are those "
                + "that an answer would be given.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.NotFound, ProblemCatalogue.TooLarge, ProblemCatalogue.QuotaExceeded)
            .WithExample(null, ExplainExample.Explanation);

    private static async Task<Results<Ok<ExplanationDto>, ProblemResult>> Explain(
        string? query, string? collection, string? document, int? top, Caller caller, SearchExplainer explainer,
        IOptions<AnsweringOptions> answering, CancellationToken ct)
    {
        if ((SearchRules.Check(query, collection, top) ?? SearchRules.CheckDocument(document)) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var search = new RetrievalQuery
        {
            Tenant = caller.Tenant,
            Principals = caller.Principals,
            User = caller.User,
            ApiKey = caller.ApiKey,
            Text = query!,
            Collection = collection,
            Top = top ?? answering.Value.Passages,
        };
        if (document is null)
        {
            return TypedResults.Ok((await explainer.ExplainAsync(search, null, ct)).ToDto());
        }
        var named = await explainer.ListDocumentsAsync(search, document, ct);
        return named.Count switch
        {
            1 => TypedResults.Ok((await explainer.ExplainAsync(search, named[0], ct)).ToDto()),
            // Absent and not for this caller are one answer.
            0 => new ProblemResult(Problem.NotFound("There is no such document.")),
            _ => new ProblemResult(Problem.Invalid("document", "Several collections have a document of this source URI: name the collection, or give the id.")),
        };
    }
}
