using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>Finds what the test says, or fails as the test says.</summary>
internal sealed class FixedRetriever(Func<RetrievalQuery, CancellationToken, Task<RetrievalResult>> retrieve) : IRetriever
{
    private const string DocumentId = "0198c0de-7a11-7000-8000-000000000001";
    public const string LeaveText = "Full-time employees have 28 days of annual leave a year.";

    public static FixedRetriever Leave { get; } = new((query, _) => Task.FromResult(new RetrievalResult
    {
        Chunks =
        [
            new()
            {
                ChunkId = 204,
                CollectionId = 1,
                DocumentId = new(DocumentId),
                VersionId = 17,
                VersionNumber = 2,
                Title = "Annual leave",
                SourceUri = "handbook/annual-leave.md",
                HeadingPath = "Annual leave",
                Text = LeaveText,
                StartOffset = 100,
                Length = LeaveText.Length,
                Score = 1,
                Lexical = new(1, 9),
            },
        ],
        Stages = [new("lexical", 1)],
        Terms = [.. Words.Split(query.Text).Where(word => !Words.IsFunctionWord(word)).Select((word, n) => new QueryTerm(Words.Stem(word), n + 1, 3, 2))],
    }));

    /// <summary>Gives the passage a document: an answer is read again only while its documents may be read.</summary>
    public static async Task AddDocumentAsync(AiAppClient client, TestDatabase database)
    {
        await client.UploadAsync([("annual-leave.md", new MemoryStream("text"u8.ToArray()))]);
        await database.ReadAsync<int>(
            $"WITH gone AS (DELETE FROM job) UPDATE document SET document_id = '{DocumentId}' WHERE source_uri = 'annual-leave.md' RETURNING 1");
    }

    public Task<RetrievalResult> RetrieveAsync(RetrievalQuery query, CancellationToken ct) => retrieve(query, ct);
}
