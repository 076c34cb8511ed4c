using System.Globalization;

namespace Pgvector;

/// <summary>A vector that keeps only its non-zero elements: pgvector's <c>sparsevec</c>. Indices count from 0 here and from 1 in text.</summary>
#pragma warning disable MA0077 // The package's type declares no IEquatable<SparseVector>.
public class SparseVector
#pragma warning restore MA0077
{
    /// <summary>The caller vouches that indices are ascending, distinct and inside the dimensions, and that no value is zero.</summary>
    public SparseVector(int dimensions, ReadOnlyMemory<int> indices, ReadOnlyMemory<float> values)
    {
        if (indices.Length != values.Length)
        {
            throw new ArgumentException("indices and values must be the same length", nameof(values));
        }

        Dimensions = dimensions;
        Indices = indices;
        Values = values;
    }

    /// <summary>Keeps the non-zero elements of a dense vector.</summary>
    public SparseVector(ReadOnlyMemory<float> v)
        : this(Enumerable.Range(0, v.Length).Select(index => KeyValuePair.Create(index, v.Span[index])), v.Length)
    {
    }

    /// <summary>Keeps the non-zero elements, in the order of their index.</summary>
    public SparseVector(IDictionary<int, float> dictionary, int dimensions)
        : this(dictionary.OrderBy(element => element.Key), dimensions)
    {
    }

    /// <summary>Reads pgvector's text form, such as <c>{1:2.5,4:1}/5</c>.</summary>
    public SparseVector(string s)
    {
        var slash = s.IndexOf('/', StringComparison.Ordinal);
        var elements = s[1..(slash - 1)].Split(',').Select(element => element.Split(':', 2)).ToArray();
        Dimensions = int.Parse(s.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        Indices = Array.ConvertAll(elements, element => int.Parse(element[0], CultureInfo.InvariantCulture) - 1);
        Values = Array.ConvertAll(elements, element => float.Parse(element[1], CultureInfo.InvariantCulture));
    }

    private SparseVector(IEnumerable<KeyValuePair<int, float>> ordered, int dimensions)
    {
        var kept = ordered.Where(element => element.Value != 0).ToArray();
        Dimensions = dimensions;
        Indices = Array.ConvertAll(kept, element => element.Key);
        Values = Array.ConvertAll(kept, element => element.Value);
    }

    public int Dimensions { get; }

    public ReadOnlyMemory<int> Indices { get; }

    public ReadOnlyMemory<float> Values { get; }

    public static bool operator ==(SparseVector? x, SparseVector? y) => x is null ? y is null : x.Equals(y);

    public static bool operator !=(SparseVector? x, SparseVector? y) => !(x == y);

    public float[] ToArray()
    {
        var dense = new float[Dimensions];
        for (var i = 0; i < Indices.Length; i++)
        {
            dense[Indices.Span[i]] = Values.Span[i];
        }

        return dense;
    }

    public override string ToString()
    {
        var elements = Enumerable.Range(0, Indices.Length)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{Indices.Span[i] + 1}:{Values.Span[i]}"));
        return string.Create(CultureInfo.InvariantCulture, $"{{{string.Join(',', elements)}}}/{Dimensions}");
    }

    public bool Equals(SparseVector? other) =>
        other is not null
        && Dimensions == other.Dimensions
        && Indices.Span.SequenceEqual(other.Indices.Span)
        && Values.Span.SequenceEqual(other.Values.Span);

    public override bool Equals(object? obj) => Equals(obj as SparseVector);

    public override int GetHashCode() =>
        HashCode.Combine(Dimensions, VectorText.Hash(Indices.Span), VectorText.Hash(Values.Span));
}
