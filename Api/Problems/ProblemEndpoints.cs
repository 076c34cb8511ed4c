using AiApp.Api.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Problems;

internal static class ProblemEndpoints
{
    public static IHostApplicationBuilder AddProblems(this IHostApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        // Binding failures become exceptions, so that one table words them all.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(status =>
            new ProblemResult(new Problem(ProblemCatalogue.ForStatus(status.HttpContext.Response.StatusCode))).ExecuteAsync(status.HttpContext));
    }

    public static void MapProblems(this IEndpointRouteBuilder endpoints)
    {
        var problems = endpoints.MapGroup("/problems").AllowAnonymous().WithTags("Problems");
        problems.MapGet("/", ListProblems).WithName("ListProblems").WithSummary("The catalogue of problem codes.")
            .WithExample(null, new[] { ProblemCatalogue.NotFound });
        problems.MapGet("/{code}", GetProblem).WithName("GetProblem").WithSummary("What one problem code means and what to do.")
            .Produces<ProblemKind>(200, "application/json", "text/html").ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, ProblemCatalogue.NotFound);
    }

    private static Ok<IReadOnlyList<ProblemKind>> ListProblems() => TypedResults.Ok<IReadOnlyList<ProblemKind>>([.. ProblemCatalogue.All]);

    private static IResult GetProblem(string code, HttpRequest request) => ProblemCatalogue.Find(code) switch
    {
        null => new ProblemResult(Problem.NotFound("/problems lists every code.")),
        { } kind when request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) =>
            TypedResults.Content(ProblemPage.Render(kind), "text/html; charset=utf-8"),
        { } kind => TypedResults.Ok(kind),
    };
}
