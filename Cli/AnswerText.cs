using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>An answer as people read it: the text, then each source with its quote and its place.</summary>
internal sealed class AnswerText(Terminal terminal)
{
    private const int NearestPassages = 3;
    private const int SnippetCharacters = 240;

    public async Task WriteSourcesAsync(AnswerDto answer)
    {
        if (answer.Citations.Count > 0)
        {
            await terminal.Out.WriteLineAsync();
            await terminal.Out.WriteLineAsync(terminal.Bold("Sources"));
        }
        foreach (var citation in answer.Citations.OrderBy(c => c.Marker))
        {
            await terminal.Out.WriteLineAsync($"{terminal.Bold($"[{citation.Marker}]")} {Heading(citation.Title, citation.HeadingPath)}");
            await terminal.Out.WriteLineAsync($"    \"{Terminal.OneLine(citation.Quote)}\"");
            await terminal.Out.WriteLineAsync(terminal.Dim(
                $"    {Place(citation.SourceUri, citation.VersionNumber, citation.Page, citation.StartOffset, citation.Length)}"));
        }
    }

    /// <summary>Sentences of other documents that say otherwise than a source.</summary>
    public async Task WriteConflictsAsync(AnswerDto answer)
    {
        if (answer.Grounding?.Conflicts is not { Count: > 0 } conflicts)
        {
            return;
        }
        await terminal.Out.WriteLineAsync();
        await terminal.Out.WriteLineAsync(terminal.Bold("Other documents say otherwise"));
        foreach (var conflict in conflicts)
        {
            var other = conflict.Other;
            await terminal.Out.WriteLineAsync(
                $"  - {ValidityWords.Against(conflict)} [{other.Marker}]{Dates(conflict.CitedValidFrom, conflict.CitedValidUntil)}: {Heading(other.Title, other.HeadingPath)}{Dates(conflict.ValidFrom, conflict.ValidUntil)}");
            await terminal.Out.WriteLineAsync($"    \"{Terminal.OneLine(other.Quote)}\"");
            await terminal.Out.WriteLineAsync(terminal.Dim($"    {Place(other.SourceUri, other.VersionNumber, other.Page, other.StartOffset, other.Length)}"));
        }
    }

    public async Task WriteNearestPassagesAsync(AnswerDto answer)
    {
        if (answer is { Passages.Count: > 0, Grounding.Missing: { Count: > 0 } missing })
        {
            await terminal.Out.WriteLineAsync();
            await terminal.Out.WriteLineAsync($"Nothing near it speaks of: {Terminal.OneLine(string.Join(", ", missing))}");
        }
        if (answer.Passages.Count > 0)
        {
            await terminal.Out.WriteLineAsync();
            await terminal.Out.WriteLineAsync(terminal.Bold("Nearest passages"));
        }
        foreach (var passage in answer.Passages.Take(NearestPassages))
        {
            await terminal.Out.WriteLineAsync($"  - {Heading(passage.Title, passage.HeadingPath)}");
            await terminal.Out.WriteLineAsync($"    {Snippet(passage.Text)}");
            await terminal.Out.WriteLineAsync(terminal.Dim(
                $"    {Place(passage.SourceUri, null, passage.Page, passage.StartOffset, passage.Length)}"));
        }
    }

    public async Task WriteFooterAsync(AnswerDto answer)
    {
        if (answer.Grounding is { Removed: { Count: > 0 } removed } grounding)
        {
            var put = grounding.Repaired > 0 ? $"; {grounding.Repaired} put right" : "";
            await terminal.Out.WriteLineAsync(terminal.Dim($"left out, because the documents do not say it: {removed.Count} ({string.Join(", ", removed.Distinct())}){put}"));
        }
        await terminal.Out.WriteLineAsync(terminal.Dim(
            $"{(answer.Outcome == AnswerOutcomes.Answered ? "answered" : "not answered")} in {answer.DurationMs / 1000.0:0.0##} s by {answer.Provider}/{answer.Model}"
            + (answer.Cached is { } cached ? $", from {Age(cached.AgeSeconds)} ago: --fresh asks anew" : "")));
    }

    /// <summary>" (valid from 2026-01-01)"; empty where the document does not say.</summary>
    private static string Dates(DateOnly? from, DateOnly? until) => ValidityWords.Of(from, until) is { Length: > 0 } words ? $" ({words})" : "";

    private static string Age(int seconds) => seconds switch
    {
        < 60 => $"{seconds} s",
        < 3600 => $"{seconds / 60} min",
        < 86_400 => $"{seconds / 3600} h",
        _ => $"{seconds / 86_400} d",
    };

    /// <summary>"Title — section > subsection". A heading path begins with the document's title, which is said once.</summary>
    public static string Heading(string title, string headingPath)
    {
        var section = headingPath == title ? ""
            : headingPath.StartsWith(title + " > ", StringComparison.Ordinal) ? headingPath[(title.Length + 3)..]
            : headingPath;
        return Terminal.OneLine(section.Length == 0 ? title : $"{title} — {section}");
    }

    /// <summary>Path and place in the canonical text; the second number is the offset after the last character.</summary>
    public static string Place(string sourceUri, int? version, int? page, int start, int length)
    {
        var place = $"characters {start}–{start + length}";
        place = page is null ? place : $"page {page}, {place}";
        place = version is null ? place : $"version {version}, {place}";
        return $"{Terminal.OneLine(sourceUri)}  ({place})";
    }

    public static string Snippet(string text)
    {
        var line = Terminal.OneLine(text);
        if (line.Length <= SnippetCharacters)
        {
            return line;
        }
        var end = line.LastIndexOf(' ', SnippetCharacters);
        return line[..(end > 0 ? end : SnippetCharacters)] + " …";
    }
}
