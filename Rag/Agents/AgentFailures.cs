namespace AiApp.Rag.Agents;

/// <summary>Why a run has no answer, besides what a provider's failure or a budget says.</summary>
public static class AgentFailures
{
    /// <summary>Its time or what it may cost is used up.</summary>
    public const string Limit = "agent_limit";

    /// <summary>No model of the route can call tools.</summary>
    public const string NoTools = "no_tools";

    /// <summary>The conversation is too long for every model of the route.</summary>
    public const string TooLong = "too_large";
    public const string Internal = "internal";
}
