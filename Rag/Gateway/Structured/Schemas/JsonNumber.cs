using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>A number as exactly as .NET can hold it: decimal where it fits, double elsewhere.</summary>
internal readonly record struct JsonNumber(decimal? Exact, double Rough)
{
    // Steps such as 0.1 have no exact double.
    private const double RoughError = 1e-9;

    public bool IsWhole => Exact is { } exact ? decimal.Truncate(exact) == exact : Math.Floor(Rough) == Rough;

    public static JsonNumber Of(JsonElement number) => new(number.TryGetDecimal(out var exact) ? exact : null, number.GetDouble());

    public static int Compare(JsonNumber left, JsonNumber right) =>
        (left.Exact, right.Exact) is ({ } one, { } other) ? one.CompareTo(other) : left.Rough.CompareTo(right.Rough);

    public bool IsMultipleOf(JsonNumber step)
    {
        if ((Exact, step.Exact) is ({ } exact, { } by and not 0))
        {
            return exact % by == 0;
        }
        var times = Rough / step.Rough;
        return double.IsFinite(times) && Math.Abs(times - Math.Round(times)) <= RoughError * Math.Max(1, Math.Abs(times));
    }
}
