using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace AiApp.ServiceDefaults;

/// <summary>
/// A record that names a span belongs to that one. What is found out about the call of a model is told when its span has ended, which
/// then cannot be the current one any more; GenAI evaluations are looked for at the span that they are about.
/// </summary>
internal sealed class EvaluatedSpan : BaseProcessor<LogRecord>
{
    private const string Attribute = "aiapp.evaluated_span_id";

    public override void OnEnd(LogRecord data)
    {
        if (data.Attributes?.FirstOrDefault(attribute => attribute.Key == Attribute).Value is string span)
        {
            data.SpanId = ActivitySpanId.CreateFromString(span);
            data.Attributes = [.. data.Attributes.Where(attribute => attribute.Key != Attribute)];
        }
    }
}
