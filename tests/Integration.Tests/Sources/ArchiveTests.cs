using System.IO.Compression;
using System.Net;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Sources;

public sealed class ArchiveTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Each_file_becomes_a_document_or_says_why_not()
    {
        var client = await fixture.Api.CreateClientAsync();
        using var archive = Zip(("a.md", "one"), ("b/c.txt", "two"), ("logo.png", "x"), ("../up.md", "three"), ("empty.md", ""), ("__MACOSX/a.md", "x"), ("a.md", "again"));

        var result = await client.UploadArchiveAsync(archive, new() { Prefix = "/manuals/2026/" });

        Assert.Equal(
            ["manuals/2026/../up.md validation", "manuals/2026/a.md accepted", "manuals/2026/a.md validation", "manuals/2026/b/c.txt accepted", "manuals/2026/empty.md validation", "manuals/2026/logo.png unsupported_media"],
            result.Files.Select(file => $"{file.SourceUri} {file.Problem?.Code ?? file.Outcome}").Order(StringComparer.Ordinal));
        Assert.Equal(["manuals/2026/a.md", "manuals/2026/b/c.txt"], await UrisAsync(client));
    }

    [Fact]
    public async Task A_later_archive_deletes_what_an_earlier_one_made_and_nothing_else()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadAsync([("m/by-hand.md", Text("by hand"))]);
        await client.UploadArchiveAsync(Zip(("a.md", "one"), ("b.md", "two"), ("by-hand.md", "of the archive")), new() { Prefix = "m" });
        await client.UploadArchiveAsync(Zip(("z.md", "elsewhere")), new() { Prefix = "m2" });

        var kept = await client.UploadArchiveAsync(Zip(("a.md", "one")), new() { Prefix = "m" });
        var synced = await client.UploadArchiveAsync(Zip(("a.md", "one"), ("c.md", "three")), new() { Prefix = "m", Sync = true });

        Assert.Equal((0, 1, "unchanged"), (kept.Deleted, synced.Deleted, synced.Files[0].Outcome));
        Assert.Equal(["m/a.md", "m/by-hand.md", "m/c.md", "m2/z.md"], await UrisAsync(client));
    }

    [Fact]
    public async Task Deletions_that_look_like_an_accident_are_held_until_they_are_confirmed()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadArchiveAsync(Zip([.. Enumerable.Range(0, 20).Select(n => ($"{n}.md", $"text {n}"))]), new());

        var held = await client.UploadArchiveAsync(Zip(("0.md", "text 0")), new() { Sync = true });
        var fewer = await client.UploadArchiveAsync(Zip(("0.md", "text 0")), new() { Sync = true, ConfirmedDeletions = 18 });
        var empty = await client.UploadArchiveAsync(Zip(), new() { Sync = true, ConfirmedDeletions = 19 });
        var confirmed = await client.UploadArchiveAsync(Zip(("0.md", "text 0")), new() { Sync = true, ConfirmedDeletions = 19 });

        Assert.Equal([(0, 19), (0, 19), (0, 20), (19, 0)], new[] { held, fewer, empty, confirmed }.Select(r => (r.Deleted, r.HeldDeletions)));
    }

    [Fact]
    public async Task A_bomb_stops_the_unpacking_and_deletes_nothing()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadArchiveAsync(Zip(("a.md", "one"), ("b.md", "two")), new());
        using var bomb = Zip(("a.md", "one"), ("bomb.txt", new string('0', 30_000_000)), ("c.md", "three"));

        var result = await client.UploadArchiveAsync(bomb, new() { Sync = true });

        Assert.Equal(["unchanged", "too_large", "too_large"], result.Files.Select(file => file.Problem?.Code ?? file.Outcome));
        Assert.Equal(["a.md", "b.md"], await UrisAsync(client));
    }

    [Theory]
    [InlineData("file", "not a zip", 415, ProblemCodes.UnsupportedMedia)]
    [InlineData("other", "x", 400, ProblemCodes.Validation)]
    public async Task What_is_no_archive_is_refused(string part, string text, int status, string code)
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        using var form = new MultipartFormDataContent { { new StringContent(text), part, "a.zip" } };

        using var response = await http.PostAsync("/api/documents/archive", form);

        await response.ReadProblemAsync((HttpStatusCode)status, code);
    }

    [Fact]
    public async Task A_zip_sent_as_an_ordinary_upload_stays_one_document()
    {
        var client = await fixture.Api.CreateClientAsync();

        await client.UploadAsync([("all.zip", Zip(("a.md", "one"), ("b.md", "two")))]);

        Assert.Equal(["all.zip"], await UrisAsync(client));
    }

    private static async Task<IEnumerable<string>> UrisAsync(AiAppClient client) =>
        (await client.ListDocumentsAsync()).Items.Select(document => document.SourceUri).Order(StringComparer.Ordinal);

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static MemoryStream Zip(params (string Name, string Text)[] files)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        bytes.Position = 0;
        return bytes;
    }
}
