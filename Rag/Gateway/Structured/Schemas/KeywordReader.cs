using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>The keywords of one schema.</summary>
internal sealed class KeywordReader(SchemaReader reader, SchemaNode node, string path, int depth)
{
    private const string Known =
        "type, properties, required, additionalProperties, items, minItems, maxItems, uniqueItems, enum, const, minLength, maxLength, pattern, format, "
        + "minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, anyOf, oneOf, allOf, $ref, $defs";

    public void Read(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            Read(keyword.Name, keyword.Value);
        }
    }

    private void Read(string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "type":
                node.Kinds = Kinds(value);
                break;
            case "properties":
                ReadNamed(keyword, value, (name, schema) => node.Properties[name] = schema);
                break;
            case "$defs" or "definitions":
                ReadNamed(keyword, value, (_, _) => { });
                break;
            case "required":
                node.Required = Names(value);
                break;
            case "additionalProperties":
                node.Additional = Below(keyword, value);
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                Refuse(keyword, "one schema for all items is expected here, not a list of schemas");
                break;
            case "items":
                node.Items = Below(keyword, value);
                break;
            case "minItems":
                node.MinItems = Count(keyword, value);
                break;
            case "maxItems":
                node.MaxItems = Count(keyword, value);
                break;
            case "uniqueItems":
                node.AreUnique = Flag(keyword, value);
                break;
            case "enum":
                node.Enum = Choices(value);
                break;
            case "const":
                node.Const = value;
                break;
            case "allOf":
                node.AllOf = Branches(keyword, value);
                break;
            case "anyOf":
                node.AnyOf = Branches(keyword, value);
                break;
            case "oneOf":
                node.OneOf = Branches(keyword, value);
                break;
            case "$ref":
                Refer(value);
                break;
            case "title" or "description" or "default" or "example" or "examples" or "$comment" or "deprecated" or "readOnly" or "writeOnly":
                break;
            case "$schema" or "$id" when path.Length == 0:
                break;
            default:
                ReadScalar(keyword, value);
                break;
        }
    }

    private void ReadScalar(string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "minLength":
                node.MinLength = Count(keyword, value);
                break;
            case "maxLength":
                node.MaxLength = Count(keyword, value);
                break;
            case "pattern":
                ReadPattern(value);
                break;
            case "format":
                ReadFormat(value);
                break;
            case "minimum":
                node.Minimum = Number(keyword, value);
                break;
            case "maximum":
                node.Maximum = Number(keyword, value);
                break;
            case "exclusiveMinimum":
                node.Above = Number(keyword, value);
                break;
            case "exclusiveMaximum":
                node.Below = Number(keyword, value);
                break;
            case "multipleOf":
                node.Step = Number(keyword, value);
                if (node.Step is { } step && JsonNumber.Compare(step, new(0, 0)) <= 0)
                {
                    Refuse(keyword, "a number above 0 is expected here");
                }
                break;
            case "nullable":
                Refuse(keyword, "this keyword is not known: write \"type\": [\"string\", \"null\"] instead");
                break;
            default:
                Refuse(Place.Escape(keyword), $"this keyword is not known: remove it, or say it with {Known}");
                break;
        }
    }

    private JsonKinds Kinds(JsonElement value)
    {
        var words = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value };
        var kinds = JsonKinds.None;
        foreach (var word in words)
        {
            if (JsonKindsWords.Parse(word.ValueKind == JsonValueKind.String ? word.GetString() : null) is { } kind)
            {
                kinds |= kind;
            }
            else
            {
                Refuse("type", $"one of {JsonKindsWords.All}, or a list of these, is expected here");
            }
        }
        if (words.Length == 0)
        {
            Refuse("type", "an empty list allows nothing: name at least one type");
        }
        return kinds;
    }

    private void ReadNamed(string keyword, JsonElement value, Action<string, SchemaNode> add)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse(keyword, "an object with a schema for each name is expected here");
            return;
        }
        foreach (var property in value.EnumerateObject())
        {
            add(property.Name, Below($"{keyword}/{Place.Escape(property.Name)}", property.Value));
        }
    }

    private List<string> Names(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            Refuse("required", "a list of the names of properties is expected here");
            return [];
        }
        return [.. value.EnumerateArray().Select(name => name.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    private List<JsonElement> Choices(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Refuse("enum", "a list of at least one value is expected here");
            return [];
        }
        return [.. value.EnumerateArray()];
    }

    private List<SchemaNode> Branches(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Refuse(keyword, "a list of at least one schema is expected here");
            return [];
        }
        return [.. value.EnumerateArray().Select((branch, index) => Below($"{keyword}/{index}", branch))];
    }

    private void Refer(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is ['#', ..] target)
        {
            reader.Refer(node, At("$ref"), target);
        }
        else
        {
            Refuse("$ref", "only schemas within this one can be referred to: put it under $defs and write #/$defs/NAME");
        }
    }

    private void ReadPattern(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse("pattern", "a regular expression is expected here");
            return;
        }
        node.PatternText = value.GetString()!;
        (node.Pattern, var fault) = TextPattern.Create(node.PatternText);
        if (fault is not null)
        {
            Refuse("pattern", fault);
        }
    }

    private void ReadFormat(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && TextFormats.IsKnown(value.GetString()!))
        {
            node.Format = value.GetString();
        }
        else
        {
            Refuse("format", $"this format is not checked: use one of {TextFormats.All}, or pattern");
        }
    }

    private int? Count(string keyword, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }
        Refuse(keyword, "a whole number from 0 is expected here");
        return null;
    }

    private JsonNumber? Number(string keyword, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return JsonNumber.Of(value);
        }
        Refuse(keyword, "a number is expected here");
        return null;
    }

    private bool Flag(string keyword, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(keyword, "true or false is expected here");
        }
        return value.ValueKind == JsonValueKind.True;
    }

    private SchemaNode Below(string keyword, JsonElement schema) => reader.Read(schema, At(keyword), depth + 1);

    private void Refuse(string keyword, string message) => reader.Refuse(At(keyword), message);

    private string At(string keyword) => $"{path}/{keyword}";
}
