using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Rag.Models.Local;

/// <summary>
/// Chooses the sentences that answer. A sentence earns the weight of each question term it holds; a term that stands only in
/// its headings, or elsewhere in its passage, counts for less. When even the best sentence leaves too much of the question's
/// weight unexplained, the documents do not contain the answer.
/// </summary>
internal static class ExtractiveAnswer
{
    // Fitted on the golden questions of samples/ together with public question sets; see docs/adr/0008.
    private const double InHeading = 0.8;
    private const double InPassage = 0.35;
    private const double AnswerFloor = 0.5;
    private const double FollowUp = 0.85;
    private const int LongestAnswer = 3;

    public static IEnumerable<string> Write(GroundingContext grounding)
    {
        var question = QuestionProfile.Create(grounding);
        var candidates = grounding.Passages
            .SelectMany((passage, i) => Score(question, passage, i + 1, grounding.Passages[0].Score))
            .OrderByDescending(candidate => candidate.Score).ToList();
        if (candidates.Count == 0 || candidates[0].Coverage < AnswerFloor)
        {
            return [AnswerPipeline.InsufficientContext];
        }
        return Select(candidates).Select((candidate, i) => $"{(i == 0 ? "" : candidate.IsRow ? "\n" : " ")}{candidate.Sentence} [{candidate.Passage}]");
    }

    private static IEnumerable<Candidate> Score(QuestionProfile question, RetrievedChunk passage, int number, double bestPassage)
    {
        var heading = Terms(passage.HeadingPath);
        var whole = Terms(passage.Text);
        var prior = bestPassage <= 0 ? 0 : passage.Score / bestPassage;
        foreach (var span in SentenceSplitter.Split(passage.Text))
        {
            var sentence = span.Of(passage.Text);
            var words = Terms(sentence);
            var own = question.Share(term => words.Exists(term.Matches) ? 1 : 0);
            if (own == 0 || sentence.EndsWith('?'))
            {
                continue;
            }
            var coverage = question.Share(term =>
                words.Exists(term.Matches) ? 1 : heading.Exists(term.Matches) ? InHeading : whole.Exists(term.Matches) ? InPassage : 0);
            var missesNumber = question.Numbers.Exists(number => !words.Contains(number) && !heading.Contains(number) && !whole.Contains(number));
            var score = coverage
                + 0.15 * own
                + 0.25 * prior
                + (question.Asks.IsAnsweredBy(sentence) ? 0.15 : 0)
                - (words.Count < 4 ? 0.15 : 0)
                - 0.002 * Math.Max(0, words.Count - 25)
                - (missesNumber ? 0.3 : 0);
            yield return new(sentence, number, passage.DocumentId, coverage, score);
        }
    }

    private static IEnumerable<Candidate> Select(List<Candidate> candidates)
    {
        var best = candidates[0];
        return candidates
            .Where(candidate => candidate == best
                || (candidate.Score >= best.Score * (candidate.Document == best.Document ? FollowUp : 0.95) && candidate.Coverage >= AnswerFloor))
            .DistinctBy(candidate => candidate.Sentence)
            .Take(LongestAnswer);
    }

    private static List<string> Terms(string text) => Words.Split(text);

    private sealed record Candidate(string Sentence, int Passage, Guid Document, double Coverage, double Score)
    {
        public bool IsRow => Sentence.Contains(" | ", StringComparison.Ordinal);
    }
}
