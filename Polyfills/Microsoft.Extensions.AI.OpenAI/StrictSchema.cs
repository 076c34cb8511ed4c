using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.Extensions.AI;

/// <summary>
/// Structured outputs accept a subset of JSON schema (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
/// Keywords outside it move into the description, where the model still reads them.
/// </summary>
internal static class StrictSchema
{
    private static readonly string[] Unsupported =
    [
        "contentEncoding", "contentMediaType", "not",
        "minLength", "maxLength", "pattern", "format",
        "minimum", "maximum", "multipleOf",
        "patternProperties",
        "minItems", "maxItems",
        "unevaluatedProperties", "propertyNames", "minProperties", "maxProperties",
        "unevaluatedItems", "contains", "minContains", "maxContains", "uniqueItems",
    ];

    private static readonly AIJsonSchemaTransformCache Cache = new(new AIJsonSchemaTransformOptions
    {
        DisallowAdditionalProperties = true,
        ConvertBooleanSchemas = true,
        MoveDefaultKeywordToDescription = true,
        RequireAllProperties = true,
        TransformSchemaNode = (_, node) => Describe(node),
    });

    public static JsonElement? For(ChatResponseFormatJson format) => Cache.GetOrCreateTransformedSchema(format);

    private static JsonNode Describe(JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        var moved = new StringBuilder();
        foreach (var keyword in Unsupported)
        {
            if (schema[keyword] is { } value && schema.Remove(keyword))
            {
                moved.Append(moved.Length > 0 ? Environment.NewLine : "").Append(keyword).Append(": ").Append(value);
            }
        }

        if (moved.Length > 0)
        {
            var description = schema["description"] is JsonValue told && told.TryGetValue(out string? text) ? text + Environment.NewLine : "";
            schema["description"] = description + moved;
        }

        return schema;
    }
}
