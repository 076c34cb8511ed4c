namespace AiApp.Rag.Sources.Web;

/// <summary>robots.txt (RFC 9309): the group that names us, else the one for everybody; the longest rule that matches decides.</summary>
internal sealed class RobotsRules
{
    private const int MaxRules = 5_000;
    private readonly List<(string Pattern, bool Allows)> _rules = [];

    private RobotsRules()
    {
    }

    public static RobotsRules AllowAll { get; } = new();

    public static RobotsRules DenyAll { get; } = Parse("User-agent: *\nDisallow: /", "any");

    public static RobotsRules Parse(string text, string agent)
    {
        var (named, all) = (new RobotsRules(), new RobotsRules());
        var isNamed = false;
        var targets = new List<RobotsRules>();
        var inAgents = false;
        foreach (var line in text.Split('\n').Take(MaxRules))
        {
            var parts = line.Split('#')[0].Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2)
            {
                continue;
            }
            switch (parts[0].ToLowerInvariant())
            {
                case "user-agent":
                    if (!inAgents)
                    {
                        targets.Clear();
                    }
                    inAgents = true;
                    if (parts[1] == "*")
                    {
                        targets.Add(all);
                    }
                    else if (parts[1].Equals(agent, StringComparison.OrdinalIgnoreCase))
                    {
                        targets.Add(named);
                        isNamed = true;
                    }
                    break;
                case "allow" or "disallow" when parts[1].Length > 0:
                    inAgents = false;
                    targets.ForEach(target => target._rules.Add((parts[1], parts[0].Equals("allow", StringComparison.OrdinalIgnoreCase))));
                    break;
                case "allow" or "disallow":
                    inAgents = false;
                    break;
                default:
                    break;
            }
        }
        return isNamed ? named : all;
    }

    public bool Allows(Uri address)
    {
        var path = address.PathAndQuery;
        var (longest, allows) = (-1, true);
        foreach (var (pattern, rule) in _rules)
        {
            if (pattern.Length >= longest && Matches(pattern, path) && (pattern.Length > longest || rule))
            {
                (longest, allows) = (pattern.Length, rule);
            }
        }
        return allows;
    }

    /// <summary>A prefix, in which * stands for anything and $ at its end for the end; without going back more than to the last star.</summary>
    private static bool Matches(string pattern, string path)
    {
        var toEnd = pattern.EndsWith('$');
        var wanted = toEnd ? pattern.AsSpan(0, pattern.Length - 1) : pattern;
        var (at, from, star, mark) = (0, 0, -1, 0);
        while (from < path.Length || at < wanted.Length)
        {
            if (at < wanted.Length && wanted[at] == '*')
            {
                (star, mark) = (at++, from);
            }
            else if (at < wanted.Length && from < path.Length && wanted[at] == path[from])
            {
                at++;
                from++;
            }
            else if (at == wanted.Length && !toEnd)
            {
                return true;
            }
            else if (star >= 0 && mark < path.Length)
            {
                (at, from) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }
        return true;
    }
}
