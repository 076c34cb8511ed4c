using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Agents.Mcp;

/// <summary>A server of the Model Context Protocol, over Streamable HTTP, and which of its tools may be used.</summary>
public sealed class McpServerOptions
{
    /// <summary>Nothing else is fetched, redirects included.</summary>
    public string Url { get; set; } = "";

    /// <summary>Sent as a bearer token; none when empty.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>For one call, connecting included.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Of one response.</summary>
    public int MaxResponseBytes { get; set; } = 1_000_000;

    /// <summary>The allow-list, by the server's names of its tools.</summary>
    public Dictionary<string, McpToolOptions> Tools { get; set; } = [];

    internal IEnumerable<ValidationResult> Validate(string section)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new($"{section}:Url must be an http(s) address such as https://tools.example.com/mcp.");
        }
        if (TimeoutSeconds is < 1 or > 600)
        {
            yield return new($"{section}:TimeoutSeconds must be between 1 and 600.");
        }
        if (MaxResponseBytes is < 1000 or > 50_000_000)
        {
            yield return new($"{section}:MaxResponseBytes must be between 1000 and 50000000.");
        }
        if (Tools.Count == 0)
        {
            yield return new($"{section}:Tools names no tool: list those that may be used.");
        }
        foreach (var wrong in Tools.Where(tool => tool.Value.AllowAfterDocuments && tool.Value.Access != McpToolAccess.ReadOnly))
        {
            yield return new($"{section}:Tools:{wrong.Key}:AllowAfterDocuments is for tools with Access ReadOnly: a call that changes something is always approved by a person.");
        }
    }
}

public enum McpToolAccess
{
    /// <summary>A person approves each call. What the server says about its tool never lowers this.</summary>
    NeedsApproval,

    /// <summary>The operator knows that it changes nothing.</summary>
    ReadOnly,
}

public sealed class McpToolOptions
{
    public McpToolAccess Access { get; set; } = McpToolAccess.NeedsApproval;

    /// <summary>
    /// Of a <see cref="McpToolAccess.ReadOnly"/> one: also after the run has read documents. Its arguments can then carry away what stands
    /// in them without anybody's leave.
    /// </summary>
    public bool AllowAfterDocuments { get; set; }

    /// <summary>What the model is told of it; the server's own words when empty.</summary>
    public string Description { get; set; } = "";
}
