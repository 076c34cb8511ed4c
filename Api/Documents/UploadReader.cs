using System.Text;
using AiApp.Api.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AiApp.Api.Documents;

/// <summary>A file of an upload: its bytes, or why it is not taken.</summary>
internal sealed record UploadedFile(
    string Collection, string? Readers, string Path, string? DeclaredType, ReadOnlyMemory<byte> Bytes, Problem? Problem);

/// <summary>
/// Reads an upload part by part, one file in memory at a time: <c>collection</c> and <c>readers</c> (once, first),
/// then <c>path</c> and <c>file</c> for each file.
/// </summary>
internal sealed class UploadReader(Stream body, string boundary, UploadOptions limits)
{
    public const string DefaultCollection = "default";
    private const int MaxFieldBytes = 4 * 1024;
    private const int MaxReadersBytes = 64 * 1024;
    private readonly MultipartReader _parts = new(boundary, body);
    private long _total;

    public static string? FindBoundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.ToString()
            : null;

    public async IAsyncEnumerable<UploadedFile> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var collection = DefaultCollection;
        string? readers = null;
        string? path = null;
        while (await _parts.ReadNextSectionAsync(ct) is { } part)
        {
            _ = ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition);
            switch (HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString())
            {
                case "collection":
                    collection = await ReadFieldAsync(part, MaxFieldBytes, ct);
                    break;
                case ReadersRule.Field:
                    readers = await ReadFieldAsync(part, MaxReadersBytes, ct);
                    break;
                case "path":
                    path = await ReadFieldAsync(part, MaxFieldBytes, ct);
                    break;
                case "file":
                    path ??= HeaderUtilities.RemoveQuotes(disposition!.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                    yield return await ReadFileAsync(part, collection, readers, path, ct);
                    path = null;
                    break;
                default:
                    break;
            }
        }
    }

    private static async Task<string> ReadFieldAsync(MultipartSection part, int maxBytes, CancellationToken ct)
    {
        var buffer = new byte[maxBytes + 1];
        var length = await part.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length <= maxBytes
            ? Encoding.UTF8.GetString(buffer, 0, length)
            : throw new BadHttpRequestException("A form field is too long.", StatusCodes.Status413PayloadTooLarge);
    }

    private async Task<UploadedFile> ReadFileAsync(MultipartSection part, string collection, string? readers, string path, CancellationToken ct)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var length = 0L;
        for (int read; (read = await part.Body.ReadAsync(buffer, ct)) > 0;)
        {
            length += read;
            _total += read;
            // What is too large is read to its end nevertheless: the next file comes behind it.
            if (length <= limits.MaxFileBytes && _total <= limits.MaxRequestBytes)
            {
                content.Write(buffer, 0, read);
            }
        }
        var problem = length > limits.MaxFileBytes ? TooLarge($"A file may have {limits.MaxFileBytes >> 20:N0} MB.")
            : _total > limits.MaxRequestBytes ? TooLarge($"One upload may have {limits.MaxRequestBytes >> 20:N0} MB: send the rest in another.")
            : null;
        return new(collection, readers, path, part.ContentType, problem is null ? content.ToArray() : ReadOnlyMemory<byte>.Empty, problem);
    }

    private static Problem TooLarge(string detail) => new(ProblemCatalogue.TooLarge) { Detail = detail };
}
