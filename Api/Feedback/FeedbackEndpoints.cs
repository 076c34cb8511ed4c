using System.Text;
using System.Text.Json;
using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Operations;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Feedback;
using AiApp.Rag.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Feedback;

internal static class FeedbackEndpoints
{
    private const string JsonLines = "application/jsonl";

    public static void MapFeedback(this IEndpointRouteBuilder endpoints)
    {
        var answers = endpoints.MapGroup("/answers/{id:guid}/feedback").WithTags("Feedback");
        answers.MapPut("/", Give).WithName("GiveFeedback")
            .WithSummary("Says whether an answer was good, or why it was bad; replaces what you said of it before.")
            .WithDescription("Only of an answer that was given to you. Whoever runs the service sees the verdict, the reason, the comment and your name. "
                + "A bad verdict also shows them your question, and the answer to those of them who may read every document behind it.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.NotFound)
            .WithExample(FeedbackExamples.Request, FeedbackExamples.Feedback);
        answers.MapDelete("/", Withdraw).WithName("WithdrawFeedback")
            .WithSummary("Takes back what you said of an answer; nobody sees it any more.")
            .ProducesProblems(ProblemCatalogue.NotFound);

        var feedback = endpoints.MapGroup("/feedback").WithTags("Feedback");
        feedback.MapGet("/", List).WithName("ListFeedback")
            .WithSummary("What people said of their answers, newest first; for those who may see the operations.")
            .WithDescription("Of the last 30 days when no range is given, of at most 92. What was asked is told by the candidates alone. A page at a time: "
                + "'next' of a page is the 'cursor' of the following one, also sent as Link: rel=next.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Forbidden)
            .WithExample(null, new PageDto<FeedbackDto> { Items = [FeedbackExamples.Feedback], Next = "NjM5MDc2MTY2MjQ" });
        feedback.MapGet("/candidates", ListCandidates).WithName("ListGoldenCandidates")
            .WithSummary("Bad answers as lines of a golden set, for those who may see the operations.")
            .WithDescription("JSON lines, newest first, as 'Evals -- answers' reads them. A line with 'review' lacks what it says. Answers that were only too "
                + "slow are left out. What an answer said and cited is told while you may read every document behind it. The cursor of the "
                + $"following page is the header {AiAppClient.NextHeader}, also sent as Link: rel=next.")
            .Produces<GoldenCandidateDto>(200, JsonLines)
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Forbidden)
            .WithExample(null, FeedbackExamples.Candidate);
    }

    private static async Task<Results<Ok<FeedbackDto>, ProblemResult>> Give(
        Guid id, FeedbackRequest request, Caller caller, FeedbackStore store, CancellationToken ct)
    {
        if (FeedbackRules.Check(request) is { } problem)
        {
            return new ProblemResult(problem);
        }
        return await store.GiveAsync(caller.Tenant, caller.Principals, caller.User, request.ToFeedback(id), ct) is { } given
            ? TypedResults.Ok(given.ToDto())
            : new ProblemResult(Problem.NotFound("There is no answer of yours with this id."));
    }

    private static async Task<Results<NoContent, ProblemResult>> Withdraw(Guid id, Caller caller, FeedbackStore store, CancellationToken ct) =>
        await store.WithdrawAsync(caller.Tenant, caller.Principals, caller.User, id, ct)
            ? TypedResults.NoContent()
            : new ProblemResult(Problem.NotFound("There is no feedback of yours on this answer."));

    private static async Task<Results<Ok<PageDto<FeedbackDto>>, ProblemResult>> List(
        [AsParameters] FeedbackFilter filter, string? cursor, int? limit, Caller caller, FeedbackStore store, IOptions<OperationsOptions> options,
        TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var (query, wrong) = FeedbackRules.Read(filter, cursor, limit, clock);
        if ((OperationsRules.CheckReader(caller, options.Value) ?? wrong) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var page = await store.ListAsync(caller.Tenant, caller.Principals, query, ct);
        TellNext(http, page.Next);
        return TypedResults.Ok(new PageDto<FeedbackDto> { Items = [.. page.Items.Select(feedback => feedback.ToDto())], Next = page.Next });
    }

    private static async Task<IResult> ListCandidates(
        [AsParameters] FeedbackFilter filter, string? cursor, int? limit, Caller caller, FeedbackStore store, IOptions<OperationsOptions> options,
        TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var (query, wrong) = FeedbackRules.Read(filter, cursor, limit, clock);
        if ((OperationsRules.CheckReader(caller, options.Value) ?? wrong) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var page = await store.ListCandidatesAsync(caller.Tenant, caller.Principals, query, ct);
        TellNext(http, page.Next);
        var lines = page.Items.Select(candidate => JsonSerializer.Serialize(candidate.ToDto(), ProblemResult.Json) + "\n");
        return TypedResults.Text(string.Concat(lines), JsonLines, Encoding.UTF8);
    }

    private static void TellNext(HttpContext http, string? next)
    {
        if (next is not null)
        {
            var others = QueryString.Create(http.Request.Query.Where(pair => pair.Key != "cursor"));
            http.Response.Headers.Link = $"<{http.Request.Path}{others.Add("cursor", next)}>; rel=\"next\"";
            http.Response.Headers[AiAppClient.NextHeader] = next;
        }
    }
}
