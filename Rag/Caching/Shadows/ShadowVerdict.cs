using System.Text.RegularExpressions;
using AiApp.Rag.Answering;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Caching.Shadows;

/// <summary>
/// Whether an answer given again says what a new one says. When in doubt it differs, so that the share of false hits is rather too high
/// than too low: a model that says another thing each time counts as false hits.
/// </summary>
internal static partial class ShadowVerdict
{
    public static bool AreSame(Answer given, Answer anew) =>
        anew.Outcome == given.Outcome
        && given.Citations.Any(citation => anew.Citations.Any(other => Meet(citation, other)))
        && FactsAgree(Facts(given), Facts(anew));

    private static bool Meet(Citation one, Citation other) =>
        one.Chunk.VersionId == other.Chunk.VersionId
        && one.StartOffset < other.StartOffset + other.Length && other.StartOffset < one.StartOffset + one.Length;

    /// <summary>One may say less than the other, but nothing else, and deny nothing else.</summary>
    private static bool FactsAgree(TextFacts one, TextFacts other) =>
        (Contains(one, other) || Contains(other, one)) && Denies(one, other) && Denies(other, one);

    private static bool Denies(TextFacts one, TextFacts other) => other.Denied.All(denied => one.Denied.Any(denied.SetEquals));

    private static bool Contains(TextFacts all, TextFacts some) =>
        some.Numbers.All(number => all.Numbers.Any(known => known.IsSameValue(number) && known.Unit == number.Unit))
        && some.Dates.All(all.Dates.Contains)
        && some.Identifiers.IsSubsetOf(all.Identifiers);

    private static TextFacts Facts(Answer answer) => TextFacts.Of(Markers().Replace(answer.Text, ""));

    [GeneratedRegex(@"\[\d{1,3}\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Markers();
}
