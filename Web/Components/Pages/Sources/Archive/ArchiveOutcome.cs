using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Sources.Archive;

/// <summary>What became of an archive, as the browser tells it.</summary>
public sealed record ArchiveOutcome
{
    public int Accepted { get; init; }
    public int Unchanged { get; init; }
    public int Refused { get; init; }
    public int Deleted { get; init; }

    /// <summary>Deletions that look like an accident, and were not made.</summary>
    public int Held { get; init; }

    /// <summary>Why nothing was taken; null when it was.</summary>
    public string? Reason { get; init; }

    /// <summary>"12 files taken, 3 unchanged, 1 not taken."</summary>
    internal string Sentence => Reason ?? string.Join(", ", new[]
    {
        $"{AnswerText.Count(Accepted, "file")} taken",
        Unchanged > 0 ? $"{SourceWords.Number(Unchanged)} unchanged" : "",
        Refused > 0 ? $"{SourceWords.Number(Refused)} not taken" : "",
        Deleted > 0 ? $"{AnswerText.Count(Deleted, "document")} deleted" : "",
    }.Where(part => part.Length > 0)) + ".";
}

/// <summary>A file of it that was not taken.</summary>
public sealed record RefusedFile(string Name, string Reason);
