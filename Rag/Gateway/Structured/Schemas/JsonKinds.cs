using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>The types of JSON Schema. An integer is a number, too.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    Text = 16,
    List = 32,
    Object = 64,
}

internal static class JsonKindsWords
{
    private static readonly (JsonKinds Kind, string Word)[] Words =
    [
        (JsonKinds.Null, "null"), (JsonKinds.Boolean, "boolean"), (JsonKinds.Integer, "integer"), (JsonKinds.Number, "number"),
        (JsonKinds.Text, "string"), (JsonKinds.List, "array"), (JsonKinds.Object, "object"),
    ];

    public static string All { get; } = string.Join(", ", Words.Select(word => word.Word));

    public static JsonKinds? Parse(string? word) => Words.FirstOrDefault(known => known.Word == word) is { Kind: not JsonKinds.None } found ? found.Kind : null;

    public static string Say(this JsonKinds kinds) => string.Join(" or ", Words.Where(word => kinds.HasFlag(word.Kind)).Select(word => word.Word));

    /// <summary>All that a value is.</summary>
    public static JsonKinds Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonKinds.Object,
        JsonValueKind.Array => JsonKinds.List,
        JsonValueKind.String => JsonKinds.Text,
        JsonValueKind.Number => JsonNumber.Of(value).IsWhole ? JsonKinds.Number | JsonKinds.Integer : JsonKinds.Number,
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Boolean,
        JsonValueKind.Null => JsonKinds.Null,
        _ => JsonKinds.None,
    };
}
