using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Conversations;

internal static partial class ConversationLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn could not be answered: {Code}")]
    public static partial void TurnFailed(this ILogger logger, string code, Exception reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of a turn could not be recorded; its lease and the record of its answer tell it")]
    public static partial void EndNotRecorded(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} answers were not written in time before the end of the process; they are interrupted")]
    public static partial void Interrupting(this ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A model could not make a question stand alone ({Error}); rules do")]
    public static partial void RewriteFailed(this ILogger logger, string error);
}
