using AiApp.Api.OpenApi;
using AiApp.Contracts;
using AiApp.Rag.Retrieval.Vector;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Spaces;

internal static class EmbeddingSpaceEndpoints
{
    public static void MapEmbeddingSpaces(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/embedding-spaces", List).WithTags("Embedding spaces").WithName("ListEmbeddingSpaces")
            .WithSummary("The embedding models and how far their vectors are made.")
            .WithDescription("Questions are searched in the current one. Spaces are filled, swapped and dropped with the command 'spaces'.")
            .WithExample(null, new[]
            {
                new EmbeddingSpaceDto { Model = "local-hashed-1", Dimensions = 384, State = "current", Coverage = 1 },
                new EmbeddingSpaceDto
                {
                    Model = "text-embedding-3-small", Dimensions = 1536, State = "filling", Coverage = 0.42, ChunksPerSecond = 150, RemainingSeconds = 77,
                },
            });

    private static async Task<Ok<IReadOnlyList<EmbeddingSpaceDto>>> List(SpaceAdministration spaces, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<EmbeddingSpaceDto>>([.. (await spaces.ListAsync(ct)).Select(ToDto)]);

    private static EmbeddingSpaceDto ToDto(SpaceProgress progress) => new()
    {
        Model = progress.Space.Model,
        Dimensions = progress.Space.Dimensions,
        State = progress.Space.State.ToString().ToLowerInvariant(),
        Coverage = Math.Round(progress.Coverage, 4),
        ChunksPerSecond = progress.ChunksPerSecond is { } speed ? Math.Round(speed, 1) : null,
        RemainingSeconds = progress.Remaining is { } remaining ? Math.Round(remaining.TotalSeconds) : null,
    };
}
