namespace AiApp.Rag.Access;

/// <summary>For whom a request reads: names such as <c>user:anna@example.com</c> or <c>group:hr</c>, sorted, without repetition.</summary>
public sealed record PrincipalSet
{
    private PrincipalSet(IReadOnlyList<string> names) => Names = names;

    public static PrincipalSet Everyone { get; } = new([Principal.Everyone]);

    public IReadOnlyList<string> Names { get; }

    /// <summary>The given principals and <see cref="Principal.Everyone"/>: every caller of a tenant is that too.</summary>
    public static PrincipalSet Of(params IEnumerable<string> names) =>
        new([.. names.Append(Principal.Everyone).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    internal string[] ToArray() => [.. Names];
}
