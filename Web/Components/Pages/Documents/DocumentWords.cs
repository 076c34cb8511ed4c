using System.Globalization;
using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents;

/// <summary>Facts about documents as people read them.</summary>
internal static class DocumentWords
{
    private static readonly string[] Stages = ["received", "reading", "chunking", "embedding", "publishing", "ready"];

    public static int StageCount => Stages.Length;

    /// <summary>How many stages are reached, 1 to <see cref="StageCount"/>.</summary>
    public static int StageNumber(DocumentDto document) => Math.Max(1, Array.IndexOf(Stages, document.Stage) + 1);

    public static string Status(string status) => status switch
    {
        DocumentStatuses.Waiting => "Waiting",
        DocumentStatuses.Working => "Working",
        DocumentStatuses.Ready => "Ready",
        DocumentStatuses.Failed => "Failed",
        DocumentStatuses.Cancelled => "Cancelled",
        _ => status,
    };

    public static string Stage(DocumentDto document) => document.Stage switch
    {
        "received" => "Received",
        "reading" => "Reading",
        "chunking" => "Cutting into passages",
        "embedding" => "Making it searchable",
        "publishing" => "Publishing",
        "ready" => "Ready",
        _ => document.Stage,
    };

    /// <summary>A receipt in one or two sentences.</summary>
    public static string Deleted(DeletionReceiptDto receipt) => string.Concat(
        $"Deleted {receipt.SourceUri}: {AnswerText.Count(receipt.Versions, "version")}, {AnswerText.Count(receipt.Chunks, "passage")}, ",
        $"{AnswerText.Count((int)receipt.Vectors.Sum(space => space.Count), "vector")}, ",
        $"{AnswerText.Count(receipt.Files - receipt.FilesKept, "file")} ({Size(receipt.FileBytes)}).",
        receipt.FilesKept > 0 ? $" {AnswerText.Count(receipt.FilesKept, "file")} stayed: another document holds the same bytes." : "",
        receipt.JobCancelled ? " Its upload was called back." : "");

    public static string CalledBack(int uploads) =>
        uploads == 0 ? "There was nothing left to cancel." : $"{AnswerText.Count(uploads, "upload")} called back.";

    public static string PutBack(int documents) =>
        documents == 0 ? "There was nothing left to retry." : $"{AnswerText.Count(documents, "document")} in the queue again.";

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => (bytes / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " kB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " MB",
        _ => (bytes / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " GB",
    };

    public static string Ago(DateTimeOffset instant, DateTimeOffset now) => (now - instant) switch
    {
        { TotalSeconds: < 45 } => "just now",
        { TotalMinutes: < 90 } span => $"{Math.Max(1, Math.Round(span.TotalMinutes))} min ago",
        { TotalHours: < 36 } span => $"{Math.Round(span.TotalHours)} h ago",
        { TotalDays: < 30 } span => $"{Math.Round(span.TotalDays)} days ago",
        _ => instant.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };
}
