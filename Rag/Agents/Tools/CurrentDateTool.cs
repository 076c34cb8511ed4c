using System.Globalization;
using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents.Tools;

/// <summary>Today, in the time zone of the configuration.</summary>
internal sealed class CurrentDateTool(IOptions<AgentOptions> options, TimeProvider clock) : IAgentTool
{
    public string Name => "current_date";
    public string Description => "Says the date, the weekday and the time of now.";
    public JsonElement Schema => ToolSchema.Of<Arguments>().Element;
    public JsonSchema Checked => ToolSchema.Of<Arguments>();
    public ToolLeave Leave => ToolLeave.None;

    public Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var text = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}, {now:dddd}, {now:HH:mm} ({options.Value.TimeZone})");
        // A year may be counted with: it stands in no document.
        return Task.FromResult(new ToolResult(text) { Summary = $"{now:yyyy-MM-dd}", Derivation = new("the current year", now.Year, []) });
    }

    private sealed record Arguments;
}
