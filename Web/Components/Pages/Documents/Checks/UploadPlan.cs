using System.Globalization;
using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents.Checks;

/// <summary>Files that were chosen and not sent yet, with what an upload of each would do.</summary>
public sealed class UploadPlan
{
    // What needs a look comes first.
    private static readonly (string Outcome, string Label, string Sentence)[] Words =
    [
        (CheckOutcomes.Rejected, "Not taken", "not taken"),
        (CheckedFile.Unchecked, "Not checked", "not checked"),
        (CheckOutcomes.Duplicate, "Duplicate", "here under another name"),
        (CheckOutcomes.Changed, "Changed", "changed"),
        (CheckOutcomes.New, "New", "new"),
        (CheckOutcomes.Unknown, "Same size", "of the same size as before"),
        (CheckOutcomes.Unchanged, "Unchanged", "unchanged"),
    ];

    private readonly List<CheckedFile> files = [];

    public int Total { get; private set; }
    public bool IsChecked => files.Count >= Total;

    /// <summary>From then on the plan only tells what was left out.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Whether files whose bytes stand under another name are sent nevertheless.</summary>
    public bool WithDuplicates { get; set; }
    public bool HasDuplicates => files.Any(file => file.Outcome == CheckOutcomes.Duplicate);

    public int ToSend => files.Count(Sends);

    /// <summary>The outcomes that are worth sending.</summary>
    public IReadOnlyList<string> Sent => [.. Words.Select(word => word.Outcome).Where(Sends)];

    public IReadOnlyList<CheckedFile> Shown => [.. files.Where(file => !IsSent || !Sends(file)).OrderBy(file => Array.FindIndex(Words, word => word.Outcome == file.Outcome))];

    public string Headline =>
        IsSent ? $"{AnswerText.Count(Shown.Count, "file")} left out: {Tally}."
        : !IsChecked ? $"Checking {AnswerText.Count(Total, "file")}."
        : $"{AnswerText.Count(Total, "file")} checked: {Tally}.";

    private string Tally => string.Join(", ", Words
        .Select(word => (Count: Shown.Count(file => file.Outcome == word.Outcome), word.Sentence))
        .Where(part => part.Count > 0)
        .Select(part => $"{part.Count.ToString("N0", CultureInfo.InvariantCulture)} {part.Sentence}"));

    public static string Label(string outcome) => Array.Find(Words, word => word.Outcome == outcome).Label ?? outcome;

    public void Expect(int count) => Total += count;

    public void Add(IEnumerable<CheckedFile> found) => files.AddRange(found);

    public void MarkSent() => IsSent = true;

    private bool Sends(CheckedFile file) => Sends(file.Outcome);

    private bool Sends(string outcome) => outcome switch
    {
        CheckOutcomes.Rejected or CheckOutcomes.Unchanged => false,
        CheckOutcomes.Duplicate => WithDuplicates,
        _ => true,
    };
}
