namespace Azure.Storage.Blobs.Models;

public sealed class GetBlobsOptions
{
    public string? Prefix { get; set; }
}

public sealed class BlobDownloadOptions;

public sealed class BlobItem
{
    internal BlobItem(string name, BlobItemProperties properties) => (Name, Properties) = (name, properties);

    public string Name { get; }
    public BlobItemProperties Properties { get; }
}

public sealed class BlobItemProperties
{
    internal BlobItemProperties()
    {
    }

    public ETag? ETag { get; internal init; }
    public long? ContentLength { get; internal init; }
    public DateTimeOffset? LastModified { get; internal init; }
    public string? ContentType { get; internal init; }
}

public sealed class BlobDownloadDetails
{
    internal BlobDownloadDetails()
    {
    }

    public string? ContentType { get; internal init; }
}

public sealed class BlobDownloadStreamingResult : IDisposable
{
    internal BlobDownloadStreamingResult(Stream content, BlobDownloadDetails details) => (Content, Details) = (content, details);

    public Stream Content { get; }
    public BlobDownloadDetails Details { get; }

    public void Dispose() => Content.Dispose();
}
