using System.Text.Json;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Agents.Tools;

/// <summary>What a call needs before it is made.</summary>
internal enum ToolLeave
{
    /// <summary>Nothing: it changes nothing and tells nobody.</summary>
    None,

    /// <summary>A person's approval once somebody else's words are in the context: its arguments leave the service.</summary>
    AfterTaint,

    /// <summary>A person's approval, always.</summary>
    Always,
}

/// <summary>A tool that a model may call.</summary>
internal interface IAgentTool
{
    /// <summary>Letters, digits, _ and -; at most 64.</summary>
    string Name { get; }
    string Description { get; }

    /// <summary>Of the arguments, as the model is given it.</summary>
    JsonElement Schema { get; }

    /// <summary>What arguments are checked by; null where a server's own schema holds something that is not known here.</summary>
    JsonSchema? Checked { get; }
    ToolLeave Leave { get; }

    Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct);
}

/// <summary>For whom and in which run a tool is called.</summary>
internal sealed record ToolContext(Guid RunId, AgentTask Task, SeenPassages Seen, int ResultCharacters);

/// <summary>What a tool tells the model.</summary>
internal sealed record ToolResult(string Text)
{
    /// <summary>The model is to know that it did not work.</summary>
    public bool IsError { get; init; }

    /// <summary>Somebody else has written what it says.</summary>
    public bool IsTainted { get; init; }

    /// <summary>It has failed, and nobody knows whether the call was made.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>For whoever looks at the run; without a word of documents.</summary>
    public string? Summary { get; init; }

    /// <summary>Passages that were shown for the first time.</summary>
    public IReadOnlyList<RetrievedChunk> Passages { get; init; } = [];
    public Derivation? Derivation { get; init; }

    public static ToolResult Error(string text) => new(text) { IsError = true };
}
