using System.Net;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Integration.Tests.Documents;

public sealed class UploadTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_upload_is_accepted_once_and_unchanged_when_repeated()
    {
        var client = await fixture.Api.CreateClientAsync();

        var first = Assert.Single((await client.UploadAsync([File("handbook/leave.md", "# Leave\n\n28 days.")], "handbook")).Files);
        var second = Assert.Single((await client.UploadAsync([File("handbook/leave.md", "# Leave\n\n28 days.")], "handbook")).Files);
        var changed = Assert.Single((await client.UploadAsync([File("handbook/leave.md", "# Leave\n\n30 days.")], "handbook")).Files);

        Assert.Equal(("accepted", "unchanged", "accepted"), (first.Outcome, second.Outcome, changed.Outcome));
        Assert.Equal(first.DocumentId, second.DocumentId);
        var document = await client.GetDocumentAsync(first.DocumentId!.Value);
        Assert.Equal(("handbook", "handbook/leave.md", "text/markdown"), (document.Collection, document.SourceUri, document.MediaType));
        Assert.Equal(DocumentStatuses.Waiting, document.Status);
        Assert.Equal(1, (await client.GetDocumentSummaryAsync()).Waiting);
    }

    [Fact]
    public async Task The_same_name_below_two_folders_is_two_documents()
    {
        var client = await fixture.Api.CreateClientAsync();

        var files = (await client.UploadAsync([File("a/readme.md", "one"), File(@"b\readme.md", "two")])).Files;

        Assert.Equal(["a/readme.md", "b/readme.md"], files.Select(file => file.SourceUri));
        Assert.Equal(2, files.Select(file => file.DocumentId).Distinct().Count());
    }

    [Fact]
    public async Task A_binary_among_texts_is_rejected_alone()
    {
        var client = await fixture.Api.CreateClientAsync();

        var files = (await client.UploadAsync([("logo.png", Bytes(0x89, 0x50)), ("fake.md", Bytes(0x41, 0x00, 0x42)), File("good.txt", "text")])).Files;

        Assert.Equal(["rejected", "rejected", "accepted"], files.Select(file => file.Outcome));
        Assert.All(files.Take(2), file => Assert.Equal(ProblemCodes.UnsupportedMedia, file.Problem?.Code));
    }

    [Fact]
    public async Task An_upload_of_binaries_only_is_a_problem_with_the_list()
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("report.md"), "path" },
            { new StreamContent(new MemoryStream([.. "GIF89a"u8])), "file", "report.md" },
        };

        using var response = await http.PostAsync("/api/documents", form);

        var problem = await response.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, ProblemCodes.UnsupportedMedia);
        Assert.Equal("report.md", problem.Extensions!["files"][0].GetProperty("sourceUri").GetString());
    }

    [Fact]
    public void Clients_know_exactly_the_formats_that_are_read() =>
        Assert.Equal(MediaTypes.Extensions, DocumentFormats.Extensions);

    [Theory]
    [InlineData("../secrets.md", ProblemCodes.Validation)]
    [InlineData("./.", ProblemCodes.Validation)]
    public async Task A_path_that_climbs_or_is_none_is_rejected(string path, string code)
    {
        var client = await fixture.Api.CreateClientAsync();

        var files = (await client.UploadAsync([File(path, "text"), File("good.md", "text")])).Files;

        Assert.Equal((code, "accepted"), (files[0].Problem?.Code, files[1].Outcome));
    }

    [Fact]
    public async Task Too_large_files_are_rejected_and_those_behind_them_taken()
    {
        var client = await fixture.Api.CreateClientAsync();
        var large = new MemoryStream(Encoding.ASCII.GetBytes(new string('a', (20 * 1024 * 1024) + 1)));

        var files = (await client.UploadAsync([("large.txt", large), File("small.txt", "text")])).Files;

        Assert.Equal((ProblemCodes.TooLarge, "accepted"), (files[0].Problem?.Code, files[1].Outcome));
    }

    [Fact]
    public async Task An_upload_that_is_too_large_as_a_whole_loses_only_what_is_beyond()
    {
        await using var api = await TestApi.StartAsync(settings: ["--Uploads:MaxRequestBytes=1048576"]);
        var client = await api.CreateClientAsync();
        var half = new string('a', 600_000);

        var files = (await client.UploadAsync([File("1.txt", half), File("2.txt", half), File("3.txt", "small")])).Files;

        Assert.Equal(["accepted", "rejected", "rejected"], files.Select(file => file.Outcome));
        Assert.Equal(ProblemCodes.TooLarge, files[1].Problem?.Code);
    }

    [Fact]
    public async Task An_upload_without_files_or_with_a_torn_body_is_not_valid()
    {
        using var http = fixture.Api.CreateHttp();
        using var none = await http.PostAsync("/api/documents", new MultipartFormDataContent { { new StringContent("a.md"), "path" } });
        var torn = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.md\"\r\n\r\nhalf");
        torn.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        using var half = await http.PostAsync("/api/documents", torn);

        await none.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
        await half.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    private static (string Name, Stream Content) File(string name, string text) => (name, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static MemoryStream Bytes(params byte[] bytes) => new(bytes);
}
