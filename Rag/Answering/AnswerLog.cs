using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Answering;

internal static partial class AnswerLog
{
    [LoggerMessage(Message = "An unfinished answer ({Outcome}) could not be recorded")]
    public static partial void UnfinishedAnswerNotRecorded(this ILogger logger, LogLevel level, string outcome, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sentences that were left out could not be offered for repair ({Error}); the answer is as it was")]
    public static partial void NotRepaired(this ILogger logger, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model that judges sentences is not asked again for this answer ({Error})")]
    public static partial void NotJudged(this ILogger logger, string error);
}
