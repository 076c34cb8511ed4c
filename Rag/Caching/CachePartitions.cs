using System.Globalization;
using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Configuration;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Caching;

/// <summary>Tells the partition of a question.</summary>
internal sealed class CachePartitions(
    ModelRoutes routes, RetrievalSettings retrieval, CacheSwitch tenants, CacheSignature signature, IOptions<AnsweringOptions> answering)
{
    // What the pipeline makes of the same evidence and the same words of a model is raised here by hand.
    private const string PipelineVersion = "2";

    private readonly string _writing = string.Join('\n',
    [
        .. new[] { ModelStep.Answer, ModelStep.Repair, ModelStep.Judge }.SelectMany(routes.Of).Select(candidate => $"{candidate.Name}\t{candidate.Provider}\t{candidate.Model}"),
        .. new[] { "repair", "judge", "structured" }.SelectMany(PromptTemplate.IdsOf),
        string.Create(CultureInfo.InvariantCulture, $"{answering.Value.Passages}\t{answering.Value.MaxOutputTokens}\t{answering.Value.Temperature}\t{answering.Value.RepairSeconds > 0}"),
    ]);

    /// <summary>Null when the tenant has no cache, or when the search tells too little.</summary>
    public async Task<CachePartition?> FindAsync(Question question, RetrievalResult found, string prompt, DateTimeOffset askedAt, CancellationToken ct)
    {
        if (found.Basis is not { } basis || await tenants.FindAsync(question.Tenant, ct) is not { } database)
        {
            return null;
        }
        return CachePartition.Of(question.Tenant, signature.Key,
            PipelineVersion, CachedAnswer.CurrentFormat.ToString(CultureInfo.InvariantCulture), database, question.Collection, string.Join(',', basis.ReaderSetIds.Order()),
            prompt, _writing, basis.Space.TableName, basis.Space.Model, found.ConfigurationId, retrieval.Text,
            // Texts hold until a day and from a day on, and questions speak of today: that of the question, however late its answer is written.
            askedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
