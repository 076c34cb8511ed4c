namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Counts the bytes that come out of compressed files, over all archives of one upload.</summary>
internal sealed class UnpackingBudget
{
    private long _unpacked;

    /// <exception cref="UnreadableDocumentException">More than an upload may unpack.</exception>
    public void Take(long bytes)
    {
        _unpacked += bytes;
        if (_unpacked > ReadingBounds.UnpackedBytes)
        {
            throw ReadingBounds.Exceeded($"it unpacks to more than {ReadingBounds.UnpackedBytes / (1024 * 1024)} MB");
        }
    }
}
