using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Agents.Mcp;

namespace AiApp.Rag.Agents;

/// <summary>What a run of the agent may take, and the tools it gets besides its own.</summary>
public sealed class AgentOptions : IValidatableObject
{
    public const string Section = "Agent";

    /// <summary>A model decides what to look up, a tool looks it up, and a model answers.</summary>
    public const int LeastSteps = 3;

    /// <summary>Calls of models and of tools together. A caller may ask for fewer.</summary>
    [Range(LeastSteps, 200, ErrorMessage = "Agent:MaxSteps must be between 3 and 200.")]
    public int MaxSteps { get; set; } = 24;

    /// <summary>Waiting for a person does not count.</summary>
    [Range(5, 86_400, ErrorMessage = "Agent:MaxSeconds must be between 5 and 86400.")]
    public int MaxSeconds { get; set; } = 300;

    /// <summary>For the models of one run, by the configured prices, besides the budgets that bear it.</summary>
    [Range(0.0, 1000.0, ErrorMessage = "Agent:MaxCostDollars must be between 0 and 1000.")]
    public double MaxCostDollars { get; set; } = 1;

    [Range(100, 32_000, ErrorMessage = "Agent:MaxOutputTokens must be between 100 and 32000.")]
    public int MaxOutputTokens { get; set; } = 2000;

    /// <summary>Runs that one process works on at a time.</summary>
    [Range(1, 64, ErrorMessage = "Agent:Places must be between 1 and 64.")]
    public int Places { get; set; } = 8;

    /// <summary>How long a silent process keeps its run. It reports every quarter of this.</summary>
    [Range(1, 3600, ErrorMessage = "Agent:LeaseSeconds must be between 1 and 3600.")]
    public int LeaseSeconds { get; set; } = 20;

    /// <summary>How late a run is taken up at most that another process has left, and how late its reader sees a step of one.</summary>
    [Range(50, 60_000, ErrorMessage = "Agent:PollMs must be between 50 and 60000.")]
    public int PollMs { get; set; } = 1000;

    /// <summary>How long somebody may take to approve a call, and how long an approval can be used.</summary>
    [Range(1, 10_080, ErrorMessage = "Agent:ApprovalMinutes must be between 1 and 10080.")]
    public int ApprovalMinutes { get; set; } = 60;

    /// <summary>Of what one call of a tool tells the model; the rest is left out.</summary>
    [Range(500, 200_000, ErrorMessage = "Agent:ResultCharacters must be between 500 and 200000.")]
    public int ResultCharacters { get; set; } = 12_000;

    /// <summary>A call with longer arguments is not made.</summary>
    [Range(100, 200_000, ErrorMessage = "Agent:ArgumentCharacters must be between 100 and 200000.")]
    public int ArgumentCharacters { get; set; } = 8000;

    /// <summary>Of an IANA time zone, for the tool current_date.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Servers of the Model Context Protocol by names of your choice; nothing else is ever called.</summary>
    public Dictionary<string, McpServerOptions> McpServers { get; set; } = [];

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
    internal TimeSpan Poll => TimeSpan.FromMilliseconds(PollMs);
    internal TimeSpan Approval => TimeSpan.FromMinutes(ApprovalMinutes);
    internal long MaxCost => (long)(MaxCostDollars * 1e9);

    /// <summary>What the caller asks for, within what the configuration allows.</summary>
    public AgentLimits Limit(int? steps, int? seconds, long? cost) =>
        new(Math.Min(steps ?? MaxSteps, MaxSteps), Math.Min(seconds ?? MaxSeconds, MaxSeconds), Math.Min(cost ?? MaxCost, MaxCost));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? [] : new ValidationResult[] { new($"Agent:TimeZone '{TimeZone}' is not known: use a name such as Europe/Stockholm, or UTC.") },
        .. McpServers.SelectMany(server => server.Value.Validate($"{Section}:McpServers:{server.Key}")),
    ];
}
