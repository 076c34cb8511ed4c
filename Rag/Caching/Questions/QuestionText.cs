using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Caching.Questions;

/// <summary>A question without what never changes what is asked.</summary>
internal static partial class QuestionText
{
    /// <summary>Spaces, the kind of quotation marks and the end of the sentence; capitals stay, because some words mean another thing in them.</summary>
    public static string Normalise(string question)
    {
        var plain = Compose(question);
        return Spaces().Replace(plain, " ").Trim().TrimEnd('?', '.', '!', ' ');
    }

    /// <summary>Also without greetings and the frame that a question is put in: "Hello, could you please tell me …".</summary>
    public static string WithoutFrame(string normalised)
    {
        var text = normalised;
        while (Frame().Match(text) is { Success: true, Length: > 0 } frame && frame.Length < text.Length)
        {
            text = text[frame.Length..];
        }
        return Thanks().Replace(text, "").TrimEnd('?', '.', '!', ',', ' ');
    }

    /// <summary>What is to be searched for: a rare word such as "hello" weighs more than the rest. What is no question without its frame keeps it ("Hello World").</summary>
    public static string Asked(string question)
    {
        var bare = WithoutFrame(question.Trim());
        return Asking().IsMatch(bare) ? bare : question;
    }

    private static string Compose(string text)
    {
        try
        {
            // Not the form that makes 106 of 10⁶: of what is only written otherwise, wide letters alone.
            return string.Concat(text.Normalize(NormalizationForm.FormC).Select(Narrow)).Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"');
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair has no form.
            return text;
        }
    }

    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - '\uFF01' + '!') : c;

    [GeneratedRegex(@"[\s\u200B\uFEFF]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"\A(?:(?:hi|hello|hey|dear (?:all|team)|good (?:morning|afternoon|evening)|please|so|well|okay|ok|excuse me|sorry|quick question|i have a question)\b[\s,.:;!-]*"
        + @"|(?:(?:can|could|would|will) (?:you|anyone|anybody|somebody|someone) (?:please |kindly |perhaps )?|please |kindly )?(?:tell|remind|show|explain to|let) (?:me|us)(?: know)?(?: again)?(?: about)?\b[\s,:]*"
        + @"|(?:i|we)(?: would|'d)? (?:want|need|like|wish) to know(?: about)?\b[\s,:]*"
        + @"|(?:i was|i am|i'm|we are|we're|i've been|just) wondering\b[\s,:]*|(?:do|would|might) you (?:happen to )?know\b[\s,:]*"
        + @"|does (?:anyone|anybody|somebody|someone) know\b[\s,:]*"
        + @"|according to (?:the|our) (?:documents?|handbook|policy|policies|rules|guidelines|documentation)\b[\s,:]*)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Frame();

    [GeneratedRegex(
        @"\A(?:who|whom|whose|what|which|when|where|why|how|" + QuestionShape.Auxiliaries + @")(?:'s|n't)?\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Asking();

    [GeneratedRegex(@"[\s,.!?;-]*\b(?:please|thanks|thank you|thx|many thanks|thanks in advance|thank you very much|thank you so much)[\s.!]*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Thanks();
}
