using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace AiApp.Rag.Ingestion.Reading.Tables;

/// <summary>Rows of text with a delimiter, which is found by its regularity.</summary>
internal sealed class CsvReader : IDocumentReader
{
    public string Version => "csv-1";

    public bool CanRead(string mediaType) => mediaType is MediaTypes.Csv or MediaTypes.Tsv;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        var content = TextDecoder.Decode(file.Bytes.Span);
        var delimiter = CsvDelimiter.Find(content);
        if (CsvDelimiter.Declared(content) is { } declared)
        {
            content = content[(content.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            delimiter = declared;
        }

        var text = new CanonicalTextBuilder();
        var table = new SheetTable(text);
        var format = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter.ToString(), BadDataFound = null, HasHeaderRecord = false };
        using var parser = new CsvParser(new StringReader(content), format);
        while (parser.Read())
        {
            ct.ThrowIfCancellationRequested();
            ReadingBounds.CheckColumns(parser.Count);
            var cells = parser.Record ?? [];
            table.Add(cells, i => !double.TryParse(cells[i], NumberStyles.Any, CultureInfo.InvariantCulture, out _));
        }

        table.End();
        return text.ToDocument(null, file.SourceUri, Version);
    }
}
