using System.Numerics.Tensors;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Models.Local;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Evals.Grounding;

/// <summary>A sentence whose truth is known, with what the gate did of it, the share of its words that stand in its passage, and its cosine to the nearest sentence there.</summary>
internal sealed record ScoredSentence(string Kind, bool IsLie, bool Passes, double Support, double Cosine);

/// <summary>Whether the embedding of a sentence tells truth from lie beside, or better than, its words do.</summary>
internal sealed class EmbeddingScores
{
    // Of the true sentences that the rules let pass.
    private const double Sacrificed = 0.01;

    private readonly List<ScoredSentence> _scored = [];

    public void Add(string kind, bool isLie, bool passes, string question, string text, RetrievedChunk passage)
    {
        var vector = LocalEmbeddingGenerator.Embed(text);
        var cosine = SentenceSplitter.Split(passage.Text).Select(span => (double)TensorPrimitives.CosineSimilarity(vector, LocalEmbeddingGenerator.Embed(span.Of(passage.Text)))).Max();
        _scored.Add(new(kind, isLie, passes, new ClaimCheck(question).Judge(new(text), [new EvidenceText(passage)]).Support, cosine));
    }

    public async Task WriteAsync(TextWriter output)
    {
        var truths = _scored.Where(one => one is { IsLie: false, Passes: true }).ToList();
        var floor = truths.Select(one => one.Cosine).Order().ElementAtOrDefault((int)(truths.Count * Sacrificed));
        await output.WriteLineAsync($"Cosine below {floor:0.00} would leave out {Sacrificed:P0} of the true sentences besides.\n");
        await output.WriteLineAsync("| lie | sentences | AUC of words | AUC of cosine | pass | of them below |\n|---|--:|--:|--:|--:|--:|");
        foreach (var kind in _scored.Where(one => one.IsLie).GroupBy(one => one.Kind).Append(_scored.Where(one => one.IsLie).GroupBy(_ => "all").First()))
        {
            var passed = kind.Where(one => one.Passes).ToList();
            await output.WriteLineAsync(
                $"| {kind.Key} | {kind.Count()} | {Area(truths, kind, one => one.Support):0.000} | {Area(truths, kind, one => one.Cosine):0.000} | {passed.Count} | {passed.Count(one => one.Cosine < floor)} |");
        }
    }

    private static double Area(List<ScoredSentence> truths, IEnumerable<ScoredSentence> lies, Func<ScoredSentence, double> score)
    {
        var known = truths.Select(score).ToList();
        return lies.Select(score).Average(lie => known.Average(truth => truth > lie ? 1.0 : truth == lie ? 0.5 : 0));
    }
}
