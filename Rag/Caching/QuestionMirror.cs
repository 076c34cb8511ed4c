using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AiApp.Rag.Caching;

/// <summary>
/// The questions of one partition with their embeddings, in memory: as many as Redis holds, and beyond them the oldest goes. Cosine is a
/// product, because they are scaled to length 1.
/// </summary>
internal sealed class QuestionMirror(int dimensions, int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];

    // By place, in the order in which the questions came: they are scanned in one piece, and so stand where there is room.
    private readonly List<long> _ages = [];
    private long _lastAge;
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
            _ages.Clear();
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
                (_ids[place], _ages[place]) = (_ids[last], _ages[last]);
                _places[_ids[place]] = place;
                At(last).CopyTo(At(place));
            }
            _ids.RemoveAt(last);
            _ages.RemoveAt(last);
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
            place = _ids.Count < most ? Add(id) : ReplaceOldest(id);
            _places[id] = place;
        }
        _ages[place] = ++_lastAge;
        vector.CopyTo(At(place));
    }

    private int Add(string id)
    {
        _ids.Add(id);
        _ages.Add(0);
        if (_vectors.Length < _ids.Count * dimensions)
        {
            Array.Resize(ref _vectors, Math.Min(most, Math.Max(16, _ids.Count * 2)) * dimensions);
        }
        return _ids.Count - 1;
    }

    private int ReplaceOldest(string id)
    {
        var place = TensorPrimitives.IndexOfMin<long>(CollectionsMarshal.AsSpan(_ages));
        _places.Remove(_ids[place]);
        _ids[place] = id;
        return place;
    }

    private Span<float> At(int place) => _vectors.AsSpan(place * dimensions, dimensions);
}
