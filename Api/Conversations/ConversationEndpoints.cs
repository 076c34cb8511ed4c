using AiApp.Api.Auth;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Conversations;

internal static class ConversationEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private const int MaxTitleLength = 200;

    public static void MapConversations(this IEndpointRouteBuilder endpoints)
    {
        var conversations = endpoints.MapGroup("/conversations").WithTags("Conversations");
        conversations.MapPost("/", Create).WithName("CreateConversation")
            .WithSummary("Begins a conversation, over one collection or all of yours. Only you see it.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia)
            .WithExample(new ConversationRequest { Collection = "handbook" }, ConversationExamples.Empty);
        conversations.MapGet("/", List).WithName("ListConversations")
            .WithSummary("Your conversations, the one spoken in last first, without their turns.")
            .WithDescription("A page at a time: 'next' of a page is the 'cursor' of the following one, also sent as Link: rel=next. One in which nothing was asked is not listed.")
            .ProducesProblems(ProblemCatalogue.Validation)
            .WithExample(null, new PageDto<ConversationDto> { Items = [ConversationExamples.Listed], Next = "NjM5MDc2MTY2MjQ" });
        conversations.MapGet("/{id:guid}", Get).WithName("GetConversation")
            .WithSummary("A conversation with its turns and their answers, all wordings of each question included.")
            .WithDescription("The turns are in the order in which they were asked. What was said is the way from a turn by 'parentId' to the first one. An answer is "
                + "shown while every document behind it may be read; a part of one stands under 'partial' and is never whole.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, ConversationExamples.Whole);
        conversations.MapPatch("/{id:guid}", Rename).WithName("RenameConversation")
            .WithSummary("Gives a conversation another title.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.NotFound)
            .WithExample(new ConversationPatch { Title = "Leave" }, ConversationExamples.Listed with { Title = "Leave" });
        conversations.MapDelete("/{id:guid}", Delete).WithName("DeleteConversation")
            .WithSummary("Removes a conversation; an answer that is being written in it is stopped.")
            .ProducesProblems(ProblemCatalogue.NotFound);
        conversations.MapTurns();
    }

    private static async Task<Results<Created<ConversationDto>, ProblemResult>> Create(
        ConversationRequest request, Caller caller, ConversationStore store, CancellationToken ct)
    {
        if (TextRules.CheckCollection(request.Collection) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var conversation = await store.AddAsync(caller.ToOwner(), request.Collection, ct);
        return TypedResults.Created($"/api/conversations/{conversation.Id}", conversation.ToDto());
    }

    private static async Task<Results<Ok<PageDto<ConversationDto>>, ProblemResult>> List(
        string? cursor, int? limit, Caller caller, ConversationStore store, HttpResponse response, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new ProblemResult(Problem.Invalid("limit", $"This must be between 1 and {MaxLimit}."));
        }
        var page = await store.ListAsync(caller.ToOwner(), cursor, limit ?? DefaultLimit, ct);
        if (page.Next is { } next)
        {
            response.Headers.Link = $"</api/conversations?limit={limit ?? DefaultLimit}&cursor={Uri.EscapeDataString(next)}>; rel=\"next\"";
        }
        return TypedResults.Ok(new PageDto<ConversationDto> { Items = [.. page.Items.Select(conversation => conversation.ToDto())], Next = page.Next });
    }

    private static async Task<Results<Ok<ConversationDto>, ProblemResult>> Get(
        Guid id, Caller caller, ConversationStore store, TurnStore turns, CancellationToken ct) =>
        await store.FindAsync(caller.ToOwner(), id, ct) is { } conversation
            ? TypedResults.Ok(conversation.ToDto(await turns.ListAsync(caller.ToOwner(), id, ct)))
            : Absent();

    private static async Task<Results<Ok<ConversationDto>, ProblemResult>> Rename(
        Guid id, ConversationPatch patch, Caller caller, ConversationStore store, CancellationToken ct)
    {
        var title = patch.Title?.Trim() ?? "";
        if (title.Length is 0 or > MaxTitleLength || title.Any(char.IsControl) || !TextRules.IsStorable(title))
        {
            return new ProblemResult(Problem.Invalid("title", $"A title has 1 to {MaxTitleLength} characters and no control characters."));
        }
        return await store.RenameAsync(caller.ToOwner(), id, title, ct) is { } conversation ? TypedResults.Ok(conversation.ToDto()) : Absent();
    }

    private static async Task<Results<NoContent, ProblemResult>> Delete(Guid id, Caller caller, ConversationStore store, CancellationToken ct) =>
        await store.DeleteAsync(caller.ToOwner(), id, ct) ? TypedResults.NoContent() : Absent();

    private static ProblemResult Absent() => new(Problem.NotFound("There is no conversation of yours with this id."));
}
