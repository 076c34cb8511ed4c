using Azure.Core.Pipeline;

namespace Azure.Storage.Blobs;

/// <summary>The Blob service and the way to sign in, as a connection string of a storage account says them.</summary>
internal sealed record ConnectionString(Uri BlobEndpoint, HttpPipelinePolicy? Sign, string Sas)
{
    /// <exception cref="FormatException">It is none.</exception>
    public static ConnectionString Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part.Length == 2 ? part[0] : throw new FormatException("Settings must be of the form \"name=value\"."), part => part[1], StringComparer.OrdinalIgnoreCase);
        var account = parts.GetValueOrDefault("AccountName");
        var endpoint = parts.GetValueOrDefault("BlobEndpoint")
            ?? (account is null ? null : $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.blob.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}");
        var key = parts.GetValueOrDefault("AccountKey");
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            ? new(address, account is not null && key is not null ? new SharedKeyPolicy(account, key) : null, parts.GetValueOrDefault("SharedAccessSignature", "").TrimStart('?'))
            : throw new FormatException("No valid combination of account information found.");
    }
}
