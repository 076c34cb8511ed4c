using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>Transport, retries and diagnostics are those of Azure.Core.</summary>
public sealed class BlobClientOptions : ClientOptions;
