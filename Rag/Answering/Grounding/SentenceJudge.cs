using System.ComponentModel;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A sentence that the rules let pass, the passages that it will cite, by their numbers, and how its numbers were worked out, if they were.</summary>
internal sealed record SupportedSentence(string Text, IReadOnlyList<(int Number, RetrievedChunk Passage)> Passages, string Working = "");

internal sealed record JudgeVerdict([property: Description("Whether the passages say all that the sentence says.")] bool Supported);

/// <summary>Asks for each sentence of one answer. A judge that is out, slow or talks nonsense is not asked again for it, and lets all pass.</summary>
internal sealed class SentenceJudge(StructuredOutput output, AnswerRun run, TimeSpan patience, ILogger logger)
{
    private const int MaxOutputTokens = 200;
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("judge", "v1");

    private bool _isOut;

    /// <summary>Those that the passages do not say.</summary>
    public async Task<IReadOnlySet<string>> RefuseAsync(IReadOnlyList<SupportedSentence> sentences, CancellationToken ct)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sentence in sentences)
        {
            if (!_isOut && !await IsSupportedAsync(sentence, ct))
            {
                refused.Add(sentence.Text);
            }
        }
        return refused;
    }

    private async Task<bool> IsSupportedAsync(SupportedSentence sentence, CancellationToken ct)
    {
        try
        {
            var request = run.Checks(ModelStep.Judge, Prompt, patience);
            var isSupported = (await output.GetAsync<JudgeVerdict>(ToMessages(sentence), request, MaxOutputTokens, ct)).Value.Supported;
            Count(isSupported ? "supported" : "unsupported");
            return isSupported;
        }
        catch (Exception failure) when (failure is ModelProviderException or QuotaExceededException)
        {
            _isOut = true;
            var code = ModelFailureCodes.Of(failure);
            Count(code);
            logger.NotJudged(code);
            return true;
        }
    }

    private List<ChatMessage> ToMessages(SupportedSentence sentence) =>
    [
        new(ChatRole.System, Prompt.System),
        new(ChatRole.User, PromptTemplate.Fill(Prompt.User,
            ("passages", GroundingContext.Render(sentence.Passages)),
            ("question", GroundingContext.Escape(run.Question.Text)),
            ("sentence", GroundingContext.Escape(sentence.Working.Length == 0 ? sentence.Text : $"{sentence.Text} ({sentence.Working})")))),
    ];

    private static void Count(string outcome) => RagTelemetry.Judgements.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));
}
