using AiApp.Rag.Answering;
using AiApp.Rag.Text;

namespace AiApp.Evals.Quoting;

/// <summary>An answer beside the words that are right.</summary>
internal sealed record QuotedAnswer(Answer Answer, IReadOnlyList<string> Right)
{
    public bool IsAnswered => Answer.Outcome == AnswerOutcome.Answered;

    /// <summary>Whether the right words stand in one of the first so many sentences that are cited.</summary>
    public bool IsIn(int sentences) => Answer.Citations.OrderBy(citation => citation.Marker).Take(sentences)
        .Any(citation => Right.Any(right => citation.Quote.Contains(right, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Of tokens, as SQuAD has it, against the nearest of the right answers.</summary>
    public double F1(int sentences)
    {
        var said = Answer.Citations.OrderBy(citation => citation.Marker).Take(sentences).SelectMany(citation => Words.Split(citation.Quote)).ToList();
        return Right.Select(right => F1(said, Words.Split(right))).DefaultIfEmpty().Max();
    }

    private static double F1(List<string> said, List<string> right)
    {
        var left = right.ToList();
        double shared = said.Count(left.Remove);
        return shared == 0 ? 0 : 2 * shared / (said.Count + right.Count);
    }
}
