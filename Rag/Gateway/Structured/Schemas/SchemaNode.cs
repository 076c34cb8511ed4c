using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>One schema within a schema; a keyword that is absent bounds nothing.</summary>
internal sealed class SchemaNode
{
    /// <summary>The schema <c>false</c>.</summary>
    public bool IsNever { get; set; }
    public JsonKinds? Kinds { get; set; }
    public IReadOnlyList<JsonElement>? Enum { get; set; }
    public JsonElement? Const { get; set; }

    public Dictionary<string, SchemaNode> Properties { get; } = new(StringComparer.Ordinal);
    public IReadOnlyList<string> Required { get; set; } = [];
    public SchemaNode? Additional { get; set; }

    public SchemaNode? Items { get; set; }
    public int? MinItems { get; set; }
    public int? MaxItems { get; set; }
    public bool AreUnique { get; set; }

    public int? MinLength { get; set; }
    public int? MaxLength { get; set; }
    public string? PatternText { get; set; }
    public TextPattern? Pattern { get; set; }
    public string? Format { get; set; }

    public JsonNumber? Minimum { get; set; }
    public JsonNumber? Maximum { get; set; }
    public JsonNumber? Above { get; set; }
    public JsonNumber? Below { get; set; }
    public JsonNumber? Step { get; set; }

    public IReadOnlyList<SchemaNode> AllOf { get; set; } = [];
    public IReadOnlyList<SchemaNode> AnyOf { get; set; } = [];
    public IReadOnlyList<SchemaNode> OneOf { get; set; } = [];

    /// <summary>What <c>$ref</c> points to; set when all schemas are read.</summary>
    public SchemaNode? Reference { get; set; }

    /// <summary>Schemas that look at the same value as this one.</summary>
    public IEnumerable<SchemaNode> InPlace => [.. AllOf, .. AnyOf, .. OneOf, .. Reference is null ? Array.Empty<SchemaNode>() : [Reference]];
}
