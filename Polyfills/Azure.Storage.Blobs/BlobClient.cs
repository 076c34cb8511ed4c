using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Azure.Storage.Blobs;

public sealed class BlobClient
{
    private readonly BlobRequests _requests;

    internal BlobClient(BlobRequests requests, Uri address) => (_requests, Uri) = (requests, address);

    public Uri Uri { get; }

    public async Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(BlobDownloadOptions options, CancellationToken cancellationToken = default)
    {
        var response = await _requests.SendAsync(RequestMethod.Get, Uri, null, buffer: false, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(
            new BlobDownloadStreamingResult(response.ContentStream ?? Stream.Null, new BlobDownloadDetails { ContentType = response.Headers.ContentType }), response);
    }

    /// <summary>Replaces a blob that is there only when <paramref name="overwrite"/> says so, which is all that is ever asked for here.</summary>
    public Task<Response> UploadAsync(BinaryData content, bool overwrite = false, CancellationToken cancellationToken = default) => overwrite
        ? _requests.SendAsync(RequestMethod.Put, Uri, content, buffer: true, cancellationToken)
        : throw new NotSupportedException("The stand-in uploads with overwrite only.");

    public Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        _requests.SendAsync(RequestMethod.Delete, Uri, null, buffer: true, cancellationToken);
}
