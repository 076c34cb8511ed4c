using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Prompts;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>What a model is told besides the caller's own words: the schema where it takes none, and what was wrong.</summary>
internal static class StructuredPrompts
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("structured", "v1");

    // Many templates of open models take one system message, and then user and assistant in turn.
    private const string LeftOut = "(an answer that is not valid)";

    public static IReadOnlyList<ChatMessage> WithSchema(IReadOnlyList<ChatMessage> messages, JsonSchema schema)
    {
        var asked = PromptTemplate.Fill(Prompt.System, ("schema", schema.Text));
        return messages is [{ } first, ..] && first.Role == ChatRole.System
            ? [new(ChatRole.System, $"{first.Text}\n\n{asked}"), .. messages.Skip(1)]
            : [new(ChatRole.System, asked), .. messages];
    }

    public static IReadOnlyList<ChatMessage> Repair(IReadOnlyList<ChatMessage> messages, RejectedAnswer rejected, bool showAnswer) =>
    [
        .. messages,
        new(ChatRole.Assistant, showAnswer && !string.IsNullOrWhiteSpace(rejected.Text) ? rejected.Text : LeftOut),
        new(ChatRole.User, PromptTemplate.Fill(Prompt.User, ("faults", rejected.Reasons))),
    ];
}
