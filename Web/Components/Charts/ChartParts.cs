using System.Globalization;

namespace AiApp.Web.Components.Charts;

/// <summary>What is told of each column or point: its name, and the class that gives its colour.</summary>
public sealed record ChartSeries(string Name, string Class);

/// <summary>One place of the horizontal axis, with a value for each series; null where there is none.</summary>
public sealed record ChartPlace
{
    public required string Label { get; init; }

    /// <summary>Where there is little room.</summary>
    public required string AxisLabel { get; init; }
    public required IReadOnlyList<double?> Values { get; init; }

    /// <summary>Where it is looked at more closely; null when it cannot be.</summary>
    public string? Href { get; init; }

    public double Sum => Values.Sum(value => value ?? 0);
}

internal static class ChartNumbers
{
    /// <summary>As attributes of SVG have it.</summary>
    public static string Svg(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
