using System.IO.Compression;
using System.Text;
using AiApp.Rag.Sources;
using AiApp.Rag.Sources.Git;
using AiApp.Rag.Sources.Web;

namespace AiApp.Rag.Tests.Sources;

public sealed class SourceRulesTests
{
    [Theory]
    [InlineData(9, 10, 1, null, false)]
    [InlineData(10, 20, 10, null, false)]
    [InlineData(10, 19, 9, null, true)]
    [InlineData(11, 20, 9, null, true)]
    [InlineData(1, 1, 0, null, true)]
    [InlineData(0, 0, 0, null, false)]
    [InlineData(11, 20, 9, 11, false)]
    [InlineData(12, 20, 9, 11, true)]
    [InlineData(3, 3, 0, 3, false)]
    public void Deletions_that_look_like_an_accident_are_held(int deletions, int documents, int listed, int? confirmed, bool held) =>
        Assert.Equal(held, DeletionGuard.Holds(deletions, documents, listed, confirmed));

    [Theory]
    [InlineData("**/*.md", "a.md", true)]
    [InlineData("**/*.md", "a/b/c.md", true)]
    [InlineData("*.md", "a/b.md", false)]
    [InlineData("docs/**", "docs/a/b.txt", true)]
    [InlineData("docs/**", "other/a.txt", false)]
    [InlineData("docs/**/x.md", "docs/x.md", true)]
    [InlineData("a?c.md", "abc.md", true)]
    [InlineData("a?c.md", "a/c.md", false)]
    [InlineData("a.md", "axmd", false)]
    public void A_pattern_matches_paths_as_shells_do(string glob, string path, bool matches) =>
        Assert.Equal(matches, new Globs([glob], []).Matches(path));

    [Fact]
    public void What_is_excluded_is_so_whatever_includes_it() =>
        Assert.False(new Globs(["**/*.md"], ["**/drafts/**"]).Matches("docs/drafts/a.md"));

    [Theory]
    [InlineData("User-agent: *\nDisallow: /private", "/private/a", false)]
    [InlineData("User-agent: *\nDisallow: /private", "/public", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /docs", "/docs/a", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /docs", "/a", false)]
    [InlineData("User-agent: other\nDisallow: /", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: aiapp\nDisallow: /x", "/a", true)]
    [InlineData("User-agent: other\nUser-agent: AiApp\nDisallow: /x # why", "/x", false)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", false)]
    [InlineData("", "/a", true)]
    public void The_rules_of_a_site_are_kept(string robots, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsRules.Parse(robots, "AiApp").Allows(new Uri("https://example.com" + path)));

    [Fact]
    public void A_sitemap_is_read_packed_or_plain_and_names_pages_not_pictures()
    {
        var xml = Encoding.UTF8.GetBytes("""
            <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="i">
            <url><loc> https://a.example/1 </loc><image:image><image:loc>https://a.example/p.png</image:loc></image:image></url>
            <url><loc>https://a.example/2</loc></url></urlset>
            """);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(xml);
        }

        Assert.Equal(["https://a.example/1", "https://a.example/2"], Sitemap.Read(xml).Addresses);
        Assert.Equal(["https://a.example/1", "https://a.example/2"], Sitemap.Read(packed.ToArray()).Addresses);
    }

    [Theory]
    [InlineData("<html/>")]
    [InlineData("not xml")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&a;</loc></url></urlset>")]
    public void What_is_no_sitemap_is_refused(string text) =>
        Assert.Equal(SourceCodes.Validation, Assert.Throws<SourceException>(() => Sitemap.Read(Encoding.UTF8.GetBytes(text))).Code);
}
