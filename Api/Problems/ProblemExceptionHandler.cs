using Microsoft.AspNetCore.Diagnostics;

namespace AiApp.Api.Problems;

internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = ProblemMapping.Map(exception, httpContext.RequestAborted);
        logger.Failed(problem, exception);
        if (problem.Kind == ProblemCatalogue.Canceled)
        {
            httpContext.Response.StatusCode = problem.Kind.Status;
            return true;
        }
        await new ProblemResult(problem).ExecuteAsync(httpContext);
        return true;
    }
}
