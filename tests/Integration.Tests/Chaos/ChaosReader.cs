using AiApp.Contracts;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>Searches for one document after the other, all the time: what it sees of a document must be of one edition.</summary>
internal sealed class ChaosReader(AiAppClient client, IReadOnlyList<ChaosDocument> documents, int seed)
{
    public int Seen { get; private set; }
    public List<string> Mixed { get; } = [];

    public async Task RunAsync(CancellationToken enough)
    {
        var random = new Random(seed);
        while (!enough.IsCancellationRequested)
        {
            var document = documents[random.Next(documents.Count)];
            try
            {
                var found = await client.SearchAsync(new() { Query = document.Word, Collection = "chaos", Top = 50 }, CancellationToken.None);
                var editions = found.Passages.Where(passage => passage.SourceUri == document.SourceUri)
                    .SelectMany(passage => ChaosDocument.EditionsIn(passage.Text)).Distinct().ToList();
                Seen += editions.Count > 0 ? 1 : 0;
                if (editions.Count > 1)
                {
                    Mixed.Add($"{document.SourceUri}: {string.Join(", ", editions)}");
                }
            }
            catch (Exception down) when (down is HttpRequestException or IOException or OperationCanceledException or AiAppException { Problem.Status: >= 500 })
            {
                await Task.Delay(50, CancellationToken.None);
            }
            catch (AiAppException absent) when (absent.Problem.Status == 404)
            {
                // The collection comes with the first document.
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
