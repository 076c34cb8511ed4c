using AiApp.Api.Auth;
using AiApp.Api.Budgets;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Answering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Answers;

internal static class AnswerEndpoints
{
    public static void MapAnswers(this IEndpointRouteBuilder endpoints)
    {
        var answers = endpoints.MapGroup("").WithTags("Answers");
        answers.MapPost("/ask", Ask).WithName("Ask")
            .WithSummary("Answers a question from the caller's documents, with checked citations.")
            .WithDescription("JSON by default. With 'Accept: text/event-stream' the answer is streamed as server-sent events: stage, "
                + "citation, delta and usage while it comes to be, then done with the whole answer, or error with a problem.")
            .Produces<AnswerDto>(200, "application/json", EventStreamResult.MediaType)
            .ProducesProblems(
                ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.QuotaExceeded, ProblemCatalogue.ProviderRateLimited,
                ProblemCatalogue.ProviderError, ProblemCatalogue.ProviderTimeout)
            .WithExample(new AskRequest { Question = Examples.Answer.Question, Collection = "handbook" }, Examples.Answer);
        answers.MapGet("/answers/{id:guid}", GetAnswer).WithName("GetAnswer")
            .WithSummary("An answer as it was given: to whoever asked, while they may read every document behind it.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, Examples.Answer);
    }

    private static async Task<IResult> Ask(AskRequest request, Caller caller, AnswerPipeline pipeline, BearingBudgets budgets, HttpRequest http, CancellationToken ct)
    {
        if ((TextRules.CheckQuestion("question", request.Question) ?? TextRules.CheckCollection(request.Collection)) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var question = new Question
        {
            Tenant = caller.Tenant,
            Principals = caller.Principals,
            Text = request.Question,
            Collection = request.Collection,
            AskedBy = caller.User,
            ApiKey = caller.ApiKey,
            IsFresh = request.Fresh,
        };
        return WantsEvents(http)
            ? new EventStreamResult(stop => AnswerStream.ReadAsync(pipeline.AnswerAsync(question, stop), answer => budgets.CompleteAsync(answer, caller, stop), stop))
            : TypedResults.Ok(await budgets.CompleteAsync((await pipeline.CompleteAsync(question, ct)).ToDto(), caller, ct));
    }

    private static async Task<Results<Ok<AnswerDto>, ProblemResult>> GetAnswer(Guid id, Caller caller, AnswerStore store, CancellationToken ct) =>
        await store.FindAsync(caller.Tenant, caller.Principals, caller.User, id, ct) is { } answer
            ? TypedResults.Ok(answer.ToDto())
            : new ProblemResult(Problem.NotFound("There is no answer with this id."));

    private static bool WantsEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(EventStreamResult.MediaType, StringComparison.OrdinalIgnoreCase);
}
