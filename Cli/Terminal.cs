namespace AiApp.Cli;

/// <summary>Where a verb writes. Colours and progress bars are for a terminal alone.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool Interactive)
{
    private const char Escape = '\u001b';

    /// <summary>Where somebody answers questions; null when nobody can be asked.</summary>
    public TextReader? Input { get; init; }

    public static Terminal OfProcess() => new(Console.Out, Console.Error,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
    {
        Input = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In,
    };

    public string Bold(string text) => Styled(text, 1);

    public string Dim(string text) => Styled(text, 2);

    /// <summary>
    /// Text of documents and models without control characters, which a terminal would obey: a document must not be
    /// able to move the cursor or to set the clipboard.
    /// </summary>
    public static string Printable(string text) =>
        text.Any(IsControl) ? string.Concat(text.Where(c => !IsControl(c))) : text;

    public static string OneLine(string text) =>
        string.Join(' ', Printable(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private string Styled(string text, int style) => Interactive ? $"{Escape}[{style}m{text}{Escape}[0m" : text;
}
