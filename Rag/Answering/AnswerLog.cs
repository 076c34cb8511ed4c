using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Answering;

internal static partial class AnswerLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "An unfinished answer ({Outcome}) could not be recorded")]
    public static partial void UnfinishedAnswerNotRecorded(this ILogger logger, string outcome, Exception exception);
}
