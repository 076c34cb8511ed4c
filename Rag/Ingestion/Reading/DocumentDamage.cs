using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>What is wrong with a file, by the kind of what its parser threw.</summary>
internal static class DocumentDamage
{
    public static string Describe(Exception exception) => exception switch
    {
        XmlException xml => $"a part of it is not valid XML at line {xml.LineNumber}, column {xml.LinePosition}",
        JsonException json => $"it is not valid JSON at line {json.LineNumber + 1}",
        InvalidDataException or EndOfStreamException => "a part of it is missing or cannot be unpacked",
        RegexMatchTimeoutException => "it takes too long to be read",
        _ => "it does not follow its format",
    };
}
