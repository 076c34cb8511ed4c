using System.Globalization;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Which styles of a workbook show a number as a date, a time or a percentage (ECMA-376 part 1, 18.8.30).</summary>
internal sealed class NumberFormats
{
    private const int MaxStyles = 100_000;
    // Excel shows 15 digits; the 16th and 17th are what binary fractions leave.
    private const string Digits = "G15";

    private readonly List<Kind> _styles = [];
    private bool _from1904;

    private enum Kind
    {
        Number,
        Percent,
        Date,
        Time,
        DateTime,
        Duration,
    }

    public static NumberFormats Read(OfficePackage package, string? part, bool from1904, CancellationToken ct)
    {
        var formats = new NumberFormats { _from1904 = from1904 };
        var codes = new Dictionary<int, string>();
        var inCells = false;
        using var xml = part is null ? null : package.Open(part);
        while (xml is not null && xml.Next(ct))
        {
            if (xml.LocalName == "cellXfs")
            {
                inCells = xml.IsStart() && !xml.IsEmptyElement;
            }
            else if (xml.IsStart() && xml.LocalName == "numFmt" && WordStyles.Number(xml.Attribute("numFmtId")) is { } id)
            {
                codes[id] = xml.Attribute("formatCode") ?? "";
            }
            else if (xml.IsStart() && xml.LocalName == "xf" && inCells && formats._styles.Count < MaxStyles)
            {
                var format = WordStyles.Number(xml.Attribute("numFmtId")) ?? 0;
                formats._styles.Add(codes.TryGetValue(format, out var code) ? OfCode(code) : OfBuiltIn(format));
            }
        }

        return formats;
    }

    public string Show(double number, int style)
    {
        var kind = style >= 0 && style < _styles.Count ? _styles[style] : Kind.Number;
        return kind switch
        {
            Kind.Percent => (number * 100).ToString(Digits, CultureInfo.InvariantCulture) + "%",
            Kind.Duration when Math.Abs(number) < 1_000_000 => ShowDuration(number),
            Kind.Date or Kind.Time or Kind.DateTime when Date(number) is { } date => date.ToString(
                kind switch
                {
                    Kind.Date => "yyyy-MM-dd",
                    Kind.Time => "HH:mm:ss",
                    _ => date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
                },
                CultureInfo.InvariantCulture),
            _ => number.ToString(Digits, CultureInfo.InvariantCulture),
        };
    }

    private static string ShowDuration(double days)
    {
        var seconds = (long)Math.Round(Math.Abs(days) * 86400);
        return string.Create(CultureInfo.InvariantCulture, $"{(days < 0 ? "-" : "")}{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    /// <summary>Days since the last of 1899 but one, or since the first of 1904; null for what Excel could not show either.</summary>
    private DateTime? Date(double days)
    {
        if (days is < 0 or >= 2_958_466)
        {
            return null;
        }

        // Excel counts a 29th of February 1900 that never was.
        var start = _from1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, days is >= 1 and < 60 ? 31 : 30);
        var seconds = Math.Round(days * 86400);
        return seconds <= (DateTime.MaxValue - start).TotalSeconds ? start.AddSeconds(seconds) : null;
    }

    private static Kind OfBuiltIn(int id) => id switch
    {
        9 or 10 => Kind.Percent,
        >= 14 and <= 17 or >= 27 and <= 31 or 36 or >= 50 and <= 54 or 57 or 58 => Kind.Date,
        >= 18 and <= 21 or >= 32 and <= 35 or 45 or 47 or 55 or 56 => Kind.Time,
        22 => Kind.DateTime,
        46 => Kind.Duration,
        _ => Kind.Number,
    };

    /// <summary>By the letters of the first section that are neither quoted nor escaped. An m is a month beside a year or a day.</summary>
    private static Kind OfCode(string code)
    {
        var (date, time, percent, quoted) = (false, false, false, false);
        for (var i = 0; i < code.Length && (quoted || code[i] != ';'); i++)
        {
            var c = char.ToLowerInvariant(code[i]);
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is '\\' or '_' or '*')
            {
                i++;
            }
            else if (!quoted && c == '[')
            {
                var end = code.IndexOf(']', i);
                if (end > i + 1 && code[(i + 1)..end].All(letter => letter is 'h' or 'H' or 'm' or 'M' or 's' or 'S'))
                {
                    return Kind.Duration;
                }

                i = end < 0 ? code.Length : end;
            }
            else if (!quoted)
            {
                date |= c is 'y' or 'd';
                time |= c is 'h' or 's';
                percent |= c == '%';
            }
        }

        date |= !time && code.Equals("mmm", StringComparison.OrdinalIgnoreCase) || (!time && code.Equals("mmmm", StringComparison.OrdinalIgnoreCase));
        return (date, time) switch
        {
            (true, true) => Kind.DateTime,
            (true, false) => Kind.Date,
            (false, true) => Kind.Time,
            _ => percent ? Kind.Percent : Kind.Number,
        };
    }
}
