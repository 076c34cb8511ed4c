using AiApp.Rag.Access;
using AiApp.Rag.Models.Local;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>A caller who may read a share of the corpus, in percent.</summary>
internal sealed record Reader(double Percent, PrincipalSet Principals);

/// <summary>
/// A thousand teams with a reader set each, and groups of teams above them: a caller of one group reads 1, 10, 100, 500 or all of
/// the thousand sets, as in an organisation. A document's team follows from its source URI.
/// </summary>
internal static class BenchmarkReaders
{
    private const int Teams = 1000;

    private static readonly int[] GroupSizes = [1, 10, 100, 500, Teams];

    public static PrincipalSet Everything { get; } = PrincipalSet.Of(GroupOf(Teams));

    public static IReadOnlyList<Reader> All { get; } =
        [.. GroupSizes.Select(size => new Reader(100.0 * size / Teams, PrincipalSet.Of(GroupOf(size))))];

    public static ReaderSet Of(string sourceUri)
    {
        var team = (int)(StableHash.Of(sourceUri, 0) % Teams);
        var groups = GroupSizes.Where(size => team < size).Select(GroupOf).Append($"group:team-{team}");
        return ReaderSet.TryCreate(groups, out var readers) ? readers : throw new InvalidOperationException("The groups are no principals.");
    }

    private static string GroupOf(int teams) => $"group:of-{teams}-teams";
}
