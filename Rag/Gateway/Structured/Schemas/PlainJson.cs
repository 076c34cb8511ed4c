using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>What JSON allows and two readers understand differently: it is refused before anybody reads it.</summary>
internal static class PlainJson
{
    /// <summary>Deeper than any form that people fill in.</summary>
    public const int MostDepth = 64;

    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = MostDepth };

    /// <summary>The first property that is given twice, text that is no Unicode, or number that no computer holds; null when there is none.</summary>
    public static SchemaFault? FindFault(JsonElement value) => FindFault(value, Place.Root);

    private static SchemaFault? FindFault(JsonElement value, Place? place) => value.ValueKind switch
    {
        JsonValueKind.Object => FindInObject(value, place),
        JsonValueKind.Array => FindInList(value, place),
        JsonValueKind.String when Read(value.GetString) is null => new(Place.ToPointer(place), "the text is not valid Unicode: half of a surrogate pair stands alone"),
        JsonValueKind.Number when !double.IsFinite(value.GetDouble()) => new(Place.ToPointer(place), "the number is larger than any that can be held"),
        _ => null,
    };

    private static SchemaFault? FindInObject(JsonElement value, Place? place)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (Read(() => property.Name) is not { } name)
            {
                return new(Place.ToPointer(place), "the name of a property is not valid Unicode: half of a surrogate pair stands alone");
            }
            var below = new Place(place, name);
            if (!names.Add(name))
            {
                return new(Place.ToPointer(below), "the property is given more than once");
            }
            if (FindFault(property.Value, below) is { } fault)
            {
                return fault;
            }
        }
        return null;
    }

    private static SchemaFault? FindInList(JsonElement value, Place? place)
    {
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (FindFault(item, new(place, index.ToString())) is { } fault)
            {
                return fault;
            }
        }
        return null;
    }

    private static string? Read(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            // How System.Text.Json tells that bytes or escapes are no text.
            return null;
        }
    }
}
