using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using AiApp.Rag.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiApp.Integration.Tests.Sources;

public sealed class WebSourceTests(WebSourceTests.WebFixture fixture) : IClassFixture<WebSourceTests.WebFixture>
{
    [Fact]
    public async Task Pages_of_a_sitemap_are_taken_in_and_an_unchanged_one_is_not_sent_again()
    {
        await using var site = await Site.StartAsync();
        site.Pages["/a.html"] = new("<h1>A</h1><p>one</p>", Tag: "\"1\"");
        site.Pages["/b.html"] = new("<h1>B</h1><p>two</p>", Modified: "Fri, 02 Jan 2026 10:00:00 GMT");
        site.Pages["/c"] = new("<h1>C</h1><p>three</p>");
        site.Sitemap("/sitemap.xml", "sitemapindex", "/part.xml.gz");
        site.Sitemap("/part.xml.gz", "urlset", "/a.html", "/b.html", "/c");
        var tenant = await fixture.NewTenantAsync();
        var source = await fixture.AddAsync(tenant, new WebSettings { Sitemaps = [site.Address + "/sitemap.xml"] });

        var first = await fixture.RunAsync(source);
        var second = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Completed, new RunCounts(Listed: 3, Added: 3)), (first.Outcome!.Value, first.Counts));
        Assert.Equal(new RunCounts(Listed: 3, Unchanged: 3), second.Counts);
        Assert.Equal(["/a.html 304", "/b.html 304", "/c 200"], site.Log.TakeLast(3));
        Assert.Equal([$"{site.Address}/a.html", $"{site.Address}/b.html", $"{site.Address}/c"], await fixture.UrisAsync(tenant));
        Assert.All(site.Agents, agent => Assert.StartsWith("AiApp/", agent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_is_gone_is_deleted_and_one_that_fails_stays()
    {
        await using var site = await Site.StartAsync();
        foreach (var path in new[] { "/a.html", "/b.html", "/c.html" })
        {
            site.Pages[path] = new($"<p>{path}</p>");
        }
        var tenant = await fixture.NewTenantAsync();
        var source = await fixture.AddAsync(tenant, new WebSettings { Urls = [.. site.Pages.Keys.Order().Select(path => site.Address + path)] });
        await fixture.RunAsync(source);

        site.Pages.Remove("/a.html", out _);
        site.Pages["/b.html"] = new("", Status: 500);
        var run = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Partial, new RunCounts(Listed: 2, Unchanged: 1, Deleted: 1, Failed: 1)), (run.Outcome!.Value, run.Counts));
        Assert.Equal([$"{site.Address}/b.html", $"{site.Address}/c.html"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task A_sitemap_that_fails_deletes_nothing()
    {
        await using var site = await Site.StartAsync();
        site.Pages["/a.html"] = new("<p>a</p>");
        site.Pages["/b.html"] = new("<p>b</p>");
        site.Sitemap("/1.xml", "urlset", "/a.html");
        site.Sitemap("/2.xml", "urlset", "/b.html");
        var tenant = await fixture.NewTenantAsync();
        var source = await fixture.AddAsync(tenant, new WebSettings { Sitemaps = [site.Address + "/1.xml", site.Address + "/2.xml"] });
        await fixture.RunAsync(source);
        site.Pages["/2.xml"] = new("", Status: 503);

        var run = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Partial, 0), (run.Outcome!.Value, run.Counts.Deleted));
        Assert.Equal(2, (await fixture.UrisAsync(tenant)).Count);
    }

    [Fact]
    public async Task Robots_other_hosts_and_large_pages_are_left_out_and_said()
    {
        await using var site = await Site.StartAsync();
        site.Pages["/robots.txt"] = new("User-agent: *\nDisallow: /private", Type: "text/plain");
        site.Pages["/private/a.html"] = new("<p>a</p>");
        site.Pages["/large.html"] = new(new string('x', 200_000));
        site.Pages["/moved.html"] = new("", Status: 301, Location: "/b.html");
        site.Pages["/b.html"] = new("<p>b</p>");
        site.Pages["/picture"] = new("x", Type: "image/png");
        site.Sitemap("/s.xml", "urlset", "/private/a.html", "/large.html", "/moved.html", "/picture", "http://other.example/x.html", "javascript:alert(1)");
        var tenant = await fixture.NewTenantAsync();

        var run = await fixture.RunAsync(await fixture.AddAsync(tenant, new WebSettings { Sitemaps = [site.Address + "/s.xml"] }));

        Assert.Equal(
            [" forbidden", " validation", "/large.html too_large", "/picture unsupported_media", "/private/a.html denied_by_robots"],
            run.Problems.Select(p => $"{(p.Item.StartsWith(site.Address, StringComparison.Ordinal) ? p.Item[site.Address.Length..] : "")} {p.Code}").Order(StringComparer.Ordinal));
        Assert.Equal([$"{site.Address}/moved.html"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task More_pages_than_are_allowed_are_a_listing_that_is_not_complete()
    {
        await using var site = await Site.StartAsync();
        foreach (var n in Enumerable.Range(0, 5))
        {
            site.Pages[$"/{n}.html"] = new($"<p>{n}</p>");
        }
        site.Sitemap("/s.xml", "urlset", [.. Enumerable.Range(0, 5).Select(n => $"/{n}.html")]);
        var tenant = await fixture.NewTenantAsync();

        var run = await fixture.RunAsync(await fixture.AddAsync(tenant, new WebSettings { Sitemaps = [site.Address + "/s.xml"], MaxPages = 3 }));

        Assert.Equal((RunOutcome.Partial, 3, SourceCodes.TooLarge), (run.Outcome!.Value, run.Counts.Added, run.Problems[^1].Code));
    }

    public sealed class WebFixture : SourceFixture
    {
        protected override IEnumerable<(string Name, string Value)> Settings =>
            [("Sources:AllowedNetworks:0", "127.0.0.3/32"), ("Sources:MaxItemBytes", "100000")];
    }

    internal sealed record Page(string Text, int Status = 200, string Type = "text/html", string? Tag = null, string? Modified = null, string? Location = null, bool Packed = false);

    /// <summary>A site on an address that only these tests allow.</summary>
    internal sealed class Site : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Site(WebApplication app) => _app = app;

        public ConcurrentDictionary<string, Page> Pages { get; } = new();
        public ConcurrentQueue<string> Log { get; } = new();
        public ConcurrentBag<string> Agents { get; } = [];
        public string Address => _app.Urls.First();

        public static async Task<Site> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.3:0");
            var app = builder.Build();
            var site = new Site(app);
            app.Run(site.AnswerAsync);
            await app.StartAsync();
            return site;
        }

        public void Sitemap(string path, string kind, params string[] addresses) => Pages[path] = new(
            $"<{kind} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{string.Concat(addresses.Select(a => $"<x><loc>{(a.StartsWith('/') ? Address + a : a)}</loc></x>"))}</{kind}>",
            Type: "application/xml", Packed: path.EndsWith(".gz", StringComparison.Ordinal));

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            Agents.Add(context.Request.Headers.UserAgent.ToString());
            var page = Pages.GetValueOrDefault(context.Request.Path.Value!) ?? new("", Status: 404);
            var known = (page.Tag is not null && context.Request.Headers.IfNoneMatch == page.Tag)
                || (page.Modified is not null && context.Request.Headers.IfModifiedSince == page.Modified);
            context.Response.StatusCode = known ? 304 : page.Status;
            context.Response.Headers.ETag = page.Tag;
            context.Response.Headers.LastModified = page.Modified;
            context.Response.Headers.Location = page.Location;
            Log.Enqueue($"{context.Request.Path} {context.Response.StatusCode}");
            if (context.Response.StatusCode == 200)
            {
                context.Response.ContentType = page.Type;
                var bytes = Encoding.UTF8.GetBytes(page.Text);
                await context.Response.Body.WriteAsync(page.Packed ? Pack(bytes) : bytes);
            }
        }

        private static byte[] Pack(byte[] bytes)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            {
                gzip.Write(bytes);
            }
            return packed.ToArray();
        }
    }
}
