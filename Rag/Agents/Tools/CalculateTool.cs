using System.ComponentModel;
using System.Text.Json;
using AiApp.Rag.Agents.Calculation;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Agents.Tools;

/// <summary>Works out an expression; what it was worked out from decides whether the answer may say it.</summary>
internal sealed class CalculateTool : IAgentTool
{
    public string Name => "calculate";
    public string Description =>
        "Works out an expression of decimals with + - * / % (the remainder) ^ ( ) and min, max, sum, avg, abs, round(value, places). "
        + "Put the numbers in as the passages give them: only then may the answer use the result.";
    public JsonElement Schema => ToolSchema.Of<Arguments>().Element;
    public JsonSchema Checked => ToolSchema.Of<Arguments>();
    public ToolLeave Leave => ToolLeave.None;

    public Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct)
    {
        var result = Calculator.Calculate(arguments.Read<Arguments>().Expression);
        return Task.FromResult(result.Derivation is { } derivation
            ? new ToolResult(derivation.Shown) { Derivation = derivation, Summary = derivation.Shown }
            : ToolResult.Error(result.Fault!));
    }

    private sealed record Arguments
    {
        [Description("Such as 3 * (1250.75 + 80) or round(28 / 12, 2).")]
        public required string Expression { get; init; }
    }
}
