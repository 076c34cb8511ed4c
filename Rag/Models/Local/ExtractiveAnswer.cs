using AiApp.Rag.Answering;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Text;

namespace AiApp.Rag.Models.Local;

/// <summary>
/// Chooses the sentences that answer. A sentence earns the weight of each question term it holds; a term that stands only in
/// its headings, or elsewhere in its passage, counts for less. When even the best passage leaves too much of the question's
/// weight unexplained, the documents do not contain the answer.
/// </summary>
internal static class ExtractiveAnswer
{
    // Fitted on 1,190 public questions with and without their passage (AUC .925) and on samples/.questions.jsonl: at this floor
    // 92 % of the answerable are answered and 23 % of the unanswerable, whose neighbours of the same article remain.
    private const double AnswerFloor = 0.5;

    // What a term is worth that stands in the headings, or elsewhere in the passage, as evidence that the passage is meant ...
    private const double EvidenceInHeading = 0.9;
    private const double EvidenceInPassage = 0.6;

    // ... and for choosing among sentences.
    private const double RankInHeading = 0.8;
    private const double RankInPassage = 0.35;

    private const double FollowUp = 0.85;
    private const double NumberBonus = 0.25;
    private const double Rival = 0.97;
    private const int LongestAnswer = 3;

    public static IEnumerable<string> Write(GroundingContext grounding)
    {
        var question = QuestionProfile.Create(grounding);
        var candidates = Candidates(grounding, question);
        if (candidates.Count == 0 || candidates.Max(candidate => candidate.Coverage) < AnswerFloor || question.MissesName(grounding.Passages))
        {
            return [AnswerPipeline.InsufficientContext];
        }
        return Select(candidates).Select((candidate, i) => $"{(i == 0 ? "" : candidate.IsRow ? "\n" : " ")}{candidate.Sentence} [{candidate.Passage}]");
    }

    private static List<Candidate> Candidates(GroundingContext grounding, QuestionProfile question) => grounding.Passages
        .SelectMany((passage, i) => Score(question, passage, i + 1, grounding.Passages[0].Score))
        .OrderByDescending(candidate => candidate.Score).ToList();

    private static IEnumerable<Candidate> Score(QuestionProfile question, RetrievedChunk passage, int number, double bestPassage)
    {
        var heading = Terms(passage.HeadingPath);
        var whole = Terms(passage.Text);
        var prior = bestPassage <= 0 ? 0 : passage.Score / bestPassage;
        foreach (var span in SentenceSplitter.Split(passage.Text))
        {
            var sentence = span.Of(passage.Text);
            var words = Terms(sentence);
            var own = question.Terms.FindAll(term => words.Exists(term.Matches));
            if (own.Count == 0 || sentence.EndsWith('?'))
            {
                continue;
            }
            double Share(double inHeading, double inPassage) => question.Share(term =>
                own.Contains(term) ? 1 : heading.Exists(term.Matches) ? inHeading : whole.Exists(term.Matches) ? inPassage : 0);
            var missesNumber = question.Numbers.Exists(number => !words.Contains(number) && !heading.Contains(number) && !whole.Contains(number));
            var score = Share(RankInHeading, RankInPassage)
                + 0.15 * Share(inHeading: 0, inPassage: 0)
                + 0.25 * prior
                + (question.Asks.IsAnsweredBy(words) ? NumberBonus : 0)
                - (words.Count < 4 ? 0.15 : 0)
                - 0.002 * Math.Max(0, words.Count - 25)
                - (missesNumber ? 0.3 : 0);
            yield return new(sentence, number, passage.DocumentId, own, Share(EvidenceInHeading, EvidenceInPassage), score);
        }
    }

    /// <summary>The best sentence, and others only for what they add: a term not yet covered, or the same fact of another document.</summary>
    private static List<Candidate> Select(List<Candidate> candidates)
    {
        var chosen = new List<Candidate> { candidates[0] };
        foreach (var candidate in candidates.Skip(1).TakeWhile(candidate => candidate.Score >= candidates[0].Score * FollowUp))
        {
            var adds = candidate.Own.Except(chosen.SelectMany(other => other.Own)).Any();
            var rivals = candidate.Score >= candidates[0].Score * Rival && chosen.TrueForAll(other => other.Document != candidate.Document);
            if ((adds || rivals) && chosen.TrueForAll(other => other.Sentence != candidate.Sentence))
            {
                chosen.Add(candidate);
            }
        }
        return [.. chosen.Take(LongestAnswer)];
    }

    /// <summary>Words, and the parts of joined ones: Postgres looks for "getborders" where a text says SB_GETBORDERS.</summary>
    private static List<string> Terms(string text)
    {
        var words = Words.Split(text);
        return [.. words, .. words.SelectMany(word => word.Split('_', '-', '.')).Where(part => part.Length > 1)];
    }

    private sealed record Candidate(string Sentence, int Passage, Guid Document, List<QuestionTerm> Own, double Coverage, double Score)
    {
        public bool IsRow => Sentence.Contains(" | ", StringComparison.Ordinal);
    }
}
