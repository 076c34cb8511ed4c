using System.Text.RegularExpressions;

namespace AiApp.Testing;

/// <summary>Answers by quotation, from a prompt with &lt;passage n="1"&gt;…&lt;/passage&gt; and &lt;question&gt;…&lt;/question&gt;.</summary>
public static partial class ExtractiveAnswer
{
    public const string InventedMarker = "This sentence cites a passage that was never given. [99]";

    public const string NoMarker = "This sentence cites nothing at all.";

    /// <summary>
    /// The best sentences, each followed by its marker. A prompt with a question and no passages gets the question back,
    /// which is what a rewriter of a standalone question should say.
    /// </summary>
    public static string For(string prompt, ModelServerOptions options)
    {
        var question = Question().Match(prompt) is { Success: true } match ? match.Groups["text"].Value.Trim() : prompt;
        var passages = Passage().Matches(prompt);
        if (passages.Count == 0)
        {
            return Question().IsMatch(prompt) ? question : options.NothingFound;
        }

        var asked = Words.Telling(question).ToHashSet();
        var best = passages
            .SelectMany(passage => Sentences(passage.Groups["text"].Value).Select(text => (Text: text, Number: passage.Groups["n"].Value)))
            .Select(sentence => (sentence.Text, sentence.Number, Shared: Words.Telling(sentence.Text).Distinct().Count(asked.Contains)))
            .Where(sentence => sentence.Shared > 0)
            .OrderByDescending(sentence => sentence.Shared) // stable: equals stay in the prompt's order
            .Take(options.SentencesPerAnswer)
            .Select(sentence => $"{sentence.Text} [{sentence.Number}]")
            .ToArray();
        return best.Length == 0 ? options.NothingFound : string.Join(' ', best);
    }

    public static string WithBadMarkers(string prompt, ModelServerOptions options) =>
        $"{For(prompt, options)} {InventedMarker} {NoMarker}";

    private static IEnumerable<string> Sentences(string passage) =>
        SentenceEnd().Split(passage.Trim()).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);

    [GeneratedRegex("""<passage\s[^>]*?n="(?<n>\d+)"[^>]*>(?<text>.*?)</passage>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Passage();

    [GeneratedRegex("<question>(?<text>.*?)</question>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Question();

    [GeneratedRegex(@"(?<=[.!?])\s+|\n{2,}", RegexOptions.ExplicitCapture)]
    private static partial Regex SentenceEnd();
}
