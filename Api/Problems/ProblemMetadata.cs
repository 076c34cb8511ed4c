using AiApp.Contracts;

namespace AiApp.Api.Problems;

/// <summary>Says in the OpenAPI document which problems an operation answers with.</summary>
internal sealed record ProblemMetadata(IReadOnlyList<ProblemKind> Kinds);

internal static class ProblemMetadataExtensions
{
    public static TBuilder ProducesProblems<TBuilder>(this TBuilder endpoint, params ProblemKind[] kinds)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new ProblemMetadata(kinds));
        foreach (var status in kinds.Select(kind => kind.Status).Distinct())
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDto), [ProblemResult.MediaType]));
        }
        return endpoint;
    }
}
