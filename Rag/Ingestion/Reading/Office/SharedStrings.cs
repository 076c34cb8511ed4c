using System.Text;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>The texts that the cells of a workbook refer to by number.</summary>
internal static class SharedStrings
{
    // Each costs memory even when it is empty.
    private const int MaxCount = 2_000_000;

    public static List<string> Read(OfficePackage package, string? part, CancellationToken ct)
    {
        var strings = new List<string>();
        var text = new StringBuilder();
        long characters = 0;
        using var xml = part is null ? null : package.Open(part);
        while (xml is not null && xml.Next(ct))
        {
            switch (xml.LocalName)
            {
                case "t" when xml.IsStart():
                    text.Append(xml.ReadText(ct));
                    break;
                case "rPh" when xml.IsStart():
                    xml.SkipElement(ct);
                    break;
                case "si" when xml.IsEnd() || xml.IsEmptyElement:
                    characters += text.Length;
                    if (strings.Count == MaxCount || characters > ReadingBounds.Characters)
                    {
                        throw ReadingBounds.Exceeded($"it has more than {ReadingBounds.Characters:N0} characters of text");
                    }

                    strings.Add(text.ToString());
                    text.Clear();
                    break;
            }
        }

        return strings;
    }
}
