using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Feedback;

/// <summary>
/// Counts verdicts, and tells each as an evaluation of the GenAI conventions. It comes long after the span of the model that wrote the
/// answer, so it stands in the trace of the request that gave it. Never a word of what was said.
/// </summary>
public sealed class FeedbackTelemetry(ILoggerFactory logging)
{
    private const string Name = "aiapp.user_feedback";

    private readonly ILogger _logger = logging.CreateLogger(RagTelemetry.EvaluationsName);

    internal void Tell(AnswerFeedback feedback)
    {
        RagTelemetry.Feedback.Add(1,
            new KeyValuePair<string, object?>(RagTelemetry.Verdict, feedback.Verdict),
            new KeyValuePair<string, object?>(RagTelemetry.Reason, feedback.Reason ?? "none"));
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }
        var label = feedback.Reason ?? feedback.Verdict;
        KeyValuePair<string, object?>[] state =
        [
            // The dashboard of Aspire looks for the name among the attributes.
            new(RagTelemetry.EventName, RagTelemetry.EvaluationEvent),
            new(RagTelemetry.EvaluationName, Name),
            new(RagTelemetry.EvaluationLabel, label),
            new(RagTelemetry.EvaluationScore, feedback.Verdict == "good" ? 1.0 : 0.0),
            new(RagTelemetry.EvaluationExplanation, "Whoever was given the answer has judged it."),
            new(RagTelemetry.AnswerId, feedback.AnswerId.ToString()),
        ];
        // Not by [LoggerMessage]: the names of the attributes are those of the convention and have dots.
        _logger.Log(LogLevel.Information, new EventId(0, RagTelemetry.EvaluationEvent), state, null, (_, _) => $"{Name}: {label}");
    }
}
