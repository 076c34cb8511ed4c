using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Tests.Gateway.Structured;

internal static class Schemas
{
    public static JsonSchema Read(string json)
    {
        Assert.True(JsonSchema.TryRead(Parse(json), out var schema, out var faults), faults.Count > 0 ? $"{faults[0].Path}: {faults[0].Message}" : "");
        return schema;
    }

    public static SchemaFault Refuse(string json)
    {
        Assert.False(JsonSchema.TryRead(Parse(json), out _, out var faults));
        return faults[0];
    }

    /// <summary>"path: message" of each fault.</summary>
    public static string Faults(string schema, string value) =>
        string.Join("; ", Read(schema).FindFaults(Parse(value)).Select(fault => $"{fault.Path}: {fault.Message}"));

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, PlainJson.Options);
        return document.RootElement.Clone();
    }
}
