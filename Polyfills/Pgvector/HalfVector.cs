namespace Pgvector;

/// <summary>A dense vector of half precision: pgvector's <c>halfvec</c>.</summary>
public class HalfVector : IEquatable<HalfVector>
{
    public HalfVector(ReadOnlyMemory<Half> v) => Memory = v;

    /// <summary>Reads pgvector's text form, such as <c>[1,2.5,3]</c>.</summary>
    public HalfVector(string s)
        : this(VectorText.ParseList<Half>(s))
    {
    }

    public ReadOnlyMemory<Half> Memory { get; }

    public static bool operator ==(HalfVector? x, HalfVector? y) => x is null ? y is null : x.Equals(y);

    public static bool operator !=(HalfVector? x, HalfVector? y) => !(x == y);

    public Half[] ToArray() => Memory.ToArray();

    public override string ToString() => VectorText.FormatList(Memory.Span);

    public bool Equals(HalfVector? other) => other is not null && Memory.Span.SequenceEqual(other.Memory.Span);

    public override bool Equals(object? obj) => Equals(obj as HalfVector);

    public override int GetHashCode() => VectorText.Hash(Memory.Span);
}
