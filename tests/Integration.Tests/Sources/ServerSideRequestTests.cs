using System.Net;
using System.Net.Sockets;
using AiApp.Rag.Sources;
using AiApp.Rag.Sources.Folder;
using AiApp.Rag.Sources.Git;
using AiApp.Rag.Sources.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Sources;

/// <summary>A source cannot be made to call what only the service can reach.</summary>
public sealed class ServerSideRequestTests(ITestOutputHelper output)
{
    private static readonly IPAddress Public = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task No_spelling_of_a_private_address_is_connected_to()
    {
        await using var sentinel = new Sentinel();
        var urls = HostileAddresses.All(sentinel.Port).Distinct(StringComparer.Ordinal).ToList();
        using var http = Http(new Resolver(_ => [IPAddress.Loopback]));
        var connector = new WebConnector(http, Options.Create(new SourcesOptions { WebDelayMs = 0 }), TimeProvider.System);
        var refused = new Dictionary<string, int>();

        foreach (var url in urls)
        {
            // As an address, and as a sitemap.
            foreach (var settings in new[] { new WebSettings { Urls = [url] }, new WebSettings { Sitemaps = [url] } })
            {
                var code = await TryAsync(connector, settings);
                refused[code] = refused.GetValueOrDefault(code) + 1;
            }
        }

        output.WriteLine($"{urls.Count} addresses, {string.Join(", ", refused.Select(r => $"{r.Key} {r.Value}"))}");
        Assert.True(urls.Count >= 600, $"{urls.Count} addresses");
        Assert.Equal(2 * urls.Count, refused.GetValueOrDefault(SourceCodes.DeniedAddress) + refused.GetValueOrDefault(SourceCodes.Validation));
        Assert.Equal(0, await sentinel.CountAsync());
    }

    [Fact]
    public async Task What_is_allowed_is_connected_to()
    {
        await using var sentinel = new Sentinel();
        using var http = Http(new Resolver(_ => [Public]));

        await Assert.ThrowsAsync<SourceException>(() => FetchAsync(http, $"http://allowed.example:{sentinel.Port}/"));

        Assert.True(await sentinel.CountAsync() > 0);
    }

    [Fact]
    public async Task No_redirect_leads_to_a_private_address()
    {
        await using var sentinel = new Sentinel();
        var targets = HostileAddresses.All(sentinel.Port).Distinct(StringComparer.Ordinal).ToList();
        await using var site = await SiteAsync(context =>
        {
            if (!int.TryParse(context.Request.Query["n"], out var at))
            {
                // Led back here: what some parsers read as a host, this one reads as a path.
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            }
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = string.Concat(targets[at].Select(c => c is > ' ' and < '\u007f' ? c.ToString() : Uri.EscapeDataString(c.ToString())));
            return Task.CompletedTask;
        });
        using var http = Http(new Resolver(host => host == "site.example" ? [Public] : [IPAddress.Loopback]));

        for (var n = 0; n < targets.Count; n++)
        {
            var code = await TryAsync(http, $"http://site.example:{Port(site)}/?n={n}");
            Assert.True(code is SourceCodes.DeniedAddress or "404", $"{targets[n]}: {code}");
        }

        output.WriteLine($"{targets.Count} redirects");
        Assert.Equal(0, await sentinel.CountAsync());
    }

    [Fact]
    public async Task Redirects_end_after_five_and_stay_on_the_sources_hosts()
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = context.Request.Path == "/away" ? "http://other.example/" : "/again";
            return Task.CompletedTask;
        });
        using var http = Http(new Resolver(_ => [Public]));

        var endless = await Assert.ThrowsAsync<SourceException>(() => FetchAsync(http, $"http://site.example:{Port(site)}/"));
        var away = await Assert.ThrowsAsync<SourceException>(() => FetchAsync(http, $"http://site.example:{Port(site)}/away", to => to.Host == "site.example"));

        Assert.Equal((SourceCodes.Unreachable, SourceCodes.DeniedAddress), (endless.Code, away.Code));
    }

    [Fact]
    public async Task A_name_that_answers_otherwise_the_second_time_is_not_followed()
    {
        await using var sentinel = new Sentinel();
        var asked = 0;
        // Public for whoever checks first, private for whoever connects: here both are one look.
        using var http = Http(new Resolver(_ => Interlocked.Increment(ref asked) % 2 == 1 ? [Public] : [IPAddress.Loopback]));
        await using var site = await SiteAsync(context => context.Response.WriteAsync("text"));

        await FetchAsync(http, $"http://rebind.example:{Port(site)}/");
        var second = await Assert.ThrowsAsync<SourceException>(() => FetchAsync(http, $"http://rebind.example:{sentinel.Port}/"));

        Assert.Equal((SourceCodes.DeniedAddress, 2), (second.Code, asked));
        Assert.Equal(0, await sentinel.CountAsync());
    }

    [Fact]
    public async Task One_private_address_among_several_denies_the_host_and_no_answer_denies_it_too()
    {
        await using var sentinel = new Sentinel();
        IPAddress[][] answers = [[Public, IPAddress.Loopback], [IPAddress.Loopback, Public], [Public, IPAddress.IPv6Loopback], [IPAddress.Parse("::ffff:127.0.0.1"), Public], []];
        foreach (var answer in answers)
        {
            using var http = Http(new Resolver(_ => answer));
            var failure = await Assert.ThrowsAsync<SourceException>(() => FetchAsync(http, $"http://mixed.example:{sentinel.Port}/"));
            Assert.Equal(answer.Length == 0 ? SourceCodes.Unreachable : SourceCodes.DeniedAddress, failure.Code);
        }
        using var broken = Http(new Resolver(_ => throw new SocketException((int)SocketError.HostNotFound)));
        Assert.Equal(SourceCodes.Unreachable, (await Assert.ThrowsAsync<SourceException>(() => FetchAsync(broken, $"http://lost.example:{sentinel.Port}/"))).Code);

        Assert.Equal(0, await sentinel.CountAsync());
    }

    [Fact]
    public async Task Git_is_not_given_an_address_that_may_not_be_called()
    {
        await using var sentinel = new Sentinel();
        var options = Options.Create(new SourcesOptions());
        var hosts = new PermittedHosts(new AddressRules(options), new Resolver(_ => [IPAddress.Loopback]));
        var roots = new FolderRoots(options, new HostingEnvironment());
        string[] others = ["ssh://git@github.com/a/b", "git@github.com:a/b.git", "ext::sh -c id", "--upload-pack=id", "-oProxyCommand=id", "file:///etc", "/etc", "https://u:p@example.com/a", "fd::17"];
        var urls = HostileAddresses.All(sentinel.Port).Distinct(StringComparer.Ordinal).Concat(others).ToList();

        foreach (var url in urls)
        {
            var failure = await Assert.ThrowsAsync<SourceException>(() => GitRemote.OpenAsync(
                new GitSettings { Repository = url }, roots, hosts, new Secrets(new Monitor(options.Value)), CancellationToken.None));
            Assert.Contains(failure.Code, new[] { SourceCodes.DeniedAddress, SourceCodes.Validation, SourceCodes.Forbidden });
        }

        Assert.Equal(0, await sentinel.CountAsync());
    }

    private static async Task<string> TryAsync(WebConnector connector, WebSettings settings)
    {
        try
        {
            await foreach (var item in connector.ListAsync(new SourceReading { CacheKey = "", Settings = settings }, CancellationToken.None))
            {
                return item.Problem?.Code ?? "taken";
            }
            return "empty";
        }
        catch (SourceException failure)
        {
            return failure.Code;
        }
    }

    private static async Task<string> TryAsync(GuardedHttp http, string url)
    {
        try
        {
            return $"{(int)(await FetchAsync(http, url)).Status}";
        }
        catch (SourceException failure)
        {
            return failure.Code;
        }
    }

    private static Task<FetchedPage> FetchAsync(GuardedHttp http, string url, Func<Uri, bool>? isPermitted = null) =>
        new WebFetch(http, new SourcesOptions { WebDelayMs = 0 }, TimeProvider.System).GetAsync(new Uri(url), null, isPermitted ?? (_ => true), CancellationToken.None);

    private static GuardedHttp Http(IHostResolver resolver) => new(new PermittedHosts(
        new AddressRules(Options.Create(new SourcesOptions { AllowedNetworks = [$"{Public}/32"] })), resolver));

    private static async Task<WebApplication> SiteAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{Public}:0");
        var site = builder.Build();
        site.Run(answer);
        await site.StartAsync();
        return site;
    }

    private static int Port(WebApplication site) => new Uri(site.Urls.First()).Port;

    private sealed class Resolver(Func<string, IPAddress[]> answer) : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) => Task.FromResult(answer(host));
    }

    private sealed class Monitor(SourcesOptions options) : IOptionsMonitor<SourcesOptions>
    {
        public SourcesOptions CurrentValue => options;

        public SourcesOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<SourcesOptions, string?> listener) => null;
    }
}
