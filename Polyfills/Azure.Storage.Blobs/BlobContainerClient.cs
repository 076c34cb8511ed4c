using System.Globalization;
using System.Net;
using System.Xml;
using System.Xml.Linq;
using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

public sealed class BlobContainerClient
{
    private readonly BlobRequests _requests;

    public BlobContainerClient(string connectionString, string blobContainerName, BlobClientOptions options)
    {
        var parsed = ConnectionString.Parse(connectionString);
        Uri = Append(parsed.Sas.Length == 0 ? parsed.BlobEndpoint : new UriBuilder(parsed.BlobEndpoint) { Query = parsed.Sas }.Uri, blobContainerName);
        _requests = new BlobRequests(options, parsed.Sign);
    }

    /// <summary>The address holds a SAS, or the container is open to everybody.</summary>
    public BlobContainerClient(Uri blobContainerUri, BlobClientOptions options) =>
        (Uri, _requests) = (blobContainerUri, new BlobRequests(options, null));

    public BlobContainerClient(Uri blobContainerUri, TokenCredential credential, BlobClientOptions options) =>
        (Uri, _requests) = (blobContainerUri, new BlobRequests(options, BlobRequests.Bearer(credential)));

    public Uri Uri { get; }

    public BlobClient GetBlobClient(string blobName) =>
        new(_requests, Append(Uri, string.Join('/', blobName.Split('/').Select(Uri.EscapeDataString))));

    public AsyncPageable<BlobItem> GetBlobsAsync(GetBlobsOptions options, CancellationToken cancellationToken = default) =>
        new BlobPages((marker, size, ct) => ListAsync(options.Prefix, marker, size, ct), cancellationToken);

    public async Task<Response> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await _requests.SendAsync(RequestMethod.Put, WithQuery("restype=container"), null, buffer: true, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException there) when (there.Status == (int)HttpStatusCode.Conflict)
        {
            return there.GetRawResponse()!;
        }
    }

    private async Task<(IReadOnlyList<BlobItem> Blobs, string? Next, Response Response)> ListAsync(string? prefix, string? marker, int? size, CancellationToken ct)
    {
        var query = "restype=container&comp=list"
            + (prefix is null ? "" : $"&prefix={Uri.EscapeDataString(prefix)}")
            + (string.IsNullOrEmpty(marker) ? "" : $"&marker={Uri.EscapeDataString(marker)}")
            + (size is null ? "" : $"&maxresults={size}");
        var response = await _requests.SendAsync(RequestMethod.Get, WithQuery(query), null, buffer: true, ct).ConfigureAwait(false);
        using var reader = XmlReader.Create(response.Content.ToStream(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var root = XDocument.Load(reader).Root!;
        var next = root.Element("NextMarker")?.Value;
        return ([.. root.Element("Blobs")!.Elements("Blob").Select(Read)], string.IsNullOrEmpty(next) ? null : next, response);
    }

    private static BlobItem Read(XElement blob)
    {
        var name = blob.Element("Name")!;
        var properties = blob.Element("Properties");
        return new BlobItem(
            // Names with characters that XML cannot hold are encoded.
            (bool?)name.Attribute("Encoded") is true ? Uri.UnescapeDataString(name.Value) : name.Value,
            new BlobItemProperties
            {
                ETag = properties?.Element("Etag") is { } tag ? new ETag(tag.Value) : null,
                ContentLength = (long?)properties?.Element("Content-Length"),
                ContentType = (string?)properties?.Element("Content-Type"),
                LastModified = properties?.Element("Last-Modified") is { } modified ? DateTimeOffset.Parse(modified.Value, CultureInfo.InvariantCulture) : null,
            });
    }

    private Uri WithQuery(string query)
    {
        var own = Uri.Query.TrimStart('?');
        return new UriBuilder(Uri) { Query = own.Length == 0 ? query : $"{own}&{query}" }.Uri;
    }

    private static Uri Append(Uri address, string path) => new UriBuilder(address) { Path = address.AbsolutePath.TrimEnd('/') + "/" + path }.Uri;

    private sealed class BlobPages(
        Func<string?, int?, CancellationToken, Task<(IReadOnlyList<BlobItem> Blobs, string? Next, Response Response)>> list, CancellationToken ct) : AsyncPageable<BlobItem>(ct)
    {
        public override async IAsyncEnumerable<Page<BlobItem>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            var marker = continuationToken;
            do
            {
                var page = await list(marker, pageSizeHint, CancellationToken).ConfigureAwait(false);
                marker = page.Next;
                yield return Page<BlobItem>.FromValues(page.Blobs, marker, page.Response);
            }
            while (marker is not null);
        }
    }
}
