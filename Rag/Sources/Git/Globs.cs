using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Sources.Git;

/// <summary>Paths by patterns: * and ? stay inside a folder, ** goes through any number of them.</summary>
internal sealed class Globs
{
    private readonly Regex[] _include;
    private readonly Regex[] _exclude;

    public Globs(IEnumerable<string> include, IEnumerable<string> exclude) =>
        (_include, _exclude) = ([.. include.Select(Compile)], [.. exclude.Select(Compile)]);

    /// <summary>Without a pattern to include, everything is.</summary>
    public bool Matches(string path) =>
        (_include.Length == 0 || Array.Exists(_include, pattern => pattern.IsMatch(path)))
        && !Array.Exists(_exclude, pattern => pattern.IsMatch(path));

    private static Regex Compile(string glob)
    {
        var text = new StringBuilder("^");
        for (var at = 0; at < glob.Length; at++)
        {
            if (glob.AsSpan(at).StartsWith("**/"))
            {
                text.Append("(.*/)?");
                at += 2;
            }
            else if (glob.AsSpan(at).StartsWith("**"))
            {
                text.Append(".*");
                at++;
            }
            else
            {
                text.Append(glob[at] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    var c => Regex.Escape(c.ToString()),
                });
            }
        }
        // Patterns come from callers: this engine cannot be made to go back.
        return new Regex(text.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline, Regex.InfiniteMatchTimeout);
    }
}
