namespace AiApp.Rag.Sources;

/// <summary>One kind of source. Connectors hold no state of a run: what has to outlast a call stands with the source.</summary>
internal interface ISourceConnector
{
    bool CanRead(SourceSettings settings);

    /// <summary>
    /// Every item once, as far as it goes without reading items. An enumeration that ends says that there are no others:
    /// what it did not name is deleted.
    /// </summary>
    /// <exception cref="SourceException">The source cannot be listed, or not to its end.</exception>
    IAsyncEnumerable<SourceItem> ListAsync(SourceReading reading, CancellationToken ct);

    /// <exception cref="SourceException">This item cannot be read.</exception>
    Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct);

    /// <summary>Removes what is kept for a source beside the database.</summary>
    void Forget(string cacheKey)
    {
    }
}

/// <summary>A source to be listed and read, and what is known of it.</summary>
internal sealed record SourceReading
{
    /// <summary>Names what a connector keeps for itself, such as a repository's cache.</summary>
    public required string CacheKey { get; init; }
    public required SourceSettings Settings { get; init; }

    /// <summary>Nothing will be read: the listing alone is wanted, to try the settings out.</summary>
    public bool ListsOnly { get; init; }

    /// <summary>The fingerprint of an item at the last run, for connectors that can ask whether it still holds.</summary>
    public Func<string, string?> FindFingerprint { get; init; } = _ => null;
}

internal sealed record SourceItem
{
    /// <summary>Its name in the source: a relative path with forward slashes, or an address.</summary>
    public required string Path { get; init; }

    /// <summary>Equal as long as the content is. Empty where <see cref="Problem"/> says why it is not known.</summary>
    public string Fingerprint { get; init; } = "";
    public long? SizeBytes { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Already here, where listing and reading are one request.</summary>
    public ItemContent? Content { get; init; }

    /// <summary>The item is there and cannot be read now: what is known of it stays.</summary>
    public SourceException? Problem { get; init; }
}

/// <summary>The media type is what the source says; the name decides before it.</summary>
internal sealed record ItemContent(ReadOnlyMemory<byte> Bytes, string? MediaType = null);
