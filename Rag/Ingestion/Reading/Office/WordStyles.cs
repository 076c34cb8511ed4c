using System.Globalization;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>What the styles of a Word document make of a paragraph: a heading, an item of a list, or an entry of its table of contents.</summary>
internal sealed class WordStyles
{
    // A chain of styles that are based on each other; longer ones are circles.
    private const int MaxChain = 20;

    private readonly Dictionary<string, Style> _styles = [];

    private sealed record Style(string Name, string? BasedOn, int? Outline, bool? IsList, int Depth);

    public static WordStyles Read(OfficePackage package, string? part, CancellationToken ct)
    {
        var styles = new WordStyles();
        using var xml = part is null ? null : package.Open(part);
        var (id, style) = ("", new Style("", null, null, null, 0));
        while (xml is not null && xml.Next(ct))
        {
            if (!xml.IsStart())
            {
                continue;
            }

            var value = xml.LocalName is "name" or "basedOn" or "outlineLvl" or "numId" or "ilvl" ? xml.Attribute("val") : null;
            style = xml.LocalName switch
            {
                "style" => new Style("", null, null, null, 0),
                "name" => style with { Name = value ?? "" },
                "basedOn" => style with { BasedOn = value },
                "outlineLvl" => style with { Outline = Number(value) },
                "numId" => style with { IsList = value != "0" },
                "ilvl" => style with { Depth = Number(value) ?? 0 },
                _ => style,
            };
            id = xml.LocalName == "style" ? xml.Attribute("styleId") ?? "" : id;
            styles._styles[id] = style;
        }

        return styles;
    }

    /// <summary>1 to 6; 0 for what is no heading.</summary>
    public int HeadingLevel(string? id, int? ownOutline)
    {
        if (ownOutline is { } own)
        {
            return own is >= 0 and < 9 ? Math.Min(6, own + 1) : 0;
        }

        foreach (var style in Chain(id))
        {
            if (style.Name.Equals("title", StringComparison.OrdinalIgnoreCase))
            {
                return 1;
            }

            if (style.Name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && Number(style.Name[8..]) is { } level)
            {
                return Math.Clamp(level, 1, 6);
            }

            if (style.Outline is { } outline)
            {
                return outline is >= 0 and < 9 ? Math.Min(6, outline + 1) : 0;
            }
        }

        return 0;
    }

    /// <summary>-1 for what is no item of a list.</summary>
    public int ListDepth(string? id) => Chain(id).FirstOrDefault(style => style.IsList is not null) is { IsList: true } list ? list.Depth : -1;

    /// <summary>An entry of the table of contents repeats a heading and its page.</summary>
    public bool IsContents(string? id) =>
        Chain(id).Any(style => style.Name.StartsWith("toc ", StringComparison.OrdinalIgnoreCase) && Number(style.Name[4..]) is not null);

    private IEnumerable<Style> Chain(string? id)
    {
        for (var i = 0; i < MaxChain && id is not null && _styles.TryGetValue(id, out var style); i++)
        {
            yield return style;
            id = style.BasedOn;
        }
    }

    public static int? Number(string? value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
