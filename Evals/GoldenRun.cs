using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Evals;

/// <summary>Right: cites the document and holds what it must. Wrong: answered otherwise. Abstained: not answered.</summary>
public enum Verdict { Right, Wrong, Abstained }

public sealed record GoldenResult(GoldenQuestion Question, Answer Answer, Verdict Verdict, bool QuotesStand);

/// <summary>A golden set run through ingestion, retrieval and answering as they serve.</summary>
public sealed class GoldenRun(IServiceProvider services, TenantId tenant)
{
    public const string Collection = "golden";

    /// <summary>Adds the folder's documents and runs every job that is due, other tenants' jobs too.</summary>
    public async Task<int> IngestAsync(string folder, CancellationToken ct)
    {
        var added = 0;
        await foreach (var file in services.GetRequiredService<FolderImport>().ImportAsync(tenant, PrincipalSet.Everyone, folder, Collection, ct))
        {
            added += file.Added is { Unchanged: false } ? 1 : 0;
        }
        var queue = services.GetRequiredService<JobQueue>();
        var runner = services.GetRequiredService<IngestionRunner>();
        while (await queue.ClaimAsync(ct) is { } job)
        {
            await runner.RunAsync(job, CancellationToken.None, ct);
        }
        return added;
    }

    public async Task<GoldenResult> AskAsync(GoldenQuestion question, CancellationToken ct)
    {
        var asked = new Question { Tenant = tenant, Text = question.Question, Collection = Collection };
        var answer = await services.GetRequiredService<AnswerPipeline>().CompleteAsync(asked, ct);
        return new(question, answer, Judge(question, answer), await QuotesStandAsync(answer, ct));
    }

    private static Verdict Judge(GoldenQuestion question, Answer answer) =>
        answer.Outcome == AnswerOutcome.InsufficientContext ? Verdict.Abstained
        : question.IsAnswerable
            && question.MustContain.All(text => answer.Text.Contains(text, StringComparison.Ordinal))
            && answer.Citations.Any(citation => citation.Chunk.SourceUri == question.Document) ? Verdict.Right
        : Verdict.Wrong;

    private async Task<bool> QuotesStandAsync(Answer answer, CancellationToken ct)
    {
        var documents = services.GetRequiredService<DocumentStore>();
        foreach (var citation in answer.Citations)
        {
            var text = await documents.FindTextAsync(tenant, PrincipalSet.Everyone, citation.Chunk.DocumentId, citation.Chunk.VersionId, ct);
            if (text is null || string.CompareOrdinal(text.Text, citation.StartOffset, citation.Quote, 0, citation.Length) != 0)
            {
                return false;
            }
        }
        return true;
    }
}
