using AiApp.Rag.Access;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Retrieval.Explain;

/// <summary>Exact scores of chunks that are known by their ids, whether the legs found them or not.</summary>
internal sealed class ExplainStore(NpgsqlDataSource database)
{
    /// <summary>For each chunk what each of the question's terms adds to its score, most first; chunks without a term are left out.</summary>
    public async Task<Dictionary<long, List<TermContribution>>> ReadTermsAsync(RetrievalTrace trace, long[] chunkIds, CancellationToken ct)
    {
        var terms = TermVector.Counted(trace.Lexical.Terms);
        await using var batch = ReadAs(trace.Scope).Append(
            ExplainSql.TermProducts, trace.Scope.Tenant, chunkIds, trace.Scope.ReaderSetIds, terms.Select(term => TermVector.Of(term)).ToArray());
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var contributions = new List<(long ChunkId, TermContribution Term)>();
        while (await reader.ReadAsync(ct))
        {
            var (term, product) = (terms[(int)reader.GetInt64(1) - 1], reader.GetDouble(2));
            contributions.Add((reader.GetInt64(0), new(term.Lexeme, term.Idf, term.Frequency, product / term.Weight, product)));
        }
        return contributions.GroupBy(pair => pair.ChunkId)
            .ToDictionary(chunk => chunk.Key, chunk => chunk.Select(pair => pair.Term).OrderByDescending(term => term.Product).ToList());
    }

    /// <summary>The chunks of the current version, in the order of the text.</summary>
    public async Task<List<DocumentChunk>> ReadChunksAsync(RetrievalTrace trace, Guid document, CancellationToken ct)
    {
        var headings = await ListChunksAsync(trace, document, ct);
        long[] ids = [.. headings.Select(chunk => chunk.Id)];
        var terms = await ReadTermsAsync(trace, ids, ct);
        var similarities = await ReadSimilaritiesAsync(trace, ids, ct);
        return [.. headings.Select(chunk => new DocumentChunk
        {
            Id = chunk.Id,
            HeadingPath = chunk.HeadingPath,
            Terms = terms.GetValueOrDefault(chunk.Id, []),
            Similarity = similarities.TryGetValue(chunk.Id, out var similarity) ? similarity : null,
        })];
    }

    /// <summary>How many of the chunks that were searched score more.</summary>
    public async Task<long> CountAboveAsync(RetrievalTrace trace, double score, CancellationToken ct)
    {
        await using var batch = ReadAs(trace.Scope).Append(
            ExplainSql.CountAbove, trace.Scope.Tenant, trace.Scope.CollectionIds, trace.Scope.ReaderSetIds,
            TermVector.Of(TermVector.Counted(trace.Lexical.Terms)), score, trace.Lexical.Constraint);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetInt64(0);
    }

    /// <summary>Phrases and exclusions of the question, held against the chunks.</summary>
    public async Task<QuestionConditions> ReadConditionsAsync(RetrievalTrace trace, SearchText question, long[] chunkIds, CancellationToken ct) => new(
        question,
        await FindHoldersAsync(trace.Scope, chunkIds, question.Phrases, ofStopWords: true, ct),
        await FindHoldersAsync(trace.Scope, chunkIds, question.Exclusions, ofStopWords: false, ct));

    private async Task<IReadOnlySet<long>[]> FindHoldersAsync(
        SearchScope scope, long[] chunkIds, IReadOnlyList<string> words, bool ofStopWords, CancellationToken ct)
    {
        if (words.Count == 0)
        {
            return [];
        }
        await using var batch = ReadAs(scope).Append(
            ExplainSql.FindHolders, scope.Tenant, chunkIds, scope.ReaderSetIds, scope.Languages, words.ToArray(), ofStopWords);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var holders = words.Select(_ => new HashSet<long>()).ToArray();
        while (await reader.ReadAsync(ct))
        {
            holders[reader.GetInt64(1) - 1].Add(reader.GetInt64(0));
        }
        return holders;
    }

    private async Task<List<(long Id, string HeadingPath)>> ListChunksAsync(RetrievalTrace trace, Guid document, CancellationToken ct)
    {
        await using var batch = ReadAs(trace.Scope).Append(ExplainSql.ListChunks, trace.Scope.Tenant, document, trace.Scope.ReaderSetIds);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var chunks = new List<(long, string)>();
        while (await reader.ReadAsync(ct))
        {
            chunks.Add((reader.GetInt64(0), reader.GetString(1)));
        }
        return chunks;
    }

    private async Task<Dictionary<long, double>> ReadSimilaritiesAsync(RetrievalTrace trace, long[] chunkIds, CancellationToken ct)
    {
        if (trace.Vector is not { Space: { } space } vector)
        {
            return [];
        }
        await using var batch = ReadAs(trace.Scope).Append(
            space.In(ExplainSql.Similarities), trace.Scope.Tenant, chunkIds, VectorStore.ToHalfVector(vector.Question));
        return (await batch.ReadHitsAsync(ct)).ToDictionary(hit => hit.ChunkId, hit => hit.Score);
    }

    /// <summary>Documents that the caller may read, by their source URI.</summary>
    public async Task<List<Guid>> FindDocumentsAsync(RetrievalQuery query, string sourceUri, CancellationToken ct)
    {
        await using var batch = database.ReadAs(query.Tenant, query.Principals)
            .Append(ExplainSql.FindDocuments, query.Tenant, query.Principals.ToArray(), sourceUri, query.Collection);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }
        return ids;
    }

    private NpgsqlBatch ReadAs(SearchScope scope) => database.ReadAs(scope.Tenant, scope.Principals);
}
