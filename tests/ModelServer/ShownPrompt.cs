using System.Text.RegularExpressions;

namespace AiApp.Testing;

/// <summary>A passage of a prompt as it stands in its document.</summary>
public sealed record ShownPassage(int Number, string Text);

/// <summary>
/// What a prompt asks and shows. <see cref="LeftOut"/>: sentences that it wants to be put right; <see cref="Judged"/>: the one that it wants to
/// be judged. A prompt for an answer has neither.
/// </summary>
public sealed partial record ShownPrompt(string Question, IReadOnlyList<ShownPassage> Passages, IReadOnlyList<string> LeftOut, string? Judged, string Text)
{
    internal static ShownPrompt From(string prompt) => new(
        Plain(Asked().Match(prompt).Groups["text"].Value.Trim()),
        [.. Passage().Matches(prompt).Select(passage => new ShownPassage(int.Parse(passage.Groups["n"].ValueSpan), Plain(passage.Groups["text"].Value)))],
        [.. FaultySentence().Matches(prompt).Select(sentence => Plain(sentence.Groups["text"].Value))],
        Sentence().Match(prompt) is { Success: true } judged ? Plain(judged.Groups["text"].Value) : null,
        prompt);

    // The one character that a prompt changes.
    private static string Plain(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal);

    [GeneratedRegex("""<passage\s[^>]*?n="(?<n>\d+)"[^>]*>(?<text>.*?)</passage>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Passage();

    [GeneratedRegex("<question>(?<text>.*?)</question>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();

    [GeneratedRegex("<sentence fault=[^>]*>(?<text>.*?)</sentence>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex FaultySentence();

    [GeneratedRegex("<sentence>(?<text>.*?)</sentence>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Sentence();
}
