using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources.Web;

/// <summary>
/// Pages by their addresses and by sitemaps. Listing and reading are one request, which asks whether the known content still
/// holds; a page that the server says is gone is not listed.
/// </summary>
internal sealed class WebConnector(GuardedHttp http, IOptions<SourcesOptions> options, TimeProvider clock) : ISourceConnector
{
    private const int MaxSitemapDepth = 3;
    private const int MaxSitemaps = 200;

    public bool CanRead(SourceSettings settings) => settings is WebSettings;

    public async IAsyncEnumerable<SourceItem> ListAsync(SourceReading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        var settings = (WebSettings)reading.Settings;
        var fetch = new WebFetch(http, options.Value, clock);
        var hosts = Hosts(settings);
        var robots = new Dictionary<string, RobotsRules>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var most = Math.Min(settings.MaxPages ?? int.MaxValue, options.Value.MaxPages);
        await foreach (var url in AddressesAsync(settings, fetch, hosts, ct))
        {
            var address = TryParse(url);
            var path = address?.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) ?? url;
            if (!seen.Add(path))
            {
                continue;
            }
            if (seen.Count > most)
            {
                throw new SourceException(SourceCodes.TooLarge, $"There are more than {most:N0} pages: narrow the source, or raise its maxPages and Sources:MaxPages.");
            }
            if (address is null)
            {
                yield return new SourceItem { Path = path, Problem = NoAddress() };
            }
            else if (await ReadAsync(address, path, fetch, hosts, robots, reading.FindFingerprint(path), ct) is { } item)
            {
                yield return item;
            }
        }
    }

    public Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct) =>
        throw new InvalidOperationException("Pages are listed with their content.");

    /// <summary>Null when the page is gone.</summary>
    private static async Task<SourceItem?> ReadAsync(
        Uri address, string path, WebFetch fetch, HashSet<string> hosts, Dictionary<string, RobotsRules> robots, string? known, CancellationToken ct)
    {
        try
        {
            if (!hosts.Contains(address.Host))
            {
                throw new SourceException(SourceCodes.Forbidden, $"The page stands on {address.Host}, which is not one of the source's hosts: add it there if it belongs to it.");
            }
            if (!await AllowsAsync(address, fetch, hosts, robots, ct))
            {
                throw new SourceException(SourceCodes.DeniedByRobots, "The site's robots.txt does not want this page to be fetched.");
            }
            var page = await fetch.GetAsync(address, known, to => hosts.Contains(to.Host), ct);
            return page.Status switch
            {
                HttpStatusCode.OK or HttpStatusCode.NotModified => new SourceItem { Path = path, Fingerprint = page.Fingerprint, Content = page.Content },
                HttpStatusCode.NotFound or HttpStatusCode.Gone when known is not null => null,
                HttpStatusCode.NotFound or HttpStatusCode.Gone => throw new SourceException(SourceCodes.NotFound, "There is no such page."),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new SourceException(SourceCodes.Forbidden, "The page is not for everybody: the site refuses it."),
                _ => throw new SourceException(SourceCodes.Unreachable, $"The site answered {(int)page.Status}."),
            };
        }
        catch (SourceException failure)
        {
            return new SourceItem { Path = path, Problem = failure };
        }
        catch (WebBoundException bound)
        {
            throw new SourceException(SourceCodes.TooLarge, bound.Message, bound);
        }
    }

    private static async Task<bool> AllowsAsync(
        Uri address, WebFetch fetch, HashSet<string> hosts, Dictionary<string, RobotsRules> robots, CancellationToken ct)
    {
        var origin = address.GetLeftPart(UriPartial.Authority);
        if (!robots.TryGetValue(origin, out var rules))
        {
            var page = await fetch.GetAsync(new Uri(origin + "/robots.txt"), null, to => hosts.Contains(to.Host), ct);
            // Not there: everything is allowed. Broken: nothing is known, so nothing is (RFC 9309, 2.3.1).
            robots[origin] = rules = page.Content is { } content ? RobotsRules.Parse(Encoding.UTF8.GetString(content.Bytes.Span), GuardedHttp.Agent)
                : (int)page.Status < 500 ? RobotsRules.AllowAll : RobotsRules.DenyAll;
        }
        return rules.Allows(address);
    }

    private static async IAsyncEnumerable<string> AddressesAsync(
        WebSettings settings, WebFetch fetch, HashSet<string> hosts, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var url in settings.Urls)
        {
            yield return url;
        }
        var rest = new Queue<(Uri Address, int Depth)>(settings.Sitemaps.Select(url => (Parse(url), 1)));
        var known = rest.Select(sitemap => sitemap.Address.AbsoluteUri).ToHashSet(StringComparer.Ordinal);
        while (rest.TryDequeue(out var sitemap))
        {
            var (isIndex, addresses) = await ReadSitemapAsync(sitemap.Address, fetch, hosts, ct);
            foreach (var url in addresses)
            {
                if (!isIndex)
                {
                    yield return url;
                }
                else if (Parse(url) is var address && known.Add(address.AbsoluteUri))
                {
                    if (sitemap.Depth == MaxSitemapDepth || known.Count > MaxSitemaps || !hosts.Contains(address.Host))
                    {
                        throw new SourceException(SourceCodes.TooLarge, $"A sitemap may lead to {MaxSitemaps} others on the same hosts, {MaxSitemapDepth} deep: list further ones by themselves.");
                    }
                    rest.Enqueue((address, sitemap.Depth + 1));
                }
            }
        }
    }

    // A part of a site that cannot be listed must not look like one whose pages are gone: this ends the listing.
    private static async Task<(bool IsIndex, IReadOnlyList<string> Addresses)> ReadSitemapAsync(
        Uri address, WebFetch fetch, HashSet<string> hosts, CancellationToken ct)
    {
        var page = await fetch.GetAsync(address, null, to => hosts.Contains(to.Host), ct);
        return page.Content is { } content
            ? Sitemap.Read(content.Bytes)
            : throw new SourceException(SourceCodes.Unreachable, $"The sitemap {address} answered {(int)page.Status}.");
    }

    private static HashSet<string> Hosts(WebSettings settings) =>
        new(settings.Urls.Concat(settings.Sitemaps).Select(url => Parse(url).Host).Concat(settings.Hosts), StringComparer.OrdinalIgnoreCase);

    private static Uri Parse(string url) => TryParse(url) ?? throw NoAddress();

    private static Uri? TryParse(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && WebFetch.IsAddress(address) ? address : null;

    private static SourceException NoAddress() =>
        new(SourceCodes.Validation, "An address begins with https:// or http://, names a host, and holds no name or password.");
}
