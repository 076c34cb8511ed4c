using System.Text;
using System.Text.RegularExpressions;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;

namespace AiApp.Rag.Answering;

/// <summary>
/// Stands between a model and the reader. Text passes sentence by sentence, once each marker in it has been resolved to a
/// quote that stands literally in its passage. Markers are renumbered in order of appearance; those that name no passage,
/// or a passage without a word of the sentence, are dropped. Nothing passes before the first resolved citation, so an answer
/// that cites nothing shows nothing.
/// </summary>
internal sealed partial class CitationGate(IReadOnlyList<RetrievedChunk> passages)
{
    // A model that never ends a sentence must not fill the memory.
    private const int LongestSentence = 4000;

    private readonly StringBuilder _pending = new();
    private readonly StringBuilder _held = new();
    private readonly StringBuilder _released = new();
    private readonly List<Citation> _citations = [];

    public IReadOnlyList<Citation> Citations => _citations;

    /// <summary>Markers that were resolved, and those that were not.</summary>
    public int Kept { get; private set; }
    public int Dropped { get; private set; }

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
            progress.AddRange(Complete());
        }
        return progress;
    }

    /// <summary>Releases what has no end yet.</summary>
    public IReadOnlyList<AnswerProgress> Complete()
    {
        var progress = new List<AnswerProgress>();
        if (_pending.Length > 0)
        {
            var rest = _pending.ToString();
            _pending.Clear();
            Release(rest, progress);
        }
        return progress;
    }

    private void Release(string sentence, List<AnswerProgress> progress)
    {
        var before = _citations.Count;
        var claim = Marker().Replace(sentence, "").Trim();
        _held.Append(Marker().Replace(sentence, match => Renumber(match, claim)));
        if (_citations.Count == 0)
        {
            return;
        }
        progress.AddRange(_citations.Skip(before).Select(citation => new AnswerProgress.Cited(citation)));
        var delta = _released.Length == 0 ? _held.ToString().TrimStart() : _held.ToString();
        _held.Clear();
        _released.Append(delta);
        progress.Add(new AnswerProgress.Delta(delta));
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
            (Kept, Dropped) = citation is null ? (Kept, Dropped + 1) : (Kept + 1, Dropped);
            RagTelemetry.Citations.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, citation is null ? "dropped" : "kept"));
        }
        return numbers.Count == 0 ? "" : marker.Groups["space"].Value + string.Concat(numbers.Select(number => $"[{number}]"));
    }

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

    // A sentence ends at its punctuation, closing quotes and markers, once something other than a marker follows; or at a line break.
    [GeneratedRegex("""\A(?:[^\n]*?[.!?。！？]["'”’)]*(?:[ \t]*\[[^\]\n]{1,40}\])*[ \t]+(?=[^\s\[\p{Ll}])|[^\n]*\n+(?=[^\n]))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<space>[ \t]*)\[(?<n>\d{1,3})(\s*[,;]\s*(?<n>\d{1,3}))*\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();
}
