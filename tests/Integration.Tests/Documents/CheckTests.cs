using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Documents;

public sealed class CheckTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Each_file_is_told_what_its_upload_would_do()
    {
        var client = await fixture.Api.CreateClientAsync();
        var known = (await client.UploadAsync([("notes/a.md", Content("text"))], "notes")).Files[0].DocumentId;

        var files = await CheckAsync(client,
            File("notes/a.md", "text"), File("notes/a.md", "other"), File("b.md", "fresh"), File("copy.md", "text"), File("/notes/a.md", "text") with { Sha256 = null });

        Assert.Equal(["unchanged", "changed", "new", "duplicate", "unknown"], files.Select(file => file.Outcome));
        Assert.Equal([known, known, null, null, known], files.Select(file => file.DocumentId));
        Assert.Equal((known, "notes", "notes/a.md"), (files[3].DuplicateOf!.DocumentId, files[3].DuplicateOf!.Collection, files[3].DuplicateOf!.SourceUri));
    }

    [Fact]
    public async Task An_upload_that_failed_or_was_called_back_would_be_ingested()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadAsync([("a.md", Content("text"))], "notes");
        await client.CancelQueueAsync(new());

        Assert.Equal(CheckOutcomes.Changed, Assert.Single(await CheckAsync(client, File("a.md", "text"))).Outcome);
    }

    [Theory]
    [InlineData("../a.md", "text", ProblemCodes.Validation)]
    [InlineData("logo.png", "text", ProblemCodes.UnsupportedMedia)]
    [InlineData("a.md", "GIF89a", ProblemCodes.UnsupportedMedia)]
    [InlineData("a.md", "", ProblemCodes.Validation)]
    [InlineData("a.zip", "PK\u0003\u0004\u0014\0\u0001\0", ProblemCodes.EncryptedDocument)]
    public async Task A_file_that_would_not_be_taken_says_why(string path, string text, string code)
    {
        var file = Assert.Single(await CheckAsync(await fixture.Api.CreateClientAsync(), File(path, text)));

        Assert.Equal((CheckOutcomes.Rejected, code), (file.Outcome, file.Problem?.Code));
    }

    [Fact]
    public async Task A_protected_office_file_and_one_that_is_too_large_are_refused()
    {
        var container = new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }.Concat(Encoding.Unicode.GetBytes("EncryptedPackage")).ToArray();

        var files = await CheckAsync(await fixture.Api.CreateClientAsync(),
            new() { Path = "plan.docx", SizeBytes = 9_000, FirstBytes = container }, new() { Path = "long.md", SizeBytes = 21 * 1024 * 1024 });

        Assert.Equal([ProblemCodes.EncryptedDocument, ProblemCodes.TooLarge], files.Select(file => file.Problem?.Code));
    }

    [Fact]
    public async Task A_pdf_with_protection_is_a_warning_because_it_may_open_without_a_password()
    {
        var file = Assert.Single(await CheckAsync(await fixture.Api.CreateClientAsync(), new CheckedFileRequest
        {
            Path = "a.pdf",
            SizeBytes = 90_000,
            FirstBytes = [.. "%PDF-1.7"u8],
            LastBytes = [.. "trailer << /Root 1 0 R /Encrypt 9 0 R >>"u8],
        }));

        Assert.Equal((CheckOutcomes.New, ProblemCodes.EncryptedDocument), (file.Outcome, file.Problem?.Code));
    }

    [Fact]
    public async Task Documents_out_of_sight_are_not_compared()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        using var anna = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "user:anna"));
        using var bob = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "user:bob"));
        await new AiAppClient(anna).UploadAsync([("salary.md", Content("guessed"))], "notes", ["user:anna"]);

        var files = await CheckAsync(new AiAppClient(bob), File("salary.md", "guessed"), File("guess.md", "guessed"));

        Assert.All(files, file => Assert.Equal((CheckOutcomes.New, null, null), (file.Outcome, file.DocumentId, file.DuplicateOf)));
    }

    [Theory]
    [InlineData("""{"files":[]}""")]
    [InlineData("""{"files":[null]}""")]
    [InlineData("""{"files":[{"path":null,"sizeBytes":1}]}""")]
    [InlineData("""{"files":[{"path":"a.md","sizeBytes":-1}]}""")]
    [InlineData("""{"files":[{"path":"a.md","sizeBytes":1,"sha256":"zz"}]}""")]
    [InlineData("""{"files":[{"path":"a.md","sizeBytes":1,"firstBytes":"not base64"}]}""")]
    [InlineData("""{"collection":"","files":[{"path":"a.md","sizeBytes":1}]}""")]
    public async Task A_request_that_makes_no_sense_is_refused(string json)
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));

        using var response = await http.PostAsync("/api/documents/check", new StringContent(json, Encoding.UTF8, "application/json"));

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    [Fact]
    public async Task Both_ends_of_five_hundred_files_fit_into_one_request()
    {
        var end = new byte[4096];
        Array.Fill(end, (byte)'a');
        var request = new DocumentCheckRequest
        {
            Files = [.. Enumerable.Range(0, 500).Select(n => new CheckedFileRequest { Path = $"{n}.md", SizeBytes = 9_000, FirstBytes = end, LastBytes = end })],
        };

        Assert.Equal(500, (await (await fixture.Api.CreateClientAsync()).CheckDocumentsAsync(request)).Files.Count);
    }

    private static async Task<IReadOnlyList<CheckedFileDto>> CheckAsync(AiAppClient client, params CheckedFileRequest[] files) =>
        (await client.CheckDocumentsAsync(new() { Collection = "notes", Files = files })).Files;

    private static CheckedFileRequest File(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new() { Path = path, SizeBytes = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), FirstBytes = bytes };
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));
}
