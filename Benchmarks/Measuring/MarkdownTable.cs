using System.Globalization;
using System.Text;

namespace AiApp.Benchmarks.Measuring;

/// <summary>Numbers are written with as many digits as they are worth.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public MarkdownTable Add(params object?[] cells)
    {
        _rows.Add([.. cells.Select(Format)]);
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, columns);
        Write(text, [.. columns.Select((_, i) => i == 0 ? "---" : "---:")]);
        _rows.ForEach(row => Write(text, row));
        return text.ToString();
    }

    public static string Format(object? value) => value switch
    {
        null => "",
        double number when double.IsNaN(number) => "",
        double number => number.ToString(Math.Abs(number) switch { >= 100 => "N0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture),
        Spread spread => $"{Format(spread.Low)}-{Format(spread.High)}",
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static void Write(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
