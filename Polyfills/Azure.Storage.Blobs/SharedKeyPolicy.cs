using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Blobs;

/// <summary>Signs requests with the account's key: "Authorize with Shared Key" of the REST reference.</summary>
internal sealed class SharedKeyPolicy(string account, string key) : HttpPipelineSynchronousPolicy
{
    private static readonly string[] Signed =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match",
        "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    private readonly byte[] _key = Convert.FromBase64String(key);

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        // Once more for each attempt: a signature holds for a quarter of an hour.
        request.Headers.SetValue("x-ms-date", TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
        var text = new StringBuilder(request.Method.Method).Append('\n');
        foreach (var name in Signed)
        {
            text.Append(Value(request, name)).Append('\n');
        }
        foreach (var header in request.Headers.Where(h => h.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).OrderBy(h => h.Name.ToLowerInvariant(), StringComparer.Ordinal))
        {
            text.Append(header.Name.ToLowerInvariant()).Append(':').Append(header.Value.Trim()).Append('\n');
        }
        text.Append(Resource(request.Uri.ToUri()));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text.ToString())));
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{signature}");
    }

    private static string Value(Request request, string name) => name switch
    {
        "Content-Length" => request.Content?.TryComputeLength(out var length) is true && length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "",
        _ => request.Headers.TryGetValue(name, out var value) ? value ?? "" : "",
    };

    private string Resource(Uri address)
    {
        var text = new StringBuilder("/").Append(account).Append(address.AbsolutePath);
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => (Name: Uri.UnescapeDataString(part[0]).ToLowerInvariant(), Value: part.Length > 1 ? Uri.UnescapeDataString(part[1]) : ""));
        foreach (var (name, value) in parameters.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name).Append(':').Append(value);
        }
        return text.ToString();
    }
}
