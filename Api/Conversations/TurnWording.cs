using AiApp.Api.Answers;
using AiApp.Api.Auth;
using AiApp.Api.Budgets;
using AiApp.Api.Http;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Answering;
using AiApp.Rag.Conversations.Turns;
using AiApp.ServiceDefaults;

namespace AiApp.Api.Conversations;

/// <summary>The steps of a turn in the words of <see cref="AnswerEventNames"/>. It outlives the request that it was made in.</summary>
internal static class TurnWording
{
    public static TurnWords For(Caller caller, BearingBudgets budgets, HttpContext context)
    {
        var traceId = ProblemBase.TraceId(context);
        return new()
        {
            Write = (step, ct) => WriteAsync(step, caller, budgets, traceId, ct),
            CodeOf = failure => ProblemMapping.Map(failure, CancellationToken.None).Kind.Code,
        };
    }

    public static ServerEvent ToServerEvent(TurnEvent one) =>
        new(one.Name, new JsonText(one.Json)) { Id = one.Id > 0 ? one.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) : null };

    private static async Task<IReadOnlyList<TurnLine>> WriteAsync(TurnStep step, Caller caller, BearingBudgets budgets, string traceId, CancellationToken ct) => step switch
    {
        TurnStep.Begun { Turn: var turn } => [Line(AnswerEventNames.Turn, new TurnBegunEvent(turn.ConversationId, turn.Id, turn.ParentId))],
        TurnStep.Understood understood => [Line(AnswerEventNames.Understood, new UnderstoodEvent(understood.Question, understood.By))],
        TurnStep.Progressed { Progress: AnswerProgress.StageStarted stage } => [Line(AnswerEventNames.Stage, new StageEvent(stage.Name, stage.ElapsedMs))],
        TurnStep.Progressed { Progress: AnswerProgress.Delta delta } => [Line(AnswerEventNames.Delta, new DeltaEvent(delta.Text))],
        TurnStep.Progressed { Progress: AnswerProgress.Cited cited } => [Line(AnswerEventNames.Citation, cited.Citation.ToDto())],
        TurnStep.Progressed { Progress: AnswerProgress.Completed completed } => Whole(await budgets.CompleteAsync(completed.Answer.ToDto(), caller, ct)),
        TurnStep.Failed { Reason: { } reason } => [Error(ProblemMapping.Map(reason, CancellationToken.None), traceId)],
        TurnStep.Failed failed => [Error(new(ProblemCatalogue.Find(failed.Code) ?? ProblemCatalogue.Internal), traceId)],
        TurnStep.Stopped => [Error(new(ProblemCatalogue.Stopped), traceId)],
        TurnStep.Withheld => [Error(Withheld, traceId)],
        _ => throw new InvalidOperationException("There is no word for this step."),
    };

    public static Problem Withheld { get; } = Problem.NotFound("The answer rests on documents that you may no longer read, or that are gone.");

    private static TurnLine[] Whole(AnswerDto answer) => [Line(AnswerEventNames.Usage, answer.Usage), Line(AnswerEventNames.Done, answer)];

    private static TurnLine Error(Problem problem, string traceId) => Line(AnswerEventNames.Error, problem.ToDto() with { TraceId = traceId });

    private static TurnLine Line(string name, object data) => new(name, EventStreamResult.Json(data));
}
