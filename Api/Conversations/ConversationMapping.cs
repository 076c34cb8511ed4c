using AiApp.Api.Answers;
using AiApp.Contracts;
using AiApp.Rag.Conversations;

namespace AiApp.Api.Conversations;

internal static class ConversationMapping
{
    public static ConversationDto ToDto(this Conversation conversation, IEnumerable<Turn>? turns = null) => new()
    {
        Id = conversation.Id,
        Collection = conversation.Collection,
        Title = conversation.Title,
        CreatedAt = conversation.CreatedAt,
        UpdatedAt = conversation.UpdatedAt,
        Turns = [.. turns?.Select(ToDto) ?? []],
    };

    public static TurnDto ToDto(this Turn turn) => new()
    {
        ConversationId = turn.ConversationId,
        Id = turn.Id,
        ParentId = turn.ParentId,
        Question = turn.Question,
        StandaloneQuestion = turn.Standalone,
        RewrittenBy = turn.RewrittenBy,
        State = turn.State switch
        {
            TurnState.Streaming => TurnStates.Streaming,
            TurnState.Complete => TurnStates.Complete,
            TurnState.Failed => TurnStates.Failed,
            TurnState.Stopped => TurnStates.Stopped,
        },
        ErrorCode = turn.ErrorCode,
        CreatedAt = turn.CreatedAt,
        Answer = turn.State == TurnState.Complete ? turn.Answer?.ToDto() : null,
        Partial = turn.State != TurnState.Complete && turn.Answer is { } part ? new(part.Text, [.. part.Citations.Select(AnswerMapping.ToDto)]) : null,
        Withheld = turn.IsWithheld,
    };
}
