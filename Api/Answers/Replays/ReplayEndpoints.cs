using AiApp.Api.Auth;
using AiApp.Api.Budgets;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Replays;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Answers.Replays;

internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/answers/{id:guid}/replay", Replay).WithTags("Answers").WithName("ReplayAnswer")
            .WithSummary("Answers a recorded question again by its recorded prompt, model and evidence, and tells what is different.")
            .WithDescription("Of an answer that was given to you, while you may read every document behind it. 'evidence=new' retrieves anew. It costs what the "
                + "model costs, borne by your budgets, and is recorded as an answer that is counted and listed with no others. What of the recorded "
                + "state is gone is named in 'missing', and today's stands in; so do the settings of Answering.")
            .ProducesProblems(
                ProblemCatalogue.Validation, ProblemCatalogue.NotFound, ProblemCatalogue.TooLarge, ProblemCatalogue.QuotaExceeded, ProblemCatalogue.ProviderRateLimited,
                ProblemCatalogue.ProviderError, ProblemCatalogue.ProviderTimeout)
            .WithExample(null, ReplayMapping.Example);

    private static async Task<Results<Ok<ReplayDto>, ProblemResult>> Replay(
        Guid id, string? evidence, Caller caller, AnswerReplayer replayer, BearingBudgets budgets, CancellationToken ct)
    {
        if (evidence is not (null or ReplayEvidences.Recorded or ReplayEvidences.New))
        {
            return new ProblemResult(Problem.Invalid("evidence", $"This must be {ReplayEvidences.Recorded} or {ReplayEvidences.New}."));
        }
        var asker = new Question { Tenant = caller.Tenant, Principals = caller.Principals, AskedBy = caller.User, ApiKey = caller.ApiKey, Text = "" };
        if (await replayer.ReplayAsync(asker, id, evidence == ReplayEvidences.New, ct) is not { } replay)
        {
            return new ProblemResult(Problem.NotFound("There is no answer with this id."));
        }
        var told = replay.ToDto(evidence ?? ReplayEvidences.Recorded);
        return TypedResults.Ok(told with { Replay = await budgets.CompleteAsync(told.Replay, caller, ct) });
    }
}
