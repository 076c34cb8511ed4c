using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>A document whose every section says which edition it belongs to.</summary>
internal sealed partial class ChaosDocument(int number)
{
    private int _edition;

    public int Number => number;
    public string SourceUri => $"folder-{number % 7}/document-{number}.md";

    /// <summary>A word that no other document has.</summary>
    public string Word => Name(number);
    public Guid Id { get; set; }
    public bool Exists { get; private set; }
    public int Sections { get; private set; }
    public string Edition => $"edition{number}x{_edition}";

    public string Text
    {
        get
        {
            var text = new StringBuilder();
            for (var section = 0; section < Sections; section++)
            {
                text.Append(CultureInfo.InvariantCulture, $"# Part {section} of {Word}\n\nThis part {section} of {Word} belongs to {Edition}. ")
                    .Append(string.Concat(Enumerable.Range(0, 20).Select(i => $"word{(number * 31 + section * 7 + i) % 500} "))).Append("\n\n");
            }
            return text.ToString();
        }
    }

    public void Change(int sections)
    {
        _edition++;
        Sections = sections;
        Exists = true;
    }

    public void Remove() => Exists = false;

    /// <summary>The editions of a document that a text speaks of.</summary>
    public static IEnumerable<string> EditionsIn(string text) => EditionPattern().Matches(text).Select(match => match.Value).Distinct();

    // Letters only: digits beside letters would be taken apart into words that other documents have too.
    private static string Name(int number) => "document" + string.Concat($"{number:0000}".Select(digit => (char)('a' + (digit - '0'))));

    [GeneratedRegex("edition[0-9]+x[0-9]+")]
    private static partial Regex EditionPattern();
}
