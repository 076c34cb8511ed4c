using System.Diagnostics.CodeAnalysis;

namespace AiApp.Rag.Access;

/// <summary>Who may read a document: 1 to 200 principals, sorted, without repetition.</summary>
public sealed record ReaderSet
{
    public const int MaxCount = 200;

    private ReaderSet(IReadOnlyList<string> principals) => Principals = principals;

    public static ReaderSet Everyone { get; } = new([Principal.Everyone]);

    public IReadOnlyList<string> Principals { get; }

    /// <summary>False when there is none, there are too many, or one is not a principal (see <see cref="Principal.TryNormalize"/>).</summary>
    public static bool TryCreate(IEnumerable<string> names, [NotNullWhen(true)] out ReaderSet? readers)
    {
        readers = null;
        var principals = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!Principal.TryNormalize(name.Trim(), out var principal) || (principals.Add(principal) && principals.Count > MaxCount))
            {
                return false;
            }
        }
        readers = principals.Count > 0 ? new([.. principals]) : null;
        return readers is not null;
    }

    /// <summary>Whether a caller with these principals is one of the readers.</summary>
    public bool Includes(PrincipalSet caller) => Principals.Any(caller.Names.Contains);

    internal string[] ToArray() => [.. Principals];
}
