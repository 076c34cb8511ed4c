namespace Pgvector;

/// <summary>A dense vector of single precision: pgvector's <c>vector</c>.</summary>
public class Vector : IEquatable<Vector>
{
    public Vector(ReadOnlyMemory<float> v) => Memory = v;

    /// <summary>Reads pgvector's text form, such as <c>[1,2.5,3]</c>.</summary>
    public Vector(string s)
        : this(VectorText.ParseList<float>(s))
    {
    }

    public ReadOnlyMemory<float> Memory { get; }

    public static bool operator ==(Vector? x, Vector? y) => x is null ? y is null : x.Equals(y);

    public static bool operator !=(Vector? x, Vector? y) => !(x == y);

    public float[] ToArray() => Memory.ToArray();

    public override string ToString() => VectorText.FormatList(Memory.Span);

    public bool Equals(Vector? other) => other is not null && Memory.Span.SequenceEqual(other.Memory.Span);

    public override bool Equals(object? obj) => Equals(obj as Vector);

    public override int GetHashCode() => VectorText.Hash(Memory.Span);
}
