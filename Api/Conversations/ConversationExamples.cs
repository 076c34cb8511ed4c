using AiApp.Api.OpenApi;
using AiApp.Contracts;

namespace AiApp.Api.Conversations;

internal static class ConversationExamples
{
    private static readonly Guid ConversationId = new("0198c0de-7a11-7000-8000-0000000000c0");
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 20, 0, TimeSpan.Zero);

    public static TurnDto First { get; } = new()
    {
        ConversationId = ConversationId,
        Id = new("0198c0de-7a11-7000-8000-0000000000c1"),
        Question = Examples.Answer.Question,
        StandaloneQuestion = Examples.Answer.Question,
        State = TurnStates.Complete,
        CreatedAt = At,
        Answer = Examples.Answer,
    };

    public static TurnRequest Request { get; } = new() { Question = "And part-timers?" };

    public static TurnDto FollowUp { get; } = First with
    {
        Id = new("0198c0de-7a11-7000-8000-0000000000c2"),
        ParentId = First.Id,
        Question = Request.Question,
        StandaloneQuestion = "How many days of annual leave do part-timers have?",
        RewrittenBy = "rules",
        CreatedAt = At.AddMinutes(1),
        Answer = Examples.Answer with { Question = "How many days of annual leave do part-timers have?" },
    };

    public static ConversationDto Empty { get; } = new() { Id = ConversationId, Collection = "handbook", CreatedAt = At, UpdatedAt = At };

    public static ConversationDto Listed { get; } = Empty with { Title = Examples.Answer.Question, UpdatedAt = At.AddMinutes(1) };

    public static ConversationDto Whole { get; } = Listed with { Turns = [First, FollowUp] };
}
