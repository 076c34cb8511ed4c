using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>A JSON schema all of whose keywords are checked.</summary>
public sealed class JsonSchema
{
    /// <summary>How the types of <see cref="Of{T}"/> are written and read.</summary>
    internal static readonly JsonSerializerOptions TypeOptions = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    // Into a prompt or a request, never into a page: letters stay letters.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSchemaExporterOptions Export = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    private JsonSchema(SchemaNode root, JsonElement element)
    {
        (Root, Element, Text) = (root, element, element.GetRawText());
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    internal SchemaNode Root { get; }
    internal JsonElement Element { get; }

    /// <summary>As it was given, without white space between its parts.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of <see cref="Text"/>.</summary>
    public string Hash { get; }

    /// <summary>What providers take as a schema of their own.</summary>
    internal bool IsOfObjects => Root.Kinds == JsonKinds.Object;

    /// <summary>False with a few faults when something in it is not known, contradicts JSON Schema or cannot be bounded.</summary>
    public static bool TryRead(JsonElement schema, [NotNullWhen(true)] out JsonSchema? read, out IReadOnlyList<SchemaFault> faults)
    {
        read = null;
        if (PlainJson.FindFault(schema) is { } fault)
        {
            faults = [fault];
            return false;
        }
        var reader = new SchemaReader();
        var root = reader.Read(schema);
        faults = reader.Faults;
        if (faults.Count > 0)
        {
            return false;
        }
        read = new(root, JsonSerializer.SerializeToElement(schema, Compact));
        return true;
    }

    /// <summary>The schema of a type of ours.</summary>
    internal static JsonSchema Of<T>() => OfType<T>.Schema;

    /// <summary>What is wrong with the value, a few faults at most; none when it is valid.</summary>
    internal IReadOnlyList<SchemaFault> FindFaults(JsonElement value) => new SchemaCheck().Run(Root, value);

    /// <summary>A <see cref="DescriptionAttribute"/> of a property is what the model reads about it.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var told = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true).OfType<DescriptionAttribute>().FirstOrDefault();
        if (told is not null && node is JsonObject schema)
        {
            schema["description"] = told.Description;
        }
        return node;
    }

    private static class OfType<T>
    {
        public static readonly JsonSchema Schema = TryRead(
            JsonSerializer.SerializeToElement(TypeOptions.GetJsonSchemaAsNode(typeof(T), Export)), out var schema, out var faults)
            ? schema
            : throw new InvalidOperationException($"{typeof(T).Name} cannot be asked for: {faults[0].Path} {faults[0].Message}.");
    }
}
