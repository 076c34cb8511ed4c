using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A model that has the last word about sentences that the rules let pass. There is none unless its route names one.</summary>
public sealed class AnswerJudge
{
    private readonly StructuredOutput _output;
    private readonly TimeSpan _patience;
    private readonly ILogger _logger;
    private readonly bool _isThere;

    internal AnswerJudge(StructuredOutput output, ModelRoutes routes, IOptions<ModelsOptions> models, IOptions<AnsweringOptions> options, ILogger<AnswerJudge> logger)
    {
        (_output, _patience, _logger) = (output, TimeSpan.FromSeconds(options.Value.JudgeSeconds), logger);
        _isThere = models.Value.HasRoute(ModelStep.Judge) && routes.Of(ModelStep.Judge).Any(candidate => !candidate.IsExtractive);
    }

    /// <summary>For one answer; null where nobody judges.</summary>
    internal SentenceJudge? For(AnswerRun run) => _isThere ? new(_output, run, _patience, _logger) : null;
}
