namespace AiApp.Api.Problems;

internal static partial class ProblemLog
{
    /// <summary>A bug is an error with its stack, an outage a warning, a caller's mistake or absence neither.</summary>
    public static void Failed(this ILogger logger, Problem problem, Exception exception)
    {
        if (problem.Kind == ProblemCatalogue.Internal)
        {
            logger.Bug(exception);
        }
        else if (problem.Kind.Status >= 500 || problem.Kind == ProblemCatalogue.ProviderRateLimited)
        {
            logger.Outage(problem.Kind.Code, exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed for a reason nobody foresaw")]
    private static partial void Bug(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request failed: {Code} ({ExceptionType})")]
    private static partial void Outage(this ILogger logger, string code, string exceptionType);
}
