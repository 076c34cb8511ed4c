using System.Text;
using System.Xml;

namespace AiApp.Rag.Ingestion.Reading.Xml;

/// <summary>XML from strangers, read forwards: without document types, without anything from elsewhere, and not deep without end.</summary>
internal static class BoundedXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ReadingBounds.UnpackedBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // Office programs write characters that XML does not allow; they are dropped from the text later.
        CheckCharacters = false,
        CloseInput = true,
    };

    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, Settings);

    /// <summary>The next node; false at the end.</summary>
    /// <exception cref="InsufficientExecutionStackException">It is nested beyond any real document.</exception>
    public static bool Next(this XmlReader xml, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!xml.Read())
        {
            return false;
        }

        return xml.Depth <= ReadingBounds.XmlDepth ? true : throw new InsufficientExecutionStackException();
    }

    /// <summary>Whether the node is the start of an element; empty elements have no end.</summary>
    public static bool IsStart(this XmlReader xml) => xml.NodeType == XmlNodeType.Element;

    public static bool IsEnd(this XmlReader xml) => xml.NodeType == XmlNodeType.EndElement;

    public static bool IsText(this XmlReader xml) => xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA;

    /// <summary>An attribute by its name without prefix; null without one.</summary>
    public static string? Attribute(this XmlReader xml, string localName)
    {
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == localName)
            {
                var value = xml.Value;
                xml.MoveToElement();
                return value;
            }
        }

        xml.MoveToElement();
        return null;
    }

    /// <summary>Goes to the end of the element that the reader stands on, past all it holds.</summary>
    public static void SkipElement(this XmlReader xml, CancellationToken ct)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        while (xml.Next(ct) && !(xml.IsEnd() && xml.Depth == depth))
        {
        }
    }

    /// <summary>Appends the text node that the reader stands on, piece by piece: it may be larger than any document.</summary>
    public static void AppendText(this XmlReader xml, StringBuilder text)
    {
        var buffer = new char[4096];
        for (int read; (read = xml.ReadValueChunk(buffer, 0, buffer.Length)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > ReadingBounds.Characters)
            {
                throw ReadingBounds.Exceeded($"it has more than {ReadingBounds.Characters:N0} characters of text");
            }
        }
    }

    /// <summary>All text inside of the element that the reader stands on, which it leaves behind.</summary>
    public static string ReadText(this XmlReader xml, CancellationToken ct)
    {
        var text = new StringBuilder();
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Next(ct) && !(xml.IsEnd() && xml.Depth == depth))
            {
                if (xml.IsText())
                {
                    xml.AppendText(text);
                }
            }
        }

        return text.ToString();
    }
}
