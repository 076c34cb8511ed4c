using System.Globalization;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents;

/// <summary>What became of one chosen file. Outcome: accepted, unchanged, rejected, failed (not sent, may be sent again).</summary>
public sealed record UploadedFile(string Name, string Outcome, string? Reason);

/// <summary>The files of one upload.</summary>
internal sealed class UploadLog
{
    private readonly List<UploadedFile> taken = [];
    private readonly List<UploadedFile> refused = [];

    public int Total { get; private set; }
    public int Done => taken.Count + refused.Count;
    public bool IsFinished => Done >= Total;
    public bool CanResend => refused.Any(file => file.Outcome == "failed");
    public IReadOnlyList<UploadedFile> Taken => taken;
    public IReadOnlyList<UploadedFile> Refused => refused;

    public string Headline => IsFinished
        ? $"{AnswerText.Count(Total, "file")} sent."
        : $"Sending {Done.ToString("N0", CultureInfo.InvariantCulture)} of {AnswerText.Count(Total, "file")}.";

    public string Tally => string.Join(", ", new[]
    {
        Part(taken.Count(file => file.Outcome == "accepted"), "accepted"),
        Part(taken.Count(file => file.Outcome == "unchanged"), "unchanged"),
        Part(refused.Count(file => file.Outcome == "rejected"), "rejected"),
        Part(refused.Count(file => file.Outcome == "failed"), "not sent"),
    }.Where(part => part.Length > 0));

    public void Expect(int count) => Total += count;

    public void Add(IEnumerable<UploadedFile> files)
    {
        foreach (var file in files)
        {
            // A file that is sent again replaces its failed attempt.
            refused.RemoveAll(earlier => earlier.Name == file.Name && earlier.Outcome == "failed");
            (file.Outcome is "accepted" or "unchanged" ? taken : refused).Add(file);
        }
    }

    private static string Part(int count, string word) => count == 0 ? "" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} {word}";
}
