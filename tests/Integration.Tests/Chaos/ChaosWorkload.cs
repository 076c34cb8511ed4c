using System.Net;
using System.Text;
using AiApp.Contracts;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>
/// Uploads, replaces and deletes documents as a client does that must know: each call is repeated until it is acknowledged, and
/// one client alone changes a document, so that its last acknowledged state is the only right one.
/// </summary>
internal sealed class ChaosWorkload(AiAppClient client, int documents, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly ChaosDocument[] _documents = [.. Enumerable.Range(0, documents).Select(number => new ChaosDocument(number))];

    public IReadOnlyList<ChaosDocument> Documents => _documents;

    public int Acknowledged { get; private set; }

    /// <summary>Every document once, and then changes until <paramref name="enough"/>.</summary>
    public Task RunAsync(int writers, CancellationToken enough) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer, writers, enough), CancellationToken.None)));

    private async Task WriteAsync(int writer, int writers, CancellationToken enough)
    {
        var random = new Random(seed + writer);
        var mine = _documents.Where(document => document.Number % writers == writer).ToArray();
        foreach (var document in mine)
        {
            await UploadAsync(document, random);
        }
        while (!enough.IsCancellationRequested)
        {
            var document = mine[random.Next(mine.Length)];
            await (document.Exists && random.NextDouble() < 0.2 ? DeleteAsync(document) : UploadAsync(document, random));
        }
    }

    private async Task UploadAsync(ChaosDocument document, Random random)
    {
        document.Change(1 + random.Next(12));
        var bytes = Encoding.UTF8.GetBytes(document.Text);
        document.Id = await UntilAcknowledgedAsync(async () =>
        {
            var result = await client.UploadAsync([(document.SourceUri, new MemoryStream(bytes))], "chaos");
            var file = Assert.Single(result.Files);
            Assert.Null(file.Problem);
            return file.DocumentId!.Value;
        });
    }

    private async Task DeleteAsync(ChaosDocument document)
    {
        document.Remove();
        await UntilAcknowledgedAsync(async () =>
        {
            try
            {
                await client.DeleteDocumentAsync(document.Id);
            }
            catch (AiAppException gone) when (gone.Problem.Status == (int)HttpStatusCode.NotFound)
            {
                // An earlier call was carried out and its reply was lost.
            }
            return true;
        });
    }

    private async Task<T> UntilAcknowledgedAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                var result = await call();
                lock (_documents)
                {
                    Acknowledged++;
                }
                return result;
            }
            catch (Exception unknown) when (unknown is HttpRequestException or IOException or OperationCanceledException or AiAppException { Problem.Status: >= 500 })
            {
                // Whether it was carried out is not known: said again, it means the same.
                await Task.Delay(Patience);
            }
        }
    }
}
