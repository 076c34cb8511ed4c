using AiApp.Contracts;

namespace AiApp.Web.Answers;

/// <summary>Feedback as people read it.</summary>
internal static class FeedbackWords
{
    public static string Reason(string reason) => reason switch
    {
        FeedbackReasons.Wrong => "It is wrong",
        FeedbackReasons.Incomplete => "It is incomplete",
        FeedbackReasons.WrongSource => "Wrong source",
        FeedbackReasons.OutOfDate => "Out of date",
        FeedbackReasons.TooSlow => "Too slow",
        FeedbackReasons.Unsafe => "Unsafe",
        FeedbackReasons.Other => "Something else",
        _ => reason.Replace('_', ' '),
    };

    /// <summary>"Marked as bad: out of date".</summary>
    public static string Told(FeedbackDto feedback) => feedback.Reason switch
    {
        null => $"Marked as {feedback.Verdict}",
        FeedbackReasons.Wrong => "Marked as bad: wrong",
        FeedbackReasons.Incomplete => "Marked as bad: incomplete",
        var reason => $"Marked as bad: {Lower(Reason(reason))}",
    };

    private static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];
}
