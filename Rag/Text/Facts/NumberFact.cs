namespace AiApp.Rag.Text.Facts;

/// <summary>
/// A number with its unit, null without one that is known. "1.750" is one thousand and more in some languages and less than two in others:
/// both readings stand.
/// </summary>
internal sealed record NumberFact(decimal Value, decimal? OtherReading, string? Unit)
{
    /// <summary>Written as a word.</summary>
    public bool IsSpelled { get; init; }

    public bool IsSameValue(NumberFact other) =>
        Value == other.Value || Value == other.OtherReading || (OtherReading is { } reading && (reading == other.Value || reading == other.OtherReading));

    /// <summary>The same value, and not in another unit.</summary>
    public bool Agrees(NumberFact other) => IsSameValue(other) && (Unit is null || other.Unit is null || Unit == other.Unit);
}

/// <summary>A date, as far as it is said. Of "03/04/2026" nobody knows which is the month.</summary>
internal sealed record DateFact(int? Year, int? Month, int? Day)
{
    public bool IsAmbiguous { get; init; }

    /// <summary>What both say is the same.</summary>
    public bool Agrees(DateFact other) =>
        Same(Year, other.Year) && ((Same(Month, other.Month) && Same(Day, other.Day))
            || ((IsAmbiguous || other.IsAmbiguous) && Same(Month, other.Day) && Same(Day, other.Month)));

    private static bool Same(int? one, int? other) => one is null || other is null || one == other;
}
