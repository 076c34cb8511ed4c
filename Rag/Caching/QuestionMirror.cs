using System.Numerics.Tensors;

namespace AiApp.Rag.Caching;

/// <summary>The questions of one partition with their embeddings, in memory. Cosine is a product, because they are scaled to length 1.</summary>
internal sealed class QuestionMirror(int dimensions)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private float[] _vectors = [];

    /// <summary>The number of the last change of Redis that is known here.</summary>
    public long Version { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ids.Count;
            }
        }
    }

    /// <summary>Scaled to length 1; null when that cannot be.</summary>
    public static float[]? Normalise(ReadOnlySpan<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(norm) || norm <= 0)
        {
            return null;
        }
        var scaled = new float[vector.Length];
        TensorPrimitives.Divide(vector, norm, scaled);
        return scaled;
    }

    public void Apply(long version, IEnumerable<(string Id, float[] Vector)> changed)
    {
        lock (_gate)
        {
            foreach (var (id, vector) in changed)
            {
                Put(id, vector);
            }
            Version = Math.Max(Version, version);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _places.Clear();
            _ids.Clear();
            Version = 0;
        }
    }

    public void Remove(string id)
    {
        lock (_gate)
        {
            if (!_places.Remove(id, out var place))
            {
                return;
            }
            var last = _ids.Count - 1;
            if (place != last)
            {
                _ids[place] = _ids[last];
                _places[_ids[place]] = place;
                At(last).CopyTo(At(place));
            }
            _ids.RemoveAt(last);
        }
    }

    /// <summary>Best first, none below <paramref name="least"/>.</summary>
    public IReadOnlyList<(string Id, float Similarity)> Nearest(ReadOnlySpan<float> question, int count, double least)
    {
        var best = new PriorityQueue<string, float>(count + 1);
        lock (_gate)
        {
            for (var i = 0; i < _ids.Count; i++)
            {
                var similarity = TensorPrimitives.Dot(question, At(i));
                if (similarity < least || (best.Count == count && best.TryPeek(out _, out var worst) && similarity <= worst))
                {
                    continue;
                }
                best.Enqueue(_ids[i], similarity);
                if (best.Count > count)
                {
                    best.Dequeue();
                }
            }
        }
        var found = new List<(string, float)>(best.Count);
        while (best.TryDequeue(out var id, out var similarity))
        {
            found.Add((id, similarity));
        }
        found.Reverse();
        return found;
    }

    private void Put(string id, float[] vector)
    {
        if (vector.Length != dimensions)
        {
            return;
        }
        if (!_places.TryGetValue(id, out var place))
        {
            place = _ids.Count;
            _ids.Add(id);
            _places[id] = place;
            if (_vectors.Length < _ids.Count * dimensions)
            {
                Array.Resize(ref _vectors, Math.Max(16, _ids.Count * 2) * dimensions);
            }
        }
        vector.CopyTo(At(place));
    }

    private Span<float> At(int place) => _vectors.AsSpan(place * dimensions, dimensions);
}
