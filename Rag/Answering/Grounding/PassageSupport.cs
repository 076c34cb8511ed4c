using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>Which of the passages of one answer support a sentence. They are named by their numbers, from 1.</summary>
internal sealed class PassageSupport(IReadOnlyList<RetrievedChunk> passages, string question, DerivedNumbers? derived)
{
    // So much of a sentence must stand in a passage that it does not cite itself.
    private const double Unasked = 0.75;

    // And so much that it takes the place of one that says less than that.
    private const double NearlyAll = 0.9;

    private readonly PassageLanguage _language = new(passages);
    private readonly ClaimCheck _check = new(question, derived);
    private readonly IReadOnlyList<EvidenceText> _evidence = [.. passages.Select(passage => new EvidenceText(passage))];

    /// <summary>Those it cites, as far as they support it, else the one that says most of it; null when none does.</summary>
    public List<int>? Find(Claim claim, List<int> cited, out string? fault)
    {
        if (_language.IsOtherThan(claim.Text))
        {
            fault = _check.JudgeForeign(claim, Texts(cited)).Reason;
            return fault is null ? cited : null;
        }
        var verdict = Judge(claim, cited);
        fault = verdict.Reason;
        var others = Enumerable.Range(1, passages.Count).Except(cited);
        return verdict switch
        {
            { IsSupported: true, Support: >= Unasked } => Needed(claim, cited),
            // It leans on what it cites, and another passage says it.
            { IsSupported: true } => Best(claim, others, NearlyAll) is { } better ? [better] : Needed(claim, cited),
            _ => Best(claim, others) is { } best ? [best] : null,
        };
    }

    /// <summary>The one that says most of it, and nearly all; null when none does.</summary>
    public int? Best(Claim claim, IEnumerable<int> numbers) => Best(claim, numbers, Unasked);

    /// <summary>Whether one of them says it word for word, as a sentence of its own.</summary>
    public bool Says(Claim claim, IEnumerable<int> numbers) => numbers.Any(number => _evidence[number - 1].Says(claim.Text));

    /// <summary>How its numbers were worked out, as far as it does not show that itself; empty where none was.</summary>
    public string Working(Claim claim, IEnumerable<int> numbers) => string.Join("; ", _check.Workings(claim, Texts(numbers))
        .Select(working => working.Shown).Where(working => !claim.Text.Contains(working, StringComparison.Ordinal)));

    /// <summary>Without those that neither support it alone nor are missed beside the others.</summary>
    private List<int> Needed(Claim claim, List<int> cited)
    {
        var needed = cited;
        for (var i = cited.Count - 1; i >= 0 && needed.Count > 1; i--)
        {
            var others = needed.FindAll(number => number != cited[i]);
            if (!Judge(claim, [cited[i]]).IsSupported && Judge(claim, others).IsSupported)
            {
                needed = others;
            }
        }
        return needed;
    }

    private int? Best(Claim claim, IEnumerable<int> numbers, double least) => numbers.Select(number => (Number: number, Verdict: Judge(claim, [number])))
        .Where(one => one.Verdict.IsSupported && one.Verdict.Support >= least)
        .OrderByDescending(one => one.Verdict.Support).Select(one => (int?)one.Number).FirstOrDefault();

    private ClaimVerdict Judge(Claim claim, IReadOnlyList<int> numbers) => Says(claim, numbers) ? ClaimVerdict.Literal : _check.Judge(claim, Texts(numbers));

    private IReadOnlyList<EvidenceText> Texts(IEnumerable<int> numbers) => [.. numbers.Select(number => _evidence[number - 1])];
}
