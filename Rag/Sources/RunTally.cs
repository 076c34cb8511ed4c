using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Sources;

/// <summary>What a run has done so far, and the first problems; counts may be read while it goes on.</summary>
internal sealed class RunTally
{
    /// <summary>A report is for a person to read.</summary>
    private const int MaxProblems = 100;

    private readonly List<ItemProblem> _problems = [];
    private volatile RunCounts _counts = new();

    public RunCounts Counts => _counts;

    public IReadOnlyList<ItemProblem> Problems => _problems;

    public void Listed() => _counts = _counts with { Listed = _counts.Listed + 1 };

    public void Unchanged() => _counts = _counts with { Unchanged = _counts.Unchanged + 1 };

    public void Hold(int deletions) => _counts = _counts with { Held = deletions };

    public void Deleted()
    {
        _counts = _counts with { Deleted = _counts.Deleted + 1 };
        Record("deleted");
    }

    public void Stored(bool isNew, bool unchanged)
    {
        _counts = isNew ? _counts with { Added = _counts.Added + 1 }
            : unchanged ? _counts with { Unchanged = _counts.Unchanged + 1 }
            : _counts with { Changed = _counts.Changed + 1 };
        Record(isNew ? "added" : unchanged ? "unchanged" : "changed");
    }

    public void Reject(ItemProblem problem)
    {
        _counts = _counts with { Rejected = _counts.Rejected + 1 };
        Record("rejected");
        Note(problem);
    }

    public void Fail(ItemProblem problem)
    {
        _counts = _counts with { Failed = _counts.Failed + 1 };
        Record("failed");
        Note(problem);
    }

    /// <summary>Of the source as a whole.</summary>
    public void Note(ItemProblem problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem);
        }
    }

    private static void Record(string outcome) => RagTelemetry.SourceItems.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));
}
