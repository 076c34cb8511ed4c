using System.Numerics.Tensors;
using AiApp.Rag.Caching;
using AiApp.Rag.Caching.Questions;
using AiApp.Rag.Models.Local;

namespace AiApp.Evals.Caching;

/// <summary>A question with what it is compared by.</summary>
internal sealed record JudgedQuestion(string Text, string Label)
{
    public float[] Vector { get; } = LocalEmbeddingGenerator.Embed(Text);
    public QuestionShape Shape { get; } = QuestionShape.Of(Text);
    public string Normalised { get; } = QuestionText.Normalise(Text);

    public float Similarity(JudgedQuestion other) => TensorPrimitives.Dot<float>(Vector, other.Vector);
}

/// <summary>How two caches decide about the same questions: the one of the Api without its check of evidence, and a plain threshold of cosine.</summary>
internal static class JudgedCache
{
    public static bool Agrees(JudgedQuestion cached, JudgedQuestion asked, SimilarityOptions options) =>
        cached.Normalised == asked.Normalised
        || (cached.Similarity(asked) >= options.MinSimilarity && QuestionGuard.AskTheSame(asked.Shape, cached.Shape, options));

    /// <summary>The nearest ones are judged, the nearest first, as the Api does.</summary>
    public static JudgedQuestion? Find(IReadOnlyList<JudgedQuestion> cached, JudgedQuestion asked, SimilarityOptions options, int candidates) =>
        cached.FirstOrDefault(one => one.Normalised == asked.Normalised)
        ?? Nearest(cached, asked, candidates).FirstOrDefault(near => Agrees(near, asked, options));

    public static IEnumerable<JudgedQuestion> Nearest(IReadOnlyList<JudgedQuestion> cached, JudgedQuestion asked, int count)
    {
        var best = new PriorityQueue<JudgedQuestion, float>();
        foreach (var one in cached)
        {
            var similarity = one.Similarity(asked);
            if (best.Count < count)
            {
                best.Enqueue(one, similarity);
            }
            else if (best.TryPeek(out _, out var worst) && similarity > worst)
            {
                best.DequeueEnqueue(one, similarity);
            }
        }
        return best.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element);
    }
}
