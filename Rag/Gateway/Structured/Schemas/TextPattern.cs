using System.Text.RegularExpressions;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>A pattern of a caller over a text of a model: matched in time that is linear in the text, whatever both are.</summary>
internal sealed class TextPattern
{
    private const int MostLength = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _pattern;

    private TextPattern(Regex pattern) => _pattern = pattern;

    public static (TextPattern? Pattern, string? Fault) Create(string text)
    {
        if (text.Length > MostLength)
        {
            return (null, $"a pattern has at most {MostLength} characters");
        }
        try
        {
            var pattern = new TextPattern(new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience));
            return (pattern, null);
        }
        catch (NotSupportedException)
        {
            return (null, "the pattern needs backtracking: write it without look-around, back-references and atomic groups, or check that part yourself");
        }
        catch (ArgumentException)
        {
            return (null, "the pattern is not a regular expression that .NET understands");
        }
    }

    /// <summary>What could not be told in time does not fit.</summary>
    public bool Fits(string text)
    {
        try
        {
            return _pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
