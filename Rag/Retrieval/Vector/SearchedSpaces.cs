using AiApp.Rag.Models;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>A space and the model that embeds questions for it.</summary>
internal sealed record SearchedSpace(EmbeddingSpace Space, EmbeddingModel Model);

/// <summary>Which spaces a question is searched in.</summary>
internal static class SearchedSpaces
{
    /// <summary>
    /// The current space; while it has gaps, a filled one as well. Nothing when no model of any useful space is configured.
    /// </summary>
    public static IReadOnlyList<SearchedSpace> Choose(IEnumerable<EmbeddingSpace> spaces, EmbeddingModels models)
    {
        var known = spaces
            .Select(space => (Space: space, Model: models.Find(space.Model, space.Dimensions)))
            .Where(pair => pair.Model is not null)
            .Select(pair => new SearchedSpace(pair.Space, pair.Model!))
            .ToList();
        var current = known.Find(searched => searched.Space.State == EmbeddingSpaceState.Current);
        if (current is { Space.IsFilled: true })
        {
            return [current];
        }
        // The one that was searched last knows the documents best.
        var filled = known.FindLast(searched => searched.Space.IsFilled && searched.Space.State == EmbeddingSpaceState.Retired)
            ?? known.FindLast(searched => searched.Space.IsFilled);
        return (current, filled) switch
        {
            (not null, not null) => [current, filled],
            (not null, null) => [current],
            (null, not null) => [filled],
            (null, null) => [],
        };
    }
}
