using AiApp.Rag.Gateway;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Answering.Replays;

/// <summary>What is taken from the record of an earlier answer when its question is answered again.</summary>
public sealed record ReplayPlan
{
    public required Guid Of { get; init; }

    /// <summary>That of today when null.</summary>
    public PromptTemplate? Prompt { get; init; }

    /// <summary>The route of today when null.</summary>
    public ModelName? Model { get; init; }

    /// <summary>Retrieved anew when null.</summary>
    public RetrievalResult? Evidence { get; init; }
}
