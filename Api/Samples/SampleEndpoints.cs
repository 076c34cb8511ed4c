using AiApp.Api.Auth;
using AiApp.Api.Documents;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Samples;

internal static class SampleEndpoints
{
    private const string Collection = "handbook";

    public static IHostApplicationBuilder AddSamples(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section);
        return builder;
    }

    public static void MapSamples(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/samples/seed", Seed).WithTags("Samples").WithName("SeedSamples")
            .WithSummary("Takes the sample corpus into the collection 'handbook'; doing it again changes nothing.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, Examples.Upload);

    private static async Task<Results<Accepted<UploadResultDto>, ProblemResult>> Seed(
        Caller caller, FolderImport import, IOptions<SampleOptions> options, IHostEnvironment environment, CancellationToken ct) =>
        options.Value.Find(environment.ContentRootPath) is { } folder
            ? TypedResults.Accepted("/api/documents", await import.ImportAsync(caller.Tenant, caller.Principals, folder, Collection, ct).ToDtoAsync(ct))
            : new ProblemResult(Problem.NotFound("The sample corpus is not here: set Samples__Folder to the folder samples of the repository."));
}
