using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Prompts;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>What a model is told besides the caller's own words: the schema where it takes none, and what was wrong.</summary>
internal static class StructuredPrompts
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("structured", "v1");

    public static IReadOnlyList<ChatMessage> WithSchema(IReadOnlyList<ChatMessage> messages, JsonSchema schema) =>
        [new(ChatRole.System, PromptTemplate.Fill(Prompt.System, ("schema", schema.Text))), .. messages];

    public static IReadOnlyList<ChatMessage> Repair(IReadOnlyList<ChatMessage> messages, RejectedAnswer rejected, bool showAnswer) =>
    [
        .. messages,
        .. showAnswer ? [new ChatMessage(ChatRole.Assistant, rejected.Text)] : Array.Empty<ChatMessage>(),
        new(ChatRole.User, PromptTemplate.Fill(Prompt.User, ("faults", rejected.Reasons))),
    ];
}
