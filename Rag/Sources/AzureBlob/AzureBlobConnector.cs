using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AiApp.Rag.Sources.Web;
using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources.AzureBlob;

/// <summary>The blobs of a container, below a prefix when there is one. The fingerprint is the ETag.</summary>
internal sealed partial class AzureBlobConnector : ISourceConnector
{
    // The service's identity is shown to storage accounts of Azure only: another host could keep the token.
    private static readonly string[] AzureSuffixes = [".blob.core.windows.net", ".blob.core.usgovcloudapi.net", ".blob.core.chinacloudapi.cn"];

    private readonly Secrets _secrets;
    private readonly SourcesOptions _options;
    private readonly HttpClientTransport _transport;
    private readonly Lazy<DefaultAzureCredential> _identity = new(() => new DefaultAzureCredential());

    public AzureBlobConnector(GuardedHttp http, Secrets secrets, IOptions<SourcesOptions> options) =>
        (_secrets, _options, _transport) = (secrets, options.Value, new HttpClientTransport(http.Client));

    public bool CanRead(SourceSettings settings) => settings is AzureBlobSettings;

    public async IAsyncEnumerable<SourceItem> ListAsync(SourceReading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        var settings = (AzureBlobSettings)reading.Settings;
        await using var blobs = Open(settings).GetBlobsAsync(new GetBlobsOptions { Prefix = settings.Prefix }, ct).GetAsyncEnumerator(ct);
        while (await AskAsync(async () => await blobs.MoveNextAsync(), ct))
        {
            var blob = blobs.Current;
            // Accounts with folders list these as blobs without content.
            if (!blob.Name.EndsWith('/'))
            {
                yield return new SourceItem
                {
                    Path = blob.Name,
                    Fingerprint = blob.Properties.ETag?.ToString() ?? "",
                    SizeBytes = blob.Properties.ContentLength,
                    ModifiedAt = blob.Properties.LastModified,
                };
            }
        }
    }

    public Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct) => AskAsync(async () =>
    {
        using var blob = (await Open((AzureBlobSettings)reading.Settings).GetBlobClient(item.Path).DownloadStreamingAsync(new BlobDownloadOptions(), ct)).Value;
        var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await blob.Content.ReadAsync(buffer, ct)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > _options.MaxItemBytes)
            {
                throw new SourceException(SourceCodes.TooLarge, $"The blob is larger than {_options.MaxItemBytes >> 20:N0} MB (Sources:MaxItemBytes).");
            }
        }
        return new ItemContent(content.ToArray(), blob.Details.ContentType);
    }, ct);

    /// <summary>A secret says itself where it belongs, and is sent nowhere else.</summary>
    private BlobContainerClient Open(AzureBlobSettings settings)
    {
        if (!ContainerName().IsMatch(settings.Container))
        {
            throw new SourceException(SourceCodes.Validation, "A container's name has 3 to 63 lower-case letters, digits and single hyphens.", setting: "container");
        }
        var options = new BlobClientOptions { Transport = _transport, Retry = { MaxRetries = 2, MaxDelay = TimeSpan.FromSeconds(2), NetworkTimeout = _options.ItemTimeout } };
        var address = settings.AccountUrl is null ? null : Parse(settings.AccountUrl);
        return _secrets.Find(settings.Secret) switch
        {
            null when address is null => throw new SourceException(SourceCodes.Validation, "Give the address of the account, or the name of a secret that holds it.", setting: "accountUrl"),
            null => OpenAsService(Container(address, settings.Container), options),
            var secret when Uri.TryCreate(secret, UriKind.Absolute, out var sas) && WebFetch.IsAddress(sas) => new BlobContainerClient(Container(Same(sas, address), settings.Container), options),
            var secret => OpenByConnectionString(secret, settings.Container, options, address),
        };
    }

    private BlobContainerClient OpenAsService(Uri container, BlobClientOptions options) =>
        !_options.AzureIdentity
            ? throw new SourceException(SourceCodes.Forbidden, "The service's own identity is not used for sources: name a secret, or whoever runs the service sets Sources:AzureIdentity.", setting: "secret")
        : container.Scheme != Uri.UriSchemeHttps || !Array.Exists(AzureSuffixes, suffix => container.Host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            ? throw new SourceException(SourceCodes.Validation, "The service's identity is shown to storage accounts of Azure only: https://NAME.blob.core.windows.net.", setting: "accountUrl")
        : new BlobContainerClient(container, _identity.Value, options);

    private static BlobContainerClient OpenByConnectionString(string secret, string container, BlobClientOptions options, Uri? address)
    {
        try
        {
            var client = new BlobContainerClient(secret, container, options);
            Same(client.Uri, address);
            return client;
        }
        catch (FormatException failure)
        {
            throw new SourceException(SourceCodes.Validation, "The secret is neither a connection string nor the address of an account or container with its SAS.", failure, "secret");
        }
    }

    private static Uri Same(Uri secret, Uri? address) => address is null || address.Authority.Equals(secret.Authority, StringComparison.OrdinalIgnoreCase)
        ? secret
        : throw new SourceException(SourceCodes.Forbidden, "The secret belongs to another account than the address: leave the address out.", setting: "accountUrl");

    private static Uri Parse(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && WebFetch.IsAddress(address) && address.Query.Length == 0
        ? address
        : throw new SourceException(SourceCodes.Validation, "The address of an account is like https://NAME.blob.core.windows.net. A SAS is given as a secret.", setting: "accountUrl");

    /// <summary>A SAS may have been made for the account, or for the container already.</summary>
    private static Uri Container(Uri account, string name) => account.AbsolutePath.TrimEnd('/').EndsWith("/" + name, StringComparison.Ordinal)
        ? account
        : new UriBuilder(account) { Path = $"{account.AbsolutePath.TrimEnd('/')}/{name}" }.Uri;

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is RequestFailedException or AggregateException or AuthenticationFailedException or IOException)
        {
            throw FindDenial(failure) ?? Explain(failure);
        }
    }

    // After its retries the client hands over what each of them met with.
    private static SourceException? FindDenial(Exception? failure) => failure switch
    {
        null => null,
        SourceException denial => denial,
        AggregateException several => several.InnerExceptions.Select(FindDenial).FirstOrDefault(denial => denial is not null),
        _ => FindDenial(failure.InnerException),
    };

    private static SourceException Explain(Exception failure) => (failure as RequestFailedException)?.Status switch
    {
        404 => new(SourceCodes.NotFound, "There is no such container or blob.", failure),
        401 or 403 => new(SourceCodes.Forbidden, "The storage account refuses: check the secret's rights, or the service's.", failure),
        > 0 and var status => new(SourceCodes.Unreachable, $"The storage account answered {status}.", failure),
        _ => new(failure is AuthenticationFailedException ? SourceCodes.Forbidden : SourceCodes.Unreachable, "The storage account cannot be reached, or does not know the service.", failure),
    };

    [GeneratedRegex(@"^(\$root|[a-z0-9](-?[a-z0-9]){2,62})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex ContainerName();
}
