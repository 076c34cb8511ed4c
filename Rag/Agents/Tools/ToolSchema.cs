using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Agents.Tools;

internal static class ToolSchema
{
    /// <summary>Of arguments that are read as a type of ours.</summary>
    public static JsonSchema Of<T>() => JsonSchema.Of<T>();

    /// <summary>Arguments that were checked by <see cref="Of{T}"/>.</summary>
    public static T Read<T>(this JsonElement arguments) => arguments.Deserialize<T>(JsonSchema.TypeOptions)!;
}
