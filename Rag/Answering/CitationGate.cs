using System.Text;
using System.Text.RegularExpressions;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;
using AiApp.Rag.Text;

namespace AiApp.Rag.Answering;

/// <summary>
/// Stands between a model and the reader. Text passes sentence by sentence: one that the passages support, with markers that are resolved
/// to quotes standing literally in them and renumbered in order of appearance. What they do not support is left out; a marker that names
/// the wrong passage is put right. Words that say nothing of their own wait for a sentence that is supported.
/// </summary>
internal sealed partial class CitationGate(IReadOnlyList<RetrievedChunk> passages, string question, DerivedNumbers? derived = null)
{
    // A model that never ends a sentence must not fill the memory.
    private const int LongestSentence = 4000;

    // So much of a sentence must stand in a passage that it does not cite itself.
    private const double Unasked = 0.75;

    private const int ShortWord = 4;
    private const int FewWords = 4;
    private const double HardlyOne = 0.35;

    private readonly Lazy<HashSet<string>> _vocabulary = new(() => passages.SelectMany(passage => Words.Split($"{passage.Title} {passage.HeadingPath} {passage.Text}")).ToHashSet(StringComparer.Ordinal));
    private readonly StringBuilder _pending = new();
    private readonly List<(string Sentence, Claim Claim)> _waiting = [];

    // Passages that the answer has cited by itself.
    private readonly HashSet<int> _known = [];
    private readonly StringBuilder _released = new();
    private readonly List<Citation> _citations = [];
    private readonly List<string> _removed = [];
    private readonly ClaimCheck _check = new(question, derived);
    private readonly IReadOnlyList<EvidenceText> _evidence = [.. passages.Select(passage => new EvidenceText(passage))];

    public IReadOnlyList<Citation> Citations => _citations;

    /// <summary>Markers that were resolved, and those that were not.</summary>
    public int Kept { get; private set; }
    public int Dropped { get; private set; }

    /// <summary>Sentences that the passages support, and why others were left out: words of <see cref="ClaimFaults"/>.</summary>
    public int Supported { get; private set; }
    public IReadOnlyList<string> Removed => _removed;

    public string Text => _released.ToString().Trim();

    public IReadOnlyList<AnswerProgress> Push(string delta)
    {
        var progress = new List<AnswerProgress>();
        _pending.Append(delta);
        while (Sentence().Match(_pending.ToString()) is { Success: true } match)
        {
            _pending.Remove(0, match.Length);
            Release(match.Value, progress);
        }
        if (_pending.Length > LongestSentence)
        {
            ReleasePending(progress);
        }
        return progress;
    }

    /// <summary>Releases what has no end yet; what waits for a citation has waited in vain.</summary>
    public IReadOnlyList<AnswerProgress> Complete()
    {
        var progress = new List<AnswerProgress>();
        ReleasePending(progress);
        foreach (var _ in _waiting.Where(one => !one.Claim.IsLeadIn))
        {
            Remove(ClaimFaults.Support, markers: 0);
        }
        _waiting.Clear();
        return progress;
    }

    private void ReleasePending(List<AnswerProgress> progress)
    {
        if (_pending.Length > 0)
        {
            var rest = _pending.ToString();
            _pending.Clear();
            Release(rest, progress);
        }
    }

    private void Release(string sentence, List<AnswerProgress> progress)
    {
        var plain = Marker().Replace(sentence, "");
        var claim = new Claim(Plain(plain));
        var named = Marker().Matches(sentence).SelectMany(marker => marker.Groups["n"].Captures).Select(capture => int.Parse(capture.ValueSpan)).Distinct().ToList();
        var cited = named.Where(number => number >= 1 && number <= passages.Count).ToList();
        if (cited.Count == 0 || claim.IsLeadIn)
        {
            Count(named.Count, "dropped");
            _waiting.Add((plain, claim));
            return;
        }
        if (Support(claim, cited, out var fault) is not { } numbers)
        {
            Remove(fault!, named.Count);
            return;
        }
        var before = _citations.Count;
        _known.UnionWith(numbers);
        var waited = Waited();
        var text = numbers.SequenceEqual(named)
            ? Marker().Replace(sentence, match => Renumber(match, claim.Text))
            : Attribute(plain, numbers, claim.Text);
        if (_citations.Count == 0)
        {
            Remove(ClaimFaults.Support, markers: 0);
            return;
        }
        var delta = waited + WithWorking(text, claim, numbers);
        delta = _released.Length == 0 ? delta.TrimStart() : delta;
        Pass();
        progress.AddRange(_citations.Skip(before).Select(citation => new AnswerProgress.Cited(citation)));
        _released.Append(delta);
        progress.Add(new AnswerProgress.Delta(delta));
    }

    /// <summary>A number that was worked out is shown with its working, before the marker of what it was worked out from.</summary>
    private string WithWorking(string text, Claim claim, List<int> numbers)
    {
        var workings = _check.Workings(claim, [.. numbers.Select(number => _evidence[number - 1])]);
        var shown = string.Join("; ", workings.Select(working => working.Shown).Where(working => !text.Contains(working, StringComparison.Ordinal)));
        var marker = Marker().Match(text);
        return shown.Length == 0 || !marker.Success ? text : $"{text[..marker.Index]} ({shown}){text[marker.Index..]}";
    }

    /// <summary>
    /// What came before without a marker: words that lead here stay, and so does what the passages say that the answer cites by itself. No
    /// other passage is looked at: what a document wants to be said must not find its way back to it.
    /// </summary>
    private string Waited()
    {
        var text = new StringBuilder();
        foreach (var (sentence, claim) in _waiting)
        {
            if (claim.IsLeadIn)
            {
                text.Append(sentence);
            }
            else if (Best(claim, _known) is { } number)
            {
                Pass();
                text.Append(Attribute(sentence, [number], claim.Text));
            }
            else
            {
                Remove(ClaimFaults.Support, markers: 0);
            }
        }
        _waiting.Clear();
        return text.ToString();
    }

    private void Pass()
    {
        Supported++;
        RagTelemetry.Claims.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, "supported"));
    }

    private void Remove(string fault, int markers)
    {
        _removed.Add(fault);
        Count(markers, "dropped");
        RagTelemetry.Claims.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, fault));
    }

    /// <summary>The numbers of the passages that support it: those it names, else the one that says most of it; null when none does.</summary>
    private List<int>? Support(Claim claim, List<int> cited, out string? fault)
    {
        var isForeign = IsForeign(claim.Text);
        fault = (isForeign ? _check.JudgeForeign(claim, [.. cited.Select(number => _evidence[number - 1])]) : Judge(claim, cited)).Reason;
        return fault is null ? cited
            : !isForeign && Best(claim, Enumerable.Range(1, passages.Count).Except(cited)) is { } best ? [best]
            : null;
    }

    private int? Best(Claim claim, IEnumerable<int> numbers) => numbers.Select(number => (Number: number, Verdict: Judge(claim, [number])))
        .Where(one => one.Verdict.IsSupported && one.Verdict.Support >= Unasked)
        .OrderByDescending(one => one.Verdict.Support).Select(one => (int?)one.Number).FirstOrDefault();

    private ClaimVerdict Judge(Claim claim, IReadOnlyList<int> numbers) =>
        numbers.Any(number => _evidence[number - 1].Text.Contains(claim.Text, StringComparison.Ordinal))
            ? ClaimVerdict.Literal
            : _check.Judge(claim, [.. numbers.Select(number => _evidence[number - 1])]);

    /// <summary>
    /// Whether it is written in another language than the passages: hardly one of its short words stands in them. In the same language
    /// nearly all do.
    /// </summary>
    private bool IsForeign(string claim)
    {
        var words = Words.Split(claim);
        var small = words.Where(word => word.Length <= ShortWord && char.IsLetter(word[0])).Distinct().ToList();
        return small.Count >= FewWords ? small.Count(_vocabulary.Value.Contains) < small.Count * HardlyOne
            // Scripts that write no spaces.
            : words.Count > 0 && words.TrueForAll(word => word.Any(c => c > '\u02FF') && !_vocabulary.Value.Contains(word)) && claim.Length >= FewWords;
    }

    private string Attribute(string sentence, List<int> numbers, string claim)
    {
        var markers = string.Concat(numbers.Select(number => Resolve(claim, number)).OfType<Citation>().Select(citation => citation.Marker).Distinct().Order().Select(number => $"[{number}]"));
        Count(markers.Length > 0 ? 1 : 0, "kept");
        var end = sentence.AsSpan().TrimEnd(Ends).Length;
        return markers.Length == 0 ? sentence : $"{sentence[..end]} {markers}{sentence[end..]}";
    }

    private string Renumber(Match marker, string claim)
    {
        var numbers = new SortedSet<int>();
        foreach (var named in marker.Groups["n"].Captures.Select(capture => int.Parse(capture.ValueSpan)))
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
    private static string Plain(string sentence) => Decoration().Replace(sentence, "").Trim();

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

    private static readonly char[] Ends = ['.', '!', '?', '。', '！', '？', ' ', '\t', '\n', '"', '”', '’', ')'];

    [GeneratedRegex(@"\A\s*(?:[-*•+]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)+|\*\*|__|`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decoration();

    // A sentence ends at its punctuation, closing quotes and markers, once something other than a marker follows; or at a line break. No
    // sentence ends with a title or an initial.
    [GeneratedRegex("""\A(?:[^\n]*?(?:(?<!\b(?:St|Dr|Mr|Mrs|Ms|Prof|No|Nr|Art|Fig|Sec|vs|cf|ca|approx|e\.g|i\.e|z\.B|d\.h|bzw|\p{Lu}))\.|[!?。！？])["'”’)]*(?:[ \t]*\[[^\]\n]{1,40}\])*[ \t]+(?=[^\s\[\p{Ll}])|[^\n]*\n+(?=[^\n]))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<space>[ \t]*)\[(?<n>\d{1,3})(\s*[,;]\s*(?<n>\d{1,3}))*\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();
}
