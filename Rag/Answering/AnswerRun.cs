using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Answering;

/// <summary>What has come to be of one answer so far.</summary>
internal sealed class AnswerRun(Question question, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly Guid _id = Guid.CreateVersion7(clock.GetUtcNow());
    private IReadOnlyList<RetrievedChunk> _passages = [];
    private IReadOnlyList<StageTiming> _retrievalStages = [];
    private long? _inputTokens;
    private long? _outputTokens;

    public Question Question { get; } = question;
    public DateTimeOffset AskedAt { get; } = clock.GetUtcNow();
    public StageWatch Stages { get; } = new(clock);
    public CitationGate Gate { get; private set; } = new([]);

    public double ElapsedMs => Math.Round(clock.GetElapsedTime(_start).TotalMilliseconds, 2);

    public void Retrieved(RetrievalResult retrieved)
    {
        _passages = retrieved.Chunks;
        _retrievalStages = retrieved.Stages;
        Gate = new(retrieved.Chunks);
    }

    public void Used(IEnumerable<UsageDetails> usages)
    {
        foreach (var usage in usages)
        {
            _inputTokens = usage.InputTokenCount ?? _inputTokens;
            _outputTokens = usage.OutputTokenCount ?? _outputTokens;
        }
    }

    public Answer ToAnswer(string text, AnswerOutcome outcome, IChatClient model, PromptTemplate prompt)
    {
        var metadata = model.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        return new()
        {
            Id = _id,
            Question = Question.Text,
            Text = text,
            Outcome = outcome,
            Citations = [.. Gate.Citations],
            Passages = _passages,
            Usage = new((int?)_inputTokens, (int?)_outputTokens),
            Provider = metadata?.ProviderName ?? "unknown",
            Model = metadata?.DefaultModelId ?? "unknown",
            PromptVersion = prompt.Id,
            Stages = [.. _retrievalStages, .. Stages.Stages],
            DurationMs = (int)ElapsedMs,
        };
    }
}
