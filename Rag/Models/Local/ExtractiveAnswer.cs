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
    // Of what a passage could score at most by BM25 the best one has a quarter on average; each point more or less is worth 1.2 points of
    // coverage. Of 1,190 public questions whose passage is there 4.0 % stay below the floor, of those whose passage was taken away, while its
    // neighbours of the same article remain, 31 % come above (AUC .932), of 500 questions about something else .6 % (AUC .996).
    private const double AnswerFloor = 0.455;
    private const double UsualLexical = 0.25;
    private const double LexicalWorth = 1.2;

    // What a term is worth that stands in the headings, or elsewhere in the passage, as evidence that the passage is meant ...
    private const double EvidenceInHeading = 0.9;
    private const double EvidenceInPassage = 0.6;

    // ... and for choosing among sentences.
    private const double RankInHeading = 0.8;
    private const double RankInPassage = 0.35;

    // A sentence goes on with what the one before it has told. Fitted with the weights below on half of the articles of 1,190 public
    // questions; on the other half the first sentence answers 83.7 % instead of 81.5 %.
    private const double RankInSentenceBefore = 0.65;
    private const double OwnBonus = 0.15;
    private const double PassageBonus = 0.5;
    private const double NumberBonus = 0.2;
    private const double NameBonus = 0.15;
    private const double TooShort = 0.15;
    private const double TooLong = 0.001;

    private const double FollowUp = 0.8;

    // A sentence stands alone that holds all that is asked and says little else. Of 139 such in XQuAD 95 % answer; of 121 that hold all
    // among many other words 86 %, and others beside them half of the rest.
    private const double Everything = 0.95;
    private const double LittleElse = 0.15;
    private const int LongestAnswer = 3;

    public static IEnumerable<string> Write(GroundingContext grounding)
    {
        var question = QuestionProfile.Create(grounding);
        var candidates = Candidates(grounding, question);
        if (candidates.Count == 0 || Evidence(candidates, question, grounding.Passages) < AnswerFloor || question.MissesName(grounding.Passages))
        {
            return [AnswerPipeline.InsufficientContext];
        }
        var chosen = Select(candidates).ToList();
        return chosen.Select((candidate, i) => $"{(i == 0 ? "" : candidate.NeedsLine || !chosen[i - 1].IsWhole ? "\n" : " ")}{candidate.Sentence} [{candidate.Passage}]");
    }

    /// <summary>How much of the question is explained, by the best passage's words and by what its lexical score is of the largest possible one.</summary>
    private static double Evidence(List<Candidate> candidates, QuestionProfile question, IReadOnlyList<RetrievedChunk> passages)
    {
        var lexical = question.MostLexical > 0 ? passages[candidates[0].Passage - 1].Lexical?.Score / question.MostLexical : null;
        return candidates.Max(candidate => candidate.Coverage) + (LexicalWorth * ((lexical ?? UsualLexical) - UsualLexical));
    }

    private static List<Candidate> Candidates(GroundingContext grounding, QuestionProfile question) => grounding.Passages
        .SelectMany((passage, i) => Score(question, passage, i + 1, grounding.Passages[0].Score))
        .OrderByDescending(candidate => candidate.Score).ToList();

    private static IEnumerable<Candidate> Score(QuestionProfile question, RetrievedChunk passage, int number, double bestPassage)
    {
        var heading = Terms(passage.HeadingPath);
        var whole = Terms(passage.Text);
        var prior = bestPassage <= 0 ? 0 : passage.Score / bestPassage;
        var before = new List<QuestionTerm>();
        foreach (var span in SentenceSplitter.Split(passage.Text))
        {
            var sentence = span.Of(passage.Text);
            var words = Terms(sentence);
            var (told, own) = (before, question.Terms.FindAll(term => words.Exists(term.Matches)));
            before = own;
            if (own.Count == 0 || sentence.EndsWith('?'))
            {
                continue;
            }
            double Share(double inHeading, double inPassage, double inSentenceBefore) => question.Share(term =>
                own.Contains(term) ? 1
                : Math.Max(told.Contains(term) ? inSentenceBefore : 0, heading.Exists(term.Matches) ? inHeading : whole.Exists(term.Matches) ? inPassage : 0));
            var asked = Share(0, 0, 0);
            var missesNumber = question.Numbers.Exists(number => !words.Contains(number) && !heading.Contains(number) && !whole.Contains(number));
            var score = Share(RankInHeading, RankInPassage, RankInSentenceBefore)
                + (OwnBonus * asked)
                + (PassageBonus * prior)
                + (question.Asks.IsAnsweredBy(words) ? NumberBonus : 0)
                + (question.Asks.IsNamedBy(sentence) ? NameBonus : 0)
                - (words.Count < 4 ? TooShort : 0)
                - (TooLong * Math.Max(0, words.Count - 25))
                - (missesNumber ? 0.3 : 0);
            var saysIt = asked >= Everything && own.Count >= LittleElse * Words.Split(sentence).Count;
            yield return new(sentence, number, saysIt, Share(EvidenceInHeading, EvidenceInPassage, EvidenceInPassage), score);
        }
    }

    /// <summary>The best sentence, and others that are nearly as good unless it says just what is asked about.</summary>
    private static IEnumerable<Candidate> Select(List<Candidate> candidates) => candidates
        .TakeWhile(candidate => candidate.Score >= candidates[0].Score * FollowUp)
        .DistinctBy(candidate => candidate.Sentence)
        .Take(candidates[0].SaysIt ? 1 : LongestAnswer);

    /// <summary>Words, and the parts of joined ones: Postgres looks for "getborders" where a text says SB_GETBORDERS.</summary>
    private static List<string> Terms(string text)
    {
        var words = Words.Split(text);
        return [.. words, .. words.SelectMany(word => word.Split('_', '-', '.')).Where(part => part.Length > 1)];
    }

    private sealed record Candidate(string Sentence, int Passage, bool SaysIt, double Coverage, double Score)
    {
        /// <summary>Its end shows.</summary>
        public bool IsWhole => Sentence.TrimEnd('"', '\'', '”', '’', ')', '»') is [.., '.' or '!' or '?' or '。' or '！' or '？'];

        /// <summary>A row of a table, or what would be taken for the rest of the sentence before it.</summary>
        public bool NeedsLine => Sentence.Contains(" | ", StringComparison.Ordinal) || char.IsLower(Sentence[0]) || Sentence[0] == '[';
    }
}
