using System.Text;
using System.Text.RegularExpressions;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;
using AiApp.Rag.Text;

namespace AiApp.Rag.Answering;

/// <summary>A sentence without its markers that the passages do not support, and why: a word of <see cref="ClaimFaults"/>.</summary>
internal sealed record LeftOutSentence(string Text, string Fault);

/// <summary>
/// Stands between a model and the reader. Text passes sentence by sentence: one that the passages support, with markers that are resolved
/// to quotes standing literally in them and renumbered in order of appearance. What they do not support is left out; a marker that names
/// the wrong passage is put right. Words that say nothing of their own wait for a sentence that is supported.
/// </summary>
internal sealed class CitationGate(IReadOnlyList<RetrievedChunk> passages, string question, DerivedNumbers? derived = null)
{
    // A model that never ends a sentence must not fill the memory.
    private const int LongestSentence = 4000;

    private readonly PassageSupport _support = new(passages, question, derived);
    private readonly StringBuilder _pending = new();
    private readonly List<(string Sentence, Claim Claim)> _waiting = [];

    // Passages that the answer has cited by itself.
    private readonly HashSet<int> _known = [];
    private readonly StringBuilder _released = new();
    private readonly List<Citation> _citations = [];
    private readonly List<LeftOutSentence> _leftOut = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _isRepair;

    public IReadOnlyList<Citation> Citations => _citations;

    /// <summary>Markers that were resolved, and those that were not.</summary>
    public int Kept { get; private set; }
    public int Dropped { get; private set; }

    /// <summary>Sentences that the passages support, and why others were left out: words of <see cref="ClaimFaults"/>.</summary>
    public int Supported { get; private set; }
    public IReadOnlyList<string> Removed => [.. _leftOut.Select(sentence => sentence.Fault)];

    /// <summary>Before <see cref="Resume"/>.</summary>
    public IReadOnlyList<LeftOutSentence> LeftOut => _leftOut;

    /// <summary>Of the supported sentences those that came after <see cref="Resume"/>.</summary>
    public int Repaired { get; private set; }

    /// <summary><paramref name="unanswered"/>: the question, where there is no answer.</summary>
    public AnswerGrounding Ground(string? unanswered) => new(Supported, Removed)
    {
        Repaired = Repaired,
        Conflicts = Conflicts.Find(_citations, passages),
        Missing = unanswered is null ? [] : MissingWords.Of(unanswered, passages),
    };

    public string Text => _released.ToString().Trim();

    public IReadOnlyList<AnswerProgress> Push(string delta) => [.. Cut(delta).SelectMany(sentence => Release(sentence))];

    /// <summary>Releases what has no end yet; what waits for a citation has waited in vain.</summary>
    public IReadOnlyList<AnswerProgress> Complete()
    {
        var progress = CutRest() is { } rest ? Release(rest) : [];
        End();
        return progress;
    }

    /// <summary>The sentences that are whole with it.</summary>
    public IReadOnlyList<string> Cut(string delta)
    {
        var sentences = new List<string>();
        _pending.Append(delta);
        while (SentencePatterns.Sentence().Match(_pending.ToString()) is { Success: true } match)
        {
            _pending.Remove(0, match.Length);
            sentences.Add(match.Value);
        }
        if (_pending.Length > LongestSentence)
        {
            sentences.Add(CutRest()!);
        }
        return sentences;
    }

    /// <summary>What has no end yet; null when nothing has come.</summary>
    public string? CutRest()
    {
        var rest = _pending.ToString();
        _pending.Clear();
        return rest.Length > 0 ? rest : null;
    }

    public void End()
    {
        foreach (var (_, claim) in _waiting.Where(one => !one.Claim.IsLeadIn))
        {
            Remove(claim, ClaimFaults.Support, markers: 0);
        }
        _waiting.Clear();
    }

    /// <summary>
    /// What comes now is to take the place of what was left out. It passes the same way; what the answer says already is not said again, and
    /// what does not hold is no sentence more that was left out.
    /// </summary>
    public void Resume() => _isRepair = true;

    /// <summary>What a sentence would release, as far as it does not stand in its passages word for word, with what has waited for it.</summary>
    public IReadOnlyList<SupportedSentence> FindPassing(string sentence)
    {
        var (_, claim, _, cited) = Read(sentence, passages.Count);
        if (cited.Count == 0 || (_isRepair && _told.Contains(Key(claim))))
        {
            return [];
        }
        var waiting = _waiting.Select(one => one.Claim).Where(one => !one.IsLeadIn).ToList();
        IReadOnlyList<(Claim Claim, List<int>? Numbers)> passing =
            claim.IsLeadIn ? [.. waiting.Select(one => (one, _support.Find(one, cited, out _)))]
            : _support.Find(claim, cited, out _) is { } numbers ? [.. waiting.Select(one => (one, FindKnown(one, _known.Union(numbers)))), (claim, numbers)]
            : [];
        return
        [
            .. passing.Where(one => one.Numbers is not null && !_support.Says(one.Claim, one.Numbers))
                .Select(one => new SupportedSentence(one.Claim.Text, [.. one.Numbers!.Select(number => (number, passages[number - 1]))], _support.Working(one.Claim, one.Numbers!))),
        ];
    }

    private static (string Plain, Claim Claim, List<int> Named, List<int> Cited) Read(string sentence, int passages)
    {
        var plain = SentencePatterns.Marker().Replace(sentence, "");
        var named = SentencePatterns.Marker().Matches(sentence).SelectMany(SentencePatterns.Numbers).Distinct().ToList();
        return (plain, new(Plain(plain)), named, named.FindAll(number => number >= 1 && number <= passages));
    }

    /// <summary><paramref name="refused"/>: sentences of <see cref="FindPassing"/> that are not to pass.</summary>
    public IReadOnlyList<AnswerProgress> Release(string sentence, IReadOnlySet<string>? refused = null)
    {
        var (plain, claim, named, cited) = Read(sentence, passages.Count);
        if (_isRepair && _told.Contains(Key(claim)))
        {
            return [];
        }
        if (cited.Count > 0 && claim.IsLeadIn && _waiting.Exists(one => !one.Claim.IsLeadIn))
        {
            return ReleaseWaiting(claim, cited, refused);
        }
        if (cited.Count == 0 || claim.IsLeadIn)
        {
            Count(named.Count, "dropped");
            _waiting.Add((plain, claim));
            return [];
        }
        var supporting = _support.Find(claim, cited, out var fault);
        if (supporting is not { } numbers || refused?.Contains(claim.Text) is true)
        {
            Remove(claim, fault ?? ClaimFaults.Judged, named.Count);
            return [];
        }
        var before = _citations.Count;
        _known.UnionWith(numbers);
        var waited = Waited(refused, claim);
        var text = numbers.SequenceEqual(named)
            ? SentencePatterns.Marker().Replace(sentence, match => Renumber(match, claim.Text))
            : Attribute(plain, numbers, claim.Text);
        if (_citations.Count == 0)
        {
            Remove(claim, ClaimFaults.Support, markers: 0);
            return [];
        }
        Pass(claim);
        return Show(waited + WithWorking(text, claim, numbers), before);
    }

    /// <summary>Markers on a line of their own, or behind "Sources:", are those of what waits.</summary>
    private IReadOnlyList<AnswerProgress> ReleaseWaiting(Claim claim, List<int> cited, IReadOnlySet<string>? refused)
    {
        var (before, supported) = (_citations.Count, Supported);
        var text = Waited(refused, claim, cited);
        _known.UnionWith(cited);
        return Supported > supported ? Show(text, before) : [];
    }

    private IReadOnlyList<AnswerProgress> Show(string text, int before)
    {
        var delta = Joined(text);
        _released.Append(delta);
        return [.. _citations.Skip(before).Select(citation => new AnswerProgress.Cited(citation)), new AnswerProgress.Delta(delta)];
    }

    private string Joined(string text) =>
        _released.Length == 0 ? text.TrimStart()
        : _isRepair && !char.IsWhiteSpace(_released[^1]) && !char.IsWhiteSpace(text[0]) ? (_released.ToString().Contains('\n') ? '\n' : ' ') + text
        : text;

    /// <summary>A number that was worked out is shown with its working, before the marker of what it was worked out from.</summary>
    private string WithWorking(string text, Claim claim, List<int> numbers)
    {
        var shown = _support.Working(claim, numbers);
        var marker = SentencePatterns.Marker().Match(text);
        return shown.Length == 0 || !marker.Success ? text : $"{text[..marker.Index]} ({shown}){text[marker.Index..]}";
    }

    /// <summary>
    /// What came before without a marker: words that lead to <paramref name="behind"/> stay, and so does what the passages say that the answer
    /// cites by itself, in the end or elsewhere. No other passage is looked at: what a document wants to be said must not find its way back to it.
    /// </summary>
    private string Waited(IReadOnlySet<string>? refused, Claim behind, List<int>? cited = null)
    {
        var text = new StringBuilder();
        foreach (var (sentence, claim) in _waiting)
        {
            var isRefused = refused?.Contains(claim.Text) is true;
            if (claim.IsLeadIn && claim.LeadsTo(behind, question))
            {
                text.Append(sentence);
            }
            else if (!claim.IsLeadIn && !isRefused && (cited is null ? FindKnown(claim, _known) : _support.Find(claim, cited, out _)) is { } numbers)
            {
                Pass(claim);
                text.Append(Attribute(sentence, numbers, claim.Text));
            }
            else
            {
                Remove(claim, isRefused ? ClaimFaults.Judged : ClaimFaults.Support, markers: 0);
            }
        }
        _waiting.Clear();
        return text.ToString();
    }

    private List<int>? FindKnown(Claim claim, IEnumerable<int> known) => _support.Best(claim, known) is { } best ? [best] : null;

    private void Pass(Claim claim)
    {
        Supported++;
        Repaired += _isRepair ? 1 : 0;
        _told.Add(Key(claim));
        RagTelemetry.Claims.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "supported"));
    }

    private static string Key(Claim claim) => string.Join(' ', Words.Split(claim.Text));

    private void Remove(Claim claim, string fault, int markers)
    {
        if (!_isRepair)
        {
            _leftOut.Add(new(claim.Text, fault));
        }
        Count(markers, "dropped");
        RagTelemetry.Claims.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, fault));
    }

    private string Attribute(string sentence, List<int> numbers, string claim)
    {
        var markers = string.Concat(numbers.Select(number => Resolve(claim, number)).OfType<Citation>().Select(citation => citation.Marker).Distinct().Order().Select(number => $"[{number}]"));
        Count(markers.Length > 0 ? 1 : 0, "kept");
        var end = sentence.AsSpan().TrimEnd(SentencePatterns.Ends).Length;
        return markers.Length == 0 ? sentence : $"{sentence[..end]} {markers}{sentence[end..]}";
    }

    private string Renumber(Match marker, string claim)
    {
        var numbers = new SortedSet<int>();
        foreach (var named in SentencePatterns.Numbers(marker))
        {
            var citation = Resolve(claim, named);
            if (citation is not null)
            {
                numbers.Add(citation.Marker);
            }
            Count(1, citation is null ? "dropped" : "kept");
        }
        return numbers.Count == 0 ? "" : marker.Groups["space"].Value + string.Concat(numbers.Select(number => $"[{number}]"));
    }

    private void Count(int markers, string outcome)
    {
        (Kept, Dropped) = outcome == "kept" ? (Kept + markers, Dropped) : (Kept, Dropped + markers);
        if (markers > 0)
        {
            RagTelemetry.Citations.Add(markers, new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));
        }
    }

    /// <summary>Without the marks of lists, headings and emphasis.</summary>
    private static string Plain(string sentence) => SentencePatterns.Decoration().Replace(sentence, "").Trim();

    private Citation? Resolve(string claim, int number)
    {
        if (number < 1 || number > passages.Count)
        {
            return null;
        }
        var passage = passages[number - 1];
        if (QuoteFinder.Find(claim, passage.Text) is not { } span)
        {
            return null;
        }
        var start = passage.StartOffset + span.Start;
        var known = _citations.Find(citation =>
            citation.Chunk.VersionId == passage.VersionId && citation.StartOffset == start && citation.Length == span.Length);
        if (known is not null)
        {
            return known;
        }
        var citation = new Citation
        {
            Marker = _citations.Count + 1,
            Chunk = passage,
            Quote = span.Of(passage.Text),
            StartOffset = start,
            Length = span.Length,
            Page = passage.PageAt(start),
        };
        _citations.Add(citation);
        return citation;
    }
}
