using System.Text;

namespace AiApp.Web.Components.Evidence.Changes;

internal enum DiffKind
{
    Kept,
    Removed,
    Added,
}

internal readonly record struct DiffPart(DiffKind Kind, string Text);

/// <summary>What must be removed from a text and added to it to become another, in whole words.</summary>
internal static class WordDiff
{
    // 2 MB of numbers while it is made; two passages of 1,000 words.
    private const int MostCells = 1_000_000;

    public static IReadOnlyList<DiffPart> Between(string before, string after)
    {
        var (old, young) = (Tokens(before), Tokens(after));
        var head = 0;
        while (head < old.Count && head < young.Count && old[head] == young[head])
        {
            head++;
        }
        var tail = 0;
        while (tail < old.Count - head && tail < young.Count - head && old[^(tail + 1)] == young[^(tail + 1)])
        {
            tail++;
        }
        var parts = new List<DiffPart>();
        parts.AddRange(old.Take(head).Select(word => new DiffPart(DiffKind.Kept, word)));
        parts.AddRange(Middle([.. old.Skip(head).SkipLast(tail)], [.. young.Skip(head).SkipLast(tail)]));
        parts.AddRange(old.TakeLast(tail).Select(word => new DiffPart(DiffKind.Kept, word)));
        return Joined(parts);
    }

    private static List<DiffPart> Middle(string[] old, string[] young)
    {
        if ((long)(old.Length + 1) * (young.Length + 1) > MostCells)
        {
            return [.. Of(DiffKind.Removed, old), .. Of(DiffKind.Added, young)];
        }
        // Lengths of the longest common subsequences of the ends.
        var common = new ushort[old.Length + 1, young.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = young.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == young[j] ? (ushort)(common[i + 1, j + 1] + 1) : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        return Walk(old, young, common);
    }

    private static List<DiffPart> Walk(string[] old, string[] young, ushort[,] common)
    {
        var parts = new List<DiffPart>();
        var (i, j) = (0, 0);
        while (i < old.Length && j < young.Length)
        {
            if (old[i] == young[j])
            {
                parts.Add(new(DiffKind.Kept, old[i++]));
                j++;
            }
            else if (common[i + 1, j] >= common[i, j + 1])
            {
                parts.Add(new(DiffKind.Removed, old[i++]));
            }
            else
            {
                parts.Add(new(DiffKind.Added, young[j++]));
            }
        }
        return [.. parts, .. Of(DiffKind.Removed, old[i..]), .. Of(DiffKind.Added, young[j..])];
    }

    private static IEnumerable<DiffPart> Of(DiffKind kind, string[] words) => words.Select(word => new DiffPart(kind, word));

    /// <summary>Runs of one kind as one part; the space between two changes changes with them.</summary>
    private static List<DiffPart> Joined(List<DiffPart> parts)
    {
        var joined = new List<DiffPart>();
        var (removed, added, space) = (new StringBuilder(), new StringBuilder(), "");
        foreach (var part in parts)
        {
            if (part.Kind == DiffKind.Kept && string.IsNullOrWhiteSpace(part.Text) && removed.Length + added.Length > 0 && space.Length == 0)
            {
                space = part.Text;
                continue;
            }
            if (part.Kind == DiffKind.Kept)
            {
                Flush();
                joined.Add(part);
                continue;
            }
            removed.Append(space);
            added.Append(space);
            space = "";
            (part.Kind == DiffKind.Removed ? removed : added).Append(part.Text);
        }
        Flush();
        return Runs(joined);

        void Flush()
        {
            var (old, young) = (removed.ToString(), added.ToString());
            // One of them may be nothing but such a space.
            var end = old.Length > 0 && young.Length > 0 && char.IsWhiteSpace(old[^1]) && old[^1] == young[^1] ? 1 : 0;
            joined.Add(new(DiffKind.Removed, old[..^end]));
            joined.Add(new(DiffKind.Added, young[..^end]));
            joined.Add(new(DiffKind.Kept, (end == 1 ? old[^1..] : "") + space));
            (_, _, space) = (removed.Clear(), added.Clear(), "");
        }
    }

    private static List<DiffPart> Runs(List<DiffPart> parts)
    {
        var runs = new List<DiffPart>();
        foreach (var part in parts.Where(part => part.Text.Length > 0))
        {
            if (runs.Count > 0 && runs[^1].Kind == part.Kind)
            {
                runs[^1] = runs[^1] with { Text = runs[^1].Text + part.Text };
            }
            else
            {
                runs.Add(part);
            }
        }
        return runs;
    }

    /// <summary>Words, numbers with their points, spaces, and each other character for itself.</summary>
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            while (end < text.Length && Continues(text, at, end))
            {
                end++;
            }
            tokens.Add(text[at..end]);
            at = end;
        }
        return tokens;
    }

    private static bool Continues(string text, int start, int at) =>
        char.IsWhiteSpace(text[start]) ? char.IsWhiteSpace(text[at])
        : char.IsLetterOrDigit(text[start]) || char.IsSurrogate(text[start])
            ? char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at]) || char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.NonSpacingMark
                || (text[at] is '.' or ',' && char.IsDigit(text[at - 1]) && at + 1 < text.Length && char.IsDigit(text[at + 1]))
        : false;
}
