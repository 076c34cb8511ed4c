using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>One check of a value. Its work is bounded, whatever schema and value are.</summary>
internal sealed class SchemaCheck
{
    private const int MostFaults = 5;

    // References within anyOf can double the work with each level of the value.
    private const int MostSteps = 200_000;

    // Each of them is a few frames of the stack.
    private const int MostDepth = 400;

    private int _steps;
    private bool _gaveUp;

    public IReadOnlyList<SchemaFault> Run(SchemaNode schema, JsonElement value)
    {
        if (PlainJson.FindFault(value) is { } fault)
        {
            return [fault];
        }
        var faults = new List<FoundFault>();
        Check(schema, value, Place.Root, faults, 0);
        return _gaveUp ? [new("", "the value is too large or too deep to be checked")]
            : [.. faults.Take(MostFaults).Select(found => new SchemaFault(Place.ToPointer(found.Place), found.Message))];
    }

    private void Check(SchemaNode schema, JsonElement value, Place? place, List<FoundFault> faults, int depth)
    {
        _gaveUp |= ++_steps > MostSteps || depth > MostDepth;
        if (_gaveUp || faults.Count >= MostFaults)
        {
            return;
        }
        if (schema.IsNever)
        {
            faults.Add(new(place, "nothing is allowed here"));
            return;
        }
        if (schema.Kinds is { } kinds && (kinds & JsonKindsWords.Of(value)) == JsonKinds.None)
        {
            faults.Add(new(place, $"{kinds.Say()} expected") { IsOfKind = true });
            return;
        }
        CheckChoice(schema, value, place, faults);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, place, faults, depth);
                break;
            case JsonValueKind.Array:
                CheckList(schema, value, place, faults, depth);
                break;
            case JsonValueKind.String:
                ScalarCheck.CheckText(schema, value.GetString()!, place, faults);
                break;
            case JsonValueKind.Number:
                ScalarCheck.CheckNumber(schema, JsonNumber.Of(value), place, faults);
                break;
        }
        CheckInPlace(schema, value, place, faults, depth);
    }

    private void CheckChoice(SchemaNode schema, JsonElement value, Place? place, List<FoundFault> faults)
    {
        if (schema.Const is { } constant && !JsonElement.DeepEquals(constant, value))
        {
            faults.Add(new(place, $"{ScalarCheck.Say([constant])} expected"));
        }
        if (schema.Enum is { } choices)
        {
            _steps += choices.Count;
            if (!choices.Any(choice => JsonElement.DeepEquals(choice, value)))
            {
                faults.Add(new(place, $"one of {ScalarCheck.Say(choices)} expected"));
            }
        }
    }

    private void CheckObject(SchemaNode schema, JsonElement value, Place? place, List<FoundFault> faults, int depth)
    {
        _steps += schema.Required.Count;
        foreach (var name in schema.Required.Where(name => !value.TryGetProperty(name, out _)))
        {
            faults.Add(new(new(place, name), "required, and missing"));
        }
        foreach (var property in value.EnumerateObject())
        {
            var below = new Place(place, property.Name);
            if (schema.Properties.TryGetValue(property.Name, out var known))
            {
                Check(known, property.Value, below, faults, depth + 1);
            }
            else if (schema.Additional is { IsNever: true })
            {
                faults.Add(new(below, "no property of this name is allowed"));
            }
            else if (schema.Additional is { } additional)
            {
                Check(additional, property.Value, below, faults, depth + 1);
            }
        }
    }

    private void CheckList(SchemaNode schema, JsonElement value, Place? place, List<FoundFault> faults, int depth)
    {
        var count = value.GetArrayLength();
        if (count < schema.MinItems || count > schema.MaxItems)
        {
            faults.Add(new(place, $"{ScalarCheck.Range(schema.MinItems, schema.MaxItems)} items expected"));
        }
        var seen = schema.AreUnique ? new HashSet<JsonElement>(JsonEquality.Instance) : null;
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var below = new Place(place, index.ToString());
            if (seen?.Add(item) is false)
            {
                faults.Add(new(below, "the same item stands in the list before"));
            }
            if (schema.Items is { } items)
            {
                Check(items, item, below, faults, depth + 1);
            }
        }
    }

    private void CheckInPlace(SchemaNode schema, JsonElement value, Place? place, List<FoundFault> faults, int depth)
    {
        foreach (var all in schema.Reference is { } reference ? [reference, .. schema.AllOf] : schema.AllOf)
        {
            Check(all, value, place, faults, depth + 1);
        }
        if (schema.AnyOf.Count > 0)
        {
            var failed = Try(schema.AnyOf, value, place, depth, stopAtFirst: true);
            if (failed.Count == schema.AnyOf.Count)
            {
                AddNearest(failed, place, faults);
            }
        }
        if (schema.OneOf.Count > 0)
        {
            var failed = Try(schema.OneOf, value, place, depth, stopAtFirst: false);
            if (failed.Count == schema.OneOf.Count)
            {
                AddNearest(failed, place, faults);
            }
            else if (failed.Count < schema.OneOf.Count - 1)
            {
                faults.Add(new(place, $"exactly one of {schema.OneOf.Count} forms expected, and it has several"));
            }
        }
    }

    /// <summary>The faults of each branch that does not fit.</summary>
    private List<List<FoundFault>> Try(IReadOnlyList<SchemaNode> branches, JsonElement value, Place? place, int depth, bool stopAtFirst)
    {
        var failed = new List<List<FoundFault>>();
        foreach (var branch in branches)
        {
            var own = new List<FoundFault>();
            Check(branch, value, place, own, depth + 1);
            if (own.Count > 0)
            {
                failed.Add(own);
            }
            else if (stopAtFirst)
            {
                break;
            }
        }
        return failed;
    }

    /// <summary>Where only one branch is of the value's type, what is wrong there tells more than that none fits.</summary>
    private static void AddNearest(List<List<FoundFault>> failed, Place? place, List<FoundFault> faults)
    {
        var near = failed.Where(own => !own.Any(fault => fault.IsOfKind && fault.Place == place)).ToList();
        faults.AddRange(near is [var only] ? only : [new(place, $"one of {failed.Count} forms expected, and it has none of them")]);
    }
}

internal readonly record struct FoundFault(Place? Place, string Message)
{
    public bool IsOfKind { get; init; }
}
