using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Conversations;

public sealed class ConversationsOptions : IValidatableObject
{
    public const string Section = "Conversations";

    /// <summary>How long an answer may be written. Nobody has to wait for it, so that nobody would end it.</summary>
    [Range(5, 3600, ErrorMessage = "Conversations:MaxSeconds must be between 5 and 3600.")]
    public int MaxSeconds { get; set; } = 300;

    /// <summary>Answers that one process writes at a time; one more is refused as overloaded.</summary>
    [Range(1, 10_000, ErrorMessage = "Conversations:MaxAnswers must be between 1 and 10000.")]
    public int MaxAnswers { get; set; } = 200;

    /// <summary>How often a process says that it still writes; as late does it hear that it is to stop.</summary>
    [Range(100, 60_000, ErrorMessage = "Conversations:HeartbeatMs must be between 100 and 60000.")]
    public int HeartbeatMs { get; set; } = 1000;

    /// <summary>After which silence an answer counts as interrupted.</summary>
    [Range(1, 600, ErrorMessage = "Conversations:LeaseSeconds must be between 1 and 600.")]
    public int LeaseSeconds { get; set; } = 10;

    /// <summary>How long a process that is asked to end goes on writing before it interrupts what is left. Platforms kill after 30 s.</summary>
    [Range(0, 600, ErrorMessage = "Conversations:DrainSeconds must be between 0 and 600; more than 20 needs a longer grace period of the platform and HostOptions:ShutdownTimeout.")]
    public int DrainSeconds { get; set; } = 15;

    /// <summary>How long Redis keeps what was streamed after the last of it: whoever comes later reads the record.</summary>
    [Range(10, 86_400, ErrorMessage = "Conversations:ReplaySeconds must be between 10 and 86400.")]
    public int ReplaySeconds { get; set; } = 120;

    /// <summary>How often a reader of an answer that another process writes looks for more.</summary>
    [Range(10, 5000, ErrorMessage = "Conversations:PollMs must be between 10 and 5000.")]
    public int PollMs { get; set; } = 100;

    /// <summary>What a model is told of the conversation, at most; older turns are shortened.</summary>
    [Range(100, 100_000, ErrorMessage = "Conversations:MemoryTokens must be between 100 and 100000.")]
    public int MemoryTokens { get; set; } = 1500;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LeaseSeconds * 1000 < 3 * HeartbeatMs)
        {
            yield return new("Conversations:LeaseSeconds is shorter than three times HeartbeatMs: one late heartbeat would end an answer. Raise the one or lower the other.");
        }
    }
}
