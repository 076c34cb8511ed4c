using System.Text;
using System.Text.Json;

namespace AiApp.Rag.Ingestion.Reading.Tables;

/// <summary>JSON, or several values one after the other: objects as sections of "path: value" lines, lists of objects as rows.</summary>
internal sealed class JsonDocumentReader : IDocumentReader
{
    public string Version => "json-1";
    private const int MaxDepth = 200;

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Json;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        var utf8 = Encoding.UTF8.GetBytes(TextDecoder.Decode(file.Bytes.Span));
        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth, AllowMultipleValues = true };
        var json = new Utf8JsonReader(utf8, options);
        var text = new CanonicalTextBuilder();
        var sections = new JsonSections(text, ct);
        while (json.Read())
        {
            ct.ThrowIfCancellationRequested();
            using var value = JsonDocument.ParseValue(ref json);
            sections.Add(value.RootElement);
        }

        return text.ToDocument(Path.GetFileName(file.SourceUri), file.SourceUri, Version);
    }
}
