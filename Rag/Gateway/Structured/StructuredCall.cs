using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>An answer that did not fit, and the words that said why.</summary>
internal sealed record RejectedAnswer(string Provider, string Model, string Text, IReadOnlyList<SchemaFault> Faults)
{
    public string Reasons => Say(Faults);

    /// <summary>One line for each fault.</summary>
    public static string Say(IReadOnlyList<SchemaFault> faults) =>
        string.Join('\n', faults.Select(fault => $"- {(fault.Path.Length == 0 ? "the whole" : fault.Path)}: {fault.Message}"));
}

/// <summary>Which attempt of a call gave the valid answer.</summary>
internal sealed record ValidAnswer(ModelAttempt Attempt, bool IsRepaired)
{
    public const string ResponseKey = "aiapp.valid_answer";
}

/// <summary>What a call must answer; travels in its options, under <see cref="OptionsKey"/>.</summary>
internal sealed class StructuredCall(JsonSchema schema, Func<JsonElement, SchemaFault?>? alsoCheck = null)
{
    public const string OptionsKey = "aiapp.structured_call";

    private readonly Lock _gate = new();
    private RejectedAnswer? _lastRejected;

    public JsonSchema Schema { get; } = schema;

    /// <summary>Null when every answer so far was valid, or none came.</summary>
    public RejectedAnswer? LastRejected
    {
        get
        {
            lock (_gate)
            {
                return _lastRejected;
            }
        }
    }

    public void Reject(RejectedAnswer answer)
    {
        lock (_gate)
        {
            _lastRejected = answer;
        }
    }

    /// <summary>The value, or what is wrong with it.</summary>
    public (JsonElement? Value, IReadOnlyList<SchemaFault> Faults) Judge(ChatResponse response)
    {
        var (read, unreadable) = JsonAnswer.Read(response.Text);
        if (read is not { } value)
        {
            return (null, response.FinishReason == ChatFinishReason.Length
                ? [new("", "the answer was cut off at its bound: write a shorter one")]
                : [unreadable!]);
        }
        var faults = Schema.FindFaults(value);
        if (faults.Count == 0 && alsoCheck?.Invoke(value) is { } fault)
        {
            faults = [fault];
        }
        return faults.Count == 0 ? (value, []) : (null, faults);
    }
}
