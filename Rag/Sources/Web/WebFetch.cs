using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace AiApp.Rag.Sources.Web;

/// <summary>What came back for an address. Without content it has not changed since the fingerprint that was shown.</summary>
internal sealed record FetchedPage(HttpStatusCode Status, string Fingerprint, ItemContent? Content);

/// <summary>The requests of one run: one after the other, with a pause for each host, within a bound on all bytes.</summary>
internal sealed class WebFetch(GuardedHttp http, SourcesOptions options, TimeProvider clock)
{
    private const int MaxRedirects = 5;
    private const string ByTag = "etag:";
    private const string ByDate = "date:";
    private const string ByHash = "sha256:";

    private readonly Dictionary<string, long> _lastRequests = new(StringComparer.OrdinalIgnoreCase);
    private long _taken;

    /// <param name="address">http or https, without credentials.</param>
    /// <param name="known">The fingerprint of the content that is known; asks whether it still holds.</param>
    /// <param name="isPermitted">Whether a redirect may lead there.</param>
    /// <exception cref="SourceException"/>
    public async Task<FetchedPage> GetAsync(Uri address, string? known, Func<Uri, bool> isPermitted, CancellationToken ct)
    {
        using var bounded = new CancellationTokenSource(options.ItemTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, bounded.Token);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                await PauseAsync(address.Authority, either.Token);
                using var request = Request(address, known);
                using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Redirect or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                {
                    address = redirects < MaxRedirects
                        ? Next(address, response.Headers.Location, isPermitted)
                        : throw new SourceException(SourceCodes.Unreachable, $"The page is redirected more than {MaxRedirects} times.");
                    continue;
                }
                return response switch
                {
                    { StatusCode: HttpStatusCode.NotModified } when known is not null => new(response.StatusCode, known, null),
                    { StatusCode: HttpStatusCode.OK } => await ReadAsync(response, either.Token),
                    _ => new(response.StatusCode, "", null),
                };
            }
        }
        catch (HttpRequestException failure)
        {
            throw failure.InnerException as SourceException ?? new SourceException(SourceCodes.Unreachable, $"{address.Authority} cannot be reached.", failure);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new SourceException(SourceCodes.Unreachable, $"{address.Authority} broke off in the middle of its answer.", failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SourceException(SourceCodes.Unreachable, $"{address.Authority} did not answer within {options.ItemTimeoutSeconds} s.");
        }
    }

    /// <summary>http or https, a host, and no credentials.</summary>
    public static bool IsAddress(Uri address) =>
        address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.Host.Length > 0 && address.UserInfo.Length == 0;

    private static Uri Next(Uri from, Uri? location, Func<Uri, bool> isPermitted)
    {
        if (location is null || !Uri.TryCreate(from, location, out var to) || !IsAddress(to))
        {
            throw new SourceException(SourceCodes.DeniedAddress, "The page is redirected to something that is no http or https address.");
        }
        return isPermitted(to)
            ? to
            : throw new SourceException(SourceCodes.DeniedAddress, $"The page is redirected to {to.Authority}, which is not one of the source's hosts: add it there if it belongs to it.");
    }

    private static HttpRequestMessage Request(Uri address, string? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known?.StartsWith(ByTag, StringComparison.Ordinal) is true && EntityTagHeaderValue.TryParse(known[ByTag.Length..], out var tag))
        {
            request.Headers.IfNoneMatch.Add(tag);
        }
        else if (known?.StartsWith(ByDate, StringComparison.Ordinal) is true && DateTimeOffset.TryParse(known[ByDate.Length..], out var date))
        {
            request.Headers.IfModifiedSince = date;
        }
        return request;
    }

    private async Task<FetchedPage> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            content.Write(buffer, 0, read);
            _taken += read;
            if (content.Length > options.MaxItemBytes)
            {
                throw new SourceException(SourceCodes.TooLarge, $"The page is larger than {options.MaxItemBytes >> 20:N0} MB (Sources:MaxItemBytes).");
            }
            if (_taken > options.MaxWebBytes)
            {
                throw new WebBoundException($"The pages have more than {options.MaxWebBytes >> 20:N0} MB together: narrow the source, or raise Sources:MaxWebBytes.");
            }
        }
        var bytes = content.ToArray();
        var fingerprint = response.Headers.ETag is { } tag ? ByTag + tag
            : response.Content.Headers.LastModified is { } date ? ByDate + date.ToString("O")
            : ByHash + Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new(response.StatusCode, fingerprint, new ItemContent(bytes, response.Content.Headers.ContentType?.MediaType));
    }

    private async Task PauseAsync(string host, CancellationToken ct)
    {
        if (_lastRequests.TryGetValue(host, out var last) && TimeSpan.FromMilliseconds(options.WebDelayMs) - clock.GetElapsedTime(last) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, clock, ct);
        }
        _lastRequests[host] = clock.GetTimestamp();
    }
}

/// <summary>The run has taken all that it may: no other page is fetched.</summary>
internal sealed class WebBoundException(string message) : Exception(message);
