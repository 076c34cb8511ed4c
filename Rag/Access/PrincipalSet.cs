namespace AiApp.Rag.Access;

/// <summary>For whom a request reads: names such as <c>user:anna@example.com</c> or <c>group:hr</c>, sorted, without repetition.</summary>
public sealed record PrincipalSet
{
    /// <summary>What every caller of a tenant is; a document that names no readers is readable by it.</summary>
    public const string EveryonePrincipal = "everyone";

    private PrincipalSet(IReadOnlyList<string> names) => Names = names;

    public static PrincipalSet Everyone { get; } = new([EveryonePrincipal]);

    public IReadOnlyList<string> Names { get; }

    /// <summary>The given principals and <see cref="EveryonePrincipal"/>.</summary>
    public static PrincipalSet Of(params IEnumerable<string> names) =>
        new([.. names.Append(EveryonePrincipal).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
}
