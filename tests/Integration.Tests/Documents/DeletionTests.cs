using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Documents;

public sealed class DeletionTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_receipt_counts_what_was_removed()
    {
        await using var api = await TestApi.StartAsync();
        var client = await api.CreateClientAsync();
        using var worker = new TestWorker(api.Database, "--Chunking:MaxTokensPerChunk=64", "--Chunking:MinTokensPerChunk=0");
        await client.UploadAsync([File("a.md", "# One\n\nfirst")]);
        await worker.DrainAsync();
        await client.UploadAsync([File("a.md", "# One\n\nsecond\n\n# Two\n\nmore")]);
        await worker.DrainAsync();
        var upload = (await client.UploadAsync([File("a.md", "third")])).Files[0];
        var document = await client.GetDocumentAsync(upload.DocumentId!.Value);

        var receipt = await client.DeleteDocumentAsync(document.Id);

        Assert.Equal((document.Id, "default", "a.md"), (receipt.DocumentId, receipt.Collection, receipt.SourceUri));
        Assert.True(document.ChunkCount >= 2);
        Assert.Equal((2, document.ChunkCount, document.ChunkCount), (receipt.Versions, receipt.Chunks, (int)receipt.LexicalEntries));
        Assert.Equal(document.ChunkCount, (int)Assert.Single(receipt.Vectors).Count);
        var bytes = new[] { "# One\n\nfirst", "# One\n\nsecond\n\n# Two\n\nmore", "third" }.Sum(Encoding.UTF8.GetByteCount);
        Assert.Equal((3, 0, bytes, true), (receipt.Files, receipt.FilesKept, (int)receipt.FileBytes, receipt.JobCancelled));
        Assert.Equal(0L, await api.Database.ReadAsync<long>(
            "SELECT (SELECT count(*) FROM content) + (SELECT count(*) FROM chunk) + (SELECT count(*) FROM lexical_index) + (SELECT count(*) FROM embedding_1) + (SELECT count(*) FROM job)"));
    }

    [Fact]
    public async Task Bytes_that_another_document_holds_are_kept_and_said_to_be()
    {
        var client = await fixture.Api.CreateClientAsync();
        var files = (await client.UploadAsync([File("a.md", "same"), File("b.md", "same")])).Files;

        var first = await client.DeleteDocumentAsync(files[0].DocumentId!.Value);
        var second = await client.DeleteDocumentAsync(files[1].DocumentId!.Value);

        Assert.Equal((1, 1, 0L), (first.Files, first.FilesKept, first.FileBytes));
        Assert.Equal((1, 0, 4L), (second.Files, second.FilesKept, second.FileBytes));
    }

    [Fact]
    public async Task A_receipt_does_not_tell_that_a_document_out_of_sight_holds_the_same_bytes()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        using var anna = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "user:anna"));
        using var bob = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "user:bob"));
        await new AiAppClient(anna).UploadAsync([File("salary.md", "guessed")], "default", ["user:anna"]);
        var guess = (await new AiAppClient(bob).UploadAsync([File("guess.md", "guessed")])).Files[0].DocumentId!.Value;

        var receipt = await new AiAppClient(bob).DeleteDocumentAsync(guess);

        Assert.Equal((1, 0, 7L), (receipt.Files, receipt.FilesKept, receipt.FileBytes));
    }

    private static (string Name, Stream Content) File(string name, string text) => (name, new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
