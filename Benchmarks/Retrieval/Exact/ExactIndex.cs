using System.Numerics.Tensors;
using AiApp.Rag.Retrieval;

namespace AiApp.Benchmarks.Retrieval.Exact;

/// <summary>
/// Both legs written once more, the long way, in memory: BM25 from the lexemes themselves and cosine over every vector. What is
/// exact is told by it, not by the product.
/// </summary>
internal sealed class ExactIndex(double averageLength, int dimensions)
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly List<long> _ids = [];
    private readonly List<int> _readerSets = [];
    private readonly List<int> _lengths = [];
    private readonly List<float> _vectors = [];
    private readonly Dictionary<string, List<(int Chunk, int Frequency)>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _places = [];

    public int Count => _ids.Count;

    public void Add(long id, int readerSet, string[] lexemes, int[] frequencies, float[] vector)
    {
        var place = _ids.Count;
        _places.Add(id, place);
        _ids.Add(id);
        _readerSets.Add(readerSet);
        _lengths.Add(frequencies.Sum());
        for (var i = 0; i < lexemes.Length; i++)
        {
            if (!_postings.TryGetValue(lexemes[i], out var list))
            {
                _postings.Add(lexemes[i], list = []);
            }
            list.Add((place, frequencies[i]));
        }
        var norm = TensorPrimitives.Norm<float>(vector);
        _vectors.AddRange(vector.Select(value => value / norm));
    }

    /// <summary>BM25 with the inverse document frequencies of the whole collection, whoever asks.</summary>
    public ExactScores ScoreLexemes(IEnumerable<QueryTerm> terms)
    {
        var scores = new double[Count];
        foreach (var term in terms.DistinctBy(term => term.Lexeme))
        {
            if (!_postings.TryGetValue(term.Lexeme, out var list))
            {
                continue;
            }
            var idf = Math.Log(1 + (Count - list.Count + 0.5) / (list.Count + 0.5));
            foreach (var (chunk, frequency) in list)
            {
                scores[chunk] += term.Frequency * idf * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * _lengths[chunk] / averageLength));
            }
        }
        return new(this, scores, floor: 0);
    }

    public ExactScores ScoreVectors(float[] embedding)
    {
        var query = new float[dimensions];
        TensorPrimitives.Divide(embedding, TensorPrimitives.Norm<float>(embedding), query);
        var vectors = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_vectors);
        var scores = new double[Count];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = TensorPrimitives.Dot(query, vectors.Slice(i * dimensions, dimensions));
        }
        return new(this, scores, floor: double.NegativeInfinity);
    }

    internal long IdAt(int place) => _ids[place];

    internal int? FindPlace(long id) => _places.TryGetValue(id, out var place) ? place : null;

    internal int ReaderSetAt(int place) => _readerSets[place];
}
