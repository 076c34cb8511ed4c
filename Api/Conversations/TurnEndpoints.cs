using System.Globalization;
using System.Runtime.CompilerServices;
using AiApp.Api.Auth;
using AiApp.Api.Budgets;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Access;
using AiApp.Rag.Conversations;
using AiApp.Rag.Conversations.Turns;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AiApp.Api.Conversations;

internal static class TurnEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static void MapTurns(this IEndpointRouteBuilder conversations)
    {
        var turns = conversations.MapGroup("/{id:guid}/turns");
        turns.MapPost("/", Add).WithName("AddTurn")
            .WithSummary("Asks a question in a conversation; a follow-up is answered as the question it stands for.")
            .WithDescription("JSON by default. With 'Accept: text/event-stream' the events of POST /api/ask come, each with an id, after 'turn' with the ids and, for a "
                + "follow-up, 'understood' with the question it is answered as. Going away does not end the answer: GET …/events goes on. The same 'id' sent again is the "
                + "same turn. Without 'parent' and 'editOf' the question follows the newest turn.")
            .Produces<TurnDto>(200, "application/json", EventStreamResult.MediaType)
            .ProducesProblems(
                ProblemCatalogue.Validation, ProblemCatalogue.NotFound, ProblemCatalogue.Stopped, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia,
                ProblemCatalogue.QuotaExceeded, ProblemCatalogue.ProviderRateLimited, ProblemCatalogue.ProviderError, ProblemCatalogue.ProviderTimeout)
            .WithExample(ConversationExamples.Request, ConversationExamples.FollowUp);
        turns.MapGet("/{turn:guid}/events", Read).WithName("ReadTurn")
            .WithSummary("The events of a turn's answer, from where the reader left off; in any tab and from any process.")
            .WithDescription("With the header 'Last-Event-ID' those after it. Ends with 'done' and the whole answer, or with 'error': what was streamed before is then not whole.")
            .Produces<TurnDto>(200, EventStreamResult.MediaType)
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, ConversationExamples.FollowUp);
        turns.MapPost("/{turn:guid}/stop", Stop).WithName("StopTurn")
            .WithSummary("Stops an answer wherever it is written; what was written until then is kept as a part.")
            .WithDescription("An answer that has ended stays as it is.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, ConversationExamples.FollowUp with { State = TurnStates.Stopped, Answer = null, Partial = new("Part-timers have", []) });
    }

    private static async Task<IResult> Add(
        Guid id, TurnRequest request, Caller caller, TurnRunner runner, TurnReader reader, TurnStore store, BearingBudgets budgets, HttpContext http, CancellationToken ct)
    {
        if (TextRules.CheckQuestion("question", request.Question) is { } problem)
        {
            return new ProblemResult(problem);
        }
        if (request is { Parent: not null, EditOf: not null })
        {
            return new ProblemResult(Problem.Invalid("editOf", "A question either follows a turn or is another wording of one: leave out parent or editOf."));
        }
        var owner = caller.ToOwner();
        var turn = new NewTurn
        {
            ConversationId = id,
            Id = request.Id ?? Guid.CreateVersion7(),
            Question = request.Question,
            Parent = request.Parent,
            EditOf = request.EditOf,
            IsFresh = request.Fresh,
        };
        var words = TurnWording.For(caller, budgets, http);
        return await runner.StartAsync(owner, turn, words, ct) switch
        {
            TurnStart.Started { Live: var live } when WantsEvents(http.Request) => new EventStreamResult(stop => ToEventsAsync(live.ReadAsync(0, stop), stop)),
            TurnStart.Started { Live: var live } => await WaitAsync(live.ReadAsync(0, ct), owner, turn, store, ct),
            TurnStart.Known { Turn: var known } when WantsEvents(http.Request) => new EventStreamResult(stop => ToEventsAsync(reader.ReadAsync(owner, known, 0, words, stop), stop)),
            TurnStart.Known { Turn: var known } => await WaitAsync(reader.ReadAsync(owner, known, 0, words, ct), owner, turn, store, ct),
            TurnStart.Refused => new ProblemResult(new(ProblemCatalogue.Overloaded) { RetryAfter = RetryAfter }),
            _ => new ProblemResult(Problem.NotFound("There is no conversation of yours with this id, or no such turn in it.")),
        };
    }

    private static async Task<IResult> Read(
        Guid id, Guid turn, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, Caller caller, TurnReader reader, TurnStore store, BearingBudgets budgets, HttpContext http,
        CancellationToken ct)
    {
        var owner = caller.ToOwner();
        if (await store.FindAsync(owner, id, turn, ct) is not { } found)
        {
            return Absent();
        }
        // Another's id, or none, is the beginning: events that are read twice do no harm, as the last one holds the whole.
        var after = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new EventStreamResult(stop => ToEventsAsync(reader.ReadAsync(owner, found, after, TurnWording.For(caller, budgets, http), stop), stop));
    }

    private static async Task<Results<Ok<TurnDto>, ProblemResult>> Stop(
        Guid id, Guid turn, Caller caller, TurnStopper stopper, CancellationToken ct) =>
        await stopper.StopAsync(caller.ToOwner(), id, turn, ct) is { } stopped ? TypedResults.Ok(stopped.ToDto()) : Absent();

    /// <summary>To the end of the events; then the record tells.</summary>
    private static async Task<IResult> WaitAsync(IAsyncEnumerable<TurnEvent> events, Owner owner, NewTurn turn, TurnStore store, CancellationToken ct)
    {
        await foreach (var _ in events.WithCancellation(ct))
        {
        }
        return await store.FindAsync(owner, turn.ConversationId, turn.Id, ct) switch
        {
            { State: TurnState.Complete, IsWithheld: false } complete => TypedResults.Ok(complete.ToDto()),
            { State: TurnState.Complete } => new ProblemResult(TurnWording.Withheld),
            { State: TurnState.Failed, ErrorCode: { } code } => new ProblemResult(new(ProblemCatalogue.Find(code) ?? ProblemCatalogue.Internal)),
            { State: TurnState.Stopped } => new ProblemResult(new(ProblemCatalogue.Stopped)),
            // Its end could not be recorded.
            { } => new ProblemResult(new(ProblemCatalogue.DatabaseUnavailable)),
            null => Absent(),
        };
    }

    private static async IAsyncEnumerable<ServerEvent> ToEventsAsync(IAsyncEnumerable<TurnEvent> events, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in events.WithCancellation(ct))
        {
            yield return TurnWording.ToServerEvent(one);
        }
    }

    private static bool WantsEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(EventStreamResult.MediaType, StringComparison.OrdinalIgnoreCase);

    private static ProblemResult Absent() => new(Problem.NotFound("There is no such turn in a conversation of yours."));
}
