using AiApp.Rag.Tenants;

namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>
/// The best chunks of one question without scoring all that share a word with it: the rare terms bring their chunks at once,
/// the common ones only those that can still reach the last place. The result is exact, whatever the constants are; they were
/// measured with 400 titles and headings over 232,357 documentation chunks.
/// </summary>
internal sealed class MaxScoreSearch
{
    // Chunks that the rarest terms may bring unconditionally.
    private const int RareBudget = 1000;

    // With more common terms than this the chunks that have all of them are looked at first: they often hold the best.
    private const int FewTerms = 3;

    // Thresholds fall from near the bound until enough chunks reach one: high ones cost next to nothing.
    private const double FirstThreshold = 0.95;
    private const double Descent = 0.8;
    private const double LastThreshold = 0.04;

    private readonly int _depth;
    private readonly CandidateTerm[] _common;
    private readonly CandidatePlan _plan;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private string _rare;
    private List<LegHit> _best = [];

    public MaxScoreSearch(TenantId tenant, LexicalQuery query, int depth)
    {
        _depth = depth;
        CandidateTerm[] terms = [.. query.Known.Select(term => new CandidateTerm(tenant, term))];
        long sum = 0;
        var rare = query.Known.TakeWhile(term => (sum += term.ChunkCount) <= RareBudget).Count();
        _rare = string.Join('|', terms[..rare].Select(term => term.Token(0)));
        _common = terms[rare..];
        _plan = new CandidatePlan(_common);
    }

    // No chunk that is still unknown needs to be found when it scores no more than this.
    private double Last => _best.Count == _depth ? _best[^1].Score : 0;

    /// <param name="score">Scores the chunks that a tsquery over tokens finds, and returns the best of them.</param>
    public async Task<List<LegHit>> RunAsync(Func<string, Task<List<LegHit>>> score)
    {
        if (_common.Length > FewTerms)
        {
            await AskAsync(string.Join('&', _common.Select(term => term.Token(0))), score);
        }
        var bound = _common.Sum(term => term.Bound);
        for (var threshold = bound * FirstThreshold; ; threshold *= Descent)
        {
            if (threshold < bound * LastThreshold)
            {
                threshold = 0;
            }
            // A known last place is a better threshold than any guess.
            var needed = Last > 0 && _common.Length > FewTerms ? Last : Math.Max(threshold, Last);
            await AskAsync(_plan.FindAbove(needed), score);
            if (Last >= needed || needed <= 0)
            {
                return _best;
            }
        }
    }

    private async Task AskAsync(string? candidates, Func<string, Task<List<LegHit>>> score)
    {
        // The first question brings the rare terms too: one round trip less.
        var asked = string.Join('|', new[] { _rare, candidates }.Where(part => part is { Length: > 0 }));
        _rare = "";
        if (asked.Length == 0 || !_asked.Add(asked))
        {
            return;
        }
        _best = [.. (await score(asked)).Concat(_best)
            .DistinctBy(hit => hit.ChunkId).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.ChunkId).Take(_depth)];
    }
}
