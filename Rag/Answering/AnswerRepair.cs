using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Prompts;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Answering;

/// <summary>Offers sentences that were left out to a model once more, each with its fault. An answer is no worse for it, whatever comes back.</summary>
public sealed class AnswerRepair
{
    // An answer with more faults is not mended by mending sentences.
    private const int MostSentences = 8;
    private const int LongestSentence = 1000;

    private static readonly PromptTemplate Prompt = PromptTemplate.Load("repair", "v1");

    private readonly IChatClient _model;
    private readonly ModelRoutes _routes;
    private readonly AnsweringOptions _options;
    private readonly ILogger _logger;

    internal AnswerRepair(IChatClient model, ModelRoutes routes, IOptions<AnsweringOptions> options, ILogger<AnswerRepair> logger) =>
        (_model, _routes, _options, _logger) = (model, routes, options.Value, logger);

    /// <summary>Whether something was left out that a model could write again. A model that quotes sentences writes none.</summary>
    internal bool IsWanted(CitationGate gate, ModelName? pinned) => _options.RepairSeconds > 0 && gate.LeftOut.Count > 0
        && _routes.Of(ModelStep.Repair, pinned).Any(candidate => !candidate.IsExtractive);

    /// <summary>Lets what it writes in their place pass as the answer itself did.</summary>
    internal async Task MendAsync(AnswerRun run, CitationGate gate, GroundingContext grounding, SentenceWriter writer, CancellationToken ct)
    {
        var request = run.Checks(ModelStep.Repair, Prompt, TimeSpan.FromSeconds(_options.RepairSeconds));
        if (await run.Stages.MeasureAsync("repair", () => WriteAsync(gate, grounding, request, ct)) is not { } text)
        {
            return;
        }
        gate.Resume();
        await writer.PushAsync(text, ct);
        await writer.CompleteAsync(ct);
        Count(gate.Repaired > 0 ? "repaired" : "unchanged");
    }

    /// <summary>What it wrote in their place; null when it could not.</summary>
    private async Task<string?> WriteAsync(CitationGate gate, GroundingContext grounding, ModelRequest request, CancellationToken ct)
    {
        var chat = new ChatOptions
        {
            MaxOutputTokens = _options.MaxOutputTokens,
            Temperature = _options.Temperature,
            AdditionalProperties = new() { [ModelRequest.OptionsKey] = request },
        };
        try
        {
            return (await _model.GetResponseAsync(ToMessages(gate, grounding), chat, ct)).Text;
        }
        catch (Exception failure) when (failure is ModelProviderException or QuotaExceededException)
        {
            var code = ModelFailureCodes.Of(failure);
            Count(code);
            _logger.NotRepaired(code);
            return null;
        }
    }

    private static void Count(string outcome) => RagTelemetry.Repairs.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));

    private static List<ChatMessage> ToMessages(CitationGate gate, GroundingContext grounding) =>
    [
        new(ChatRole.System, Prompt.System),
        new(ChatRole.User, PromptTemplate.Fill(Prompt.User,
            ("passages", grounding.RenderPassages()),
            ("question", GroundingContext.Escape(grounding.Question)),
            ("answer", GroundingContext.Escape(gate.Text)),
            ("sentences", string.Join('\n', gate.LeftOut.Where(sentence => sentence.Text.Length <= LongestSentence).Take(MostSentences)
                .Select(sentence => $"<sentence fault=\"{sentence.Fault}\">{GroundingContext.Escape(sentence.Text)}</sentence>"))))),
    ];
}
