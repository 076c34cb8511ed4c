using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Retrieval;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Search;

internal static class SearchEndpoints
{
    private const int DefaultTop = 10;

    public static void MapSearch(this IEndpointRouteBuilder endpoints)
    {
        var search = endpoints.MapGroup("").WithTags("Search");
        search.MapPost("/search", Search).WithName("Search")
            .WithSummary("Finds passages without writing an answer.")
            .WithDescription("Best passages first, with their rank and score in the lexical and the vector leg.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.QuotaExceeded)
            .WithExample(new SearchRequest { Query = "travel expenses", Top = 5 }, new SearchResultDto
            {
                Passages = [Examples.Passage],
                Stages = [new() { Name = "lexical", DurationMs = 4.1 }, new() { Name = "vector", DurationMs = 6.3 }],
            });
        search.MapExplain();
    }

    private static async Task<Results<Ok<SearchResultDto>, ProblemResult>> Search(
        SearchRequest request, Caller caller, IRetriever retriever, CancellationToken ct)
    {
        if (SearchRules.Check(request.Query, request.Collection, request.Top) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var result = await retriever.RetrieveAsync(
            new RetrievalQuery
            {
                Tenant = caller.Tenant,
                Principals = caller.Principals,
                User = caller.User,
                ApiKey = caller.ApiKey,
                Text = request.Query,
                Collection = request.Collection,
                Top = request.Top ?? DefaultTop,
            },
            ct);
        return TypedResults.Ok(result.ToDto());
    }
}
