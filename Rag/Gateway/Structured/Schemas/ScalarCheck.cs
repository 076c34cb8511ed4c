using System.Text.Json;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>Texts and numbers, and the words for what was expected.</summary>
internal static class ScalarCheck
{
    private const int MostChoices = 12;
    private const int MostWords = 200;

    public static void CheckText(SchemaNode schema, string text, Place? place, List<FoundFault> faults)
    {
        if (schema.MinLength is not null || schema.MaxLength is not null)
        {
            // Of Unicode characters, as JSON Schema counts them.
            var length = text.EnumerateRunes().Count();
            if (length < schema.MinLength || length > schema.MaxLength)
            {
                faults.Add(new(place, $"{Range(schema.MinLength, schema.MaxLength)} characters expected"));
            }
        }
        if (schema.Pattern?.Fits(text) is false)
        {
            faults.Add(new(place, $"a text of the pattern {Shorten(schema.PatternText!)} expected"));
        }
        if (schema.Format is { } format && !TextFormats.Fits(format, text))
        {
            faults.Add(new(place, $"{TextFormats.Say(format)} expected"));
        }
    }

    public static void CheckNumber(SchemaNode schema, JsonNumber number, Place? place, List<FoundFault> faults)
    {
        if (schema.Minimum is { } least && JsonNumber.Compare(number, least) < 0)
        {
            faults.Add(new(place, $"a number of at least {Say(least)} expected"));
        }
        if (schema.Maximum is { } most && JsonNumber.Compare(number, most) > 0)
        {
            faults.Add(new(place, $"a number of at most {Say(most)} expected"));
        }
        if (schema.Above is { } above && JsonNumber.Compare(number, above) <= 0)
        {
            faults.Add(new(place, $"a number above {Say(above)} expected"));
        }
        if (schema.Below is { } below && JsonNumber.Compare(number, below) >= 0)
        {
            faults.Add(new(place, $"a number below {Say(below)} expected"));
        }
        if (schema.Step is { } step && !number.IsMultipleOf(step))
        {
            faults.Add(new(place, $"a multiple of {Say(step)} expected"));
        }
    }

    public static string Range(int? least, int? most) => (least, most) switch
    {
        ({ } from, { } to) when from == to => $"exactly {from}",
        ({ } from, { } to) => $"{from} to {to}",
        ({ } from, null) => $"at least {from}",
        (_, { } to) => $"at most {to}",
        _ => "any number of",
    };

    public static string Say(IReadOnlyList<JsonElement> choices) => Shorten(
        string.Join(", ", choices.Take(MostChoices).Select(choice => choice.GetRawText())) + (choices.Count > MostChoices ? ", …" : ""));

    private static string Say(JsonNumber number) => number.Exact is { } exact ? $"{exact}" : $"{number.Rough:R}";

    private static string Shorten(string text) => text.Length <= MostWords ? text : string.Concat(text.AsSpan(0, MostWords), "…");
}
