using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Operations;

internal static class OperationsEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        var operations = endpoints.MapGroup("/operations").WithTags("Operations");
        operations.MapGet("/", GetOperations).WithName("GetOperations")
            .WithSummary("How the service did: questions by outcome, percentiles by stage, tokens and cost by model, errors, and how the models are.")
            .WithDescription("Of the last 24 hours when no range is given, of at most 92 days. Percentiles rest on all questions, or on one of "
                + "'sampledOneIn' when there are many. 'models' tells the present, process by process.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Forbidden)
            .WithExample(null, OperationsExamples.Summary);
        operations.MapGet("/requests", ListRequests).WithName("ListRequests")
            .WithSummary("Requests, newest first: what became of each, how long it took and what it has cost.")
            .WithDescription("What was asked is told only to whoever asked it. A page at a time: 'next' of a page is the 'cursor' of the following "
                + "one, also sent as Link: rel=next.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Forbidden)
            .WithExample(null, new PageDto<RequestDto> { Items = [OperationsExamples.Request], Next = "NjM5MDc2MTY2MjQ" });
        operations.MapGet("/requests/{id:guid}", GetRequest).WithName("GetRequest")
            .WithSummary("Where the time and the money of one request went.")
            .WithDescription("The id of an answer, or a request of the usage ledger.")
            .ProducesProblems(ProblemCatalogue.NotFound, ProblemCatalogue.Forbidden)
            .WithExample(null, OperationsExamples.Detail);
    }

    private static async Task<Results<Ok<OperationsDto>, ProblemResult>> GetOperations(
        DateTimeOffset? from, DateTimeOffset? to, Caller caller, OperationsStore store, IOptions<OperationsOptions> options, TimeProvider clock,
        CancellationToken ct)
    {
        var (range, wrong) = OperationsRules.Read(from, to, clock);
        return (OperationsRules.CheckReader(caller, options.Value) ?? wrong) is { } problem
            ? new ProblemResult(problem)
            : TypedResults.Ok((await store.SummarizeAsync(caller.Tenant, caller.Principals, range, ct)).ToDto());
    }

    private static async Task<Results<Ok<PageDto<RequestDto>>, ProblemResult>> ListRequests(
        [AsParameters] RequestFilter filter, string? cursor, int? limit, Caller caller, RequestStore store, IOptions<OperationsOptions> options,
        TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var (range, wrong) = OperationsRules.Read(filter.From, filter.To, clock);
        var (query, alsoWrong) = OperationsRules.Read(range, filter, cursor, limit);
        if ((OperationsRules.CheckReader(caller, options.Value) ?? wrong ?? alsoWrong) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var page = await store.ListAsync(caller.Tenant, caller.Principals, caller.User, query, ct);
        if (page.Next is not null)
        {
            var others = http.Request.Query.Where(pair => pair.Key != "cursor");
            http.Response.Headers.Link = $"</api/operations/requests{QueryString.Create(others).Add("cursor", page.Next)}>; rel=\"next\"";
        }
        return TypedResults.Ok(new PageDto<RequestDto> { Items = [.. page.Items.Select(request => request.ToDto())], Next = page.Next });
    }

    private static async Task<Results<Ok<RequestDetailDto>, ProblemResult>> GetRequest(
        Guid id, Caller caller, RequestStore store, IOptions<OperationsOptions> options, CancellationToken ct)
    {
        if (OperationsRules.CheckReader(caller, options.Value) is { } problem)
        {
            return new ProblemResult(problem);
        }
        return await store.FindAsync(caller.Tenant, caller.Principals, caller.User, id, ct) is { } detail
            ? TypedResults.Ok(detail.ToDto())
            : new ProblemResult(Problem.NotFound("There is no request with this id."));
    }
}
