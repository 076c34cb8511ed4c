using AiApp.Rag.Gateway;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Answering;

/// <summary>Tells what was measured about an answer, as events of the GenAI conventions beside the span of its model.</summary>
public sealed class AnswerEvaluations(ILoggerFactory logging)
{
    private const string Citations = "aiapp.citations";
    private const string Grounded = "aiapp.grounded";

    private readonly ILogger _logger = logging.CreateLogger(RagTelemetry.EvaluationsName);

    /// <summary>Nothing where no model has answered.</summary>
    internal void Tell(ModelAttempt? attempt, CitationGate gate)
    {
        if (attempt is null || !_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }
        var markers = gate.Kept + gate.Dropped;
        Tell(attempt, Citations, markers == 0 ? null : (double)gate.Kept / markers, Label(gate),
            $"{gate.Kept} of {markers} markers of the answer were resolved to a quote of a passage; the others were dropped.");
        var isGrounded = gate.Citations.Count > 0;
        Tell(attempt, Grounded, isGrounded ? 1 : 0, isGrounded ? "answered" : "insufficient_context",
            isGrounded ? "The answer cites passages that were shown to the model." : "The model cited no passage; what it wrote was not shown.");
    }

    private static string Label(CitationGate gate) => (gate.Kept, gate.Dropped) switch
    {
        (0, 0) => "no_markers",
        (_, 0) => "all",
        (0, _) => "none",
        _ => "some",
    };

    private void Tell(ModelAttempt attempt, string name, double? score, string label, string explanation)
    {
        var state = new List<KeyValuePair<string, object?>>
        {
            // The dashboard of Aspire looks for the name among the attributes.
            new(RagTelemetry.EventName, RagTelemetry.EvaluationEvent),
            new(RagTelemetry.EvaluationName, name),
            new(RagTelemetry.EvaluationLabel, label),
            new(RagTelemetry.EvaluationExplanation, explanation),
        };
        Add(state, RagTelemetry.EvaluationScore, score);
        Add(state, RagTelemetry.ResponseId, attempt.ResponseId);
        Add(state, RagTelemetry.EvaluatedSpan, attempt.Span?.SpanId.ToHexString());
        // Not by [LoggerMessage]: the names of the attributes are those of the convention and have dots.
        _logger.Log(LogLevel.Information, new EventId(0, RagTelemetry.EvaluationEvent), state, null, (_, _) => $"{name}: {label}");
    }

    private static void Add(List<KeyValuePair<string, object?>> state, string name, object? value)
    {
        if (value is not null)
        {
            state.Add(new(name, value));
        }
    }
}
