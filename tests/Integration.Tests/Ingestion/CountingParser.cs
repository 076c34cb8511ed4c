using AiApp.Rag.Ingestion.Parsing;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Integration.Tests.Ingestion;

/// <summary>The product's own, in this process; tells what it was given to read.</summary>
internal sealed class CountingParser(InProcessParser parser) : IDocumentParser
{
    private readonly List<string> _read = [];

    public IReadOnlyList<string> Read
    {
        get
        {
            lock (_read)
            {
                return [.. _read];
            }
        }
    }

    public Task<ReadDocument> ParseAsync(ReadOnlyMemory<byte> bytes, string sourceUri, string mediaType, CancellationToken ct)
    {
        lock (_read)
        {
            _read.Add(sourceUri);
        }
        return parser.ParseAsync(bytes, sourceUri, mediaType, ct);
    }
}
