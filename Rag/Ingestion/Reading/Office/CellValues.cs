using System.Globalization;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>A cell's value as a person would read it, in the invariant culture: dates in ISO 8601, numbers with a point.</summary>
internal sealed class CellValues(IReadOnlyList<string> strings, NumberFormats formats)
{
    public string Show(string value, string? type, int style) => type switch
    {
        "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count ? strings[index] : "",
        "b" => value == "1" ? "TRUE" : value == "0" ? "FALSE" : value,
        "inlineStr" or "str" or "d" or "e" => value,
        _ => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? formats.Show(number, style) : value,
    };
}
