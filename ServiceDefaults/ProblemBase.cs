using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.ServiceDefaults;

/// <summary>Every problem body says where it happened and which trace tells the rest.</summary>
public static class ProblemBase
{
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    internal static void AddProblemBase(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = problem =>
        {
            problem.ProblemDetails.Instance ??= problem.HttpContext.Request.Path;
            problem.ProblemDetails.Extensions["traceId"] = TraceId(problem.HttpContext);
        });
}
