using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Api.Problems;

/// <summary>The one writer of <c>application/problem+json</c>.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "application/problem+json";
    public static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Never inside a page: apostrophes stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    public int? StatusCode => problem.Kind.Status;

    public static implicit operator ProblemResult(Problem problem) => new(problem);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = problem.Kind.Status;
        if (problem.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(problem.ToDto(httpContext), Json, MediaType, httpContext.RequestAborted);
    }
}
