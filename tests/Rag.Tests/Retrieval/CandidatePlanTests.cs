using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Tests.Retrieval;

/// <summary>The plan against chunks made at random: whatever can score more than the threshold must be among the candidates.</summary>
public sealed class CandidatePlanTests
{
    private static readonly double[] Levels = [1.36, 1.6, 1.76, 1.9];

    [Theory]
    [InlineData(9)]
    [InlineData(40)]
    public void Every_chunk_that_scores_more_than_the_threshold_is_a_candidate(int mostTerms)
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var terms = MakeTerms(random, 1 + random.Next(mostTerms));
            var threshold = random.NextDouble() * terms.Sum(term => term.Weight * term.MaxWeight);
            var query = Plan(terms).FindAbove(threshold)?.ToString();
            for (var chunk = 0; chunk < 200; chunk++)
            {
                var weights = MakeChunk(random, terms);
                if (Score(terms, weights) > threshold)
                {
                    Assert.True(query is not null && new TokenQueryReader(query).Matches(Holds(weights)), $"round {round}: {query}");
                }
            }
        }
    }

    [Fact]
    public void Few_chunks_that_cannot_reach_the_threshold_are_candidates()
    {
        var random = new Random(7);
        var (candidates, better) = (0, 0);
        for (var round = 0; round < 100; round++)
        {
            var terms = MakeTerms(random, 5).ConvertAll(term => term with { ChunkCount = 5000 });
            var threshold = 0.6 * terms.Sum(term => term.Weight * term.MaxWeight);
            var reader = new TokenQueryReader(Plan(terms).FindAbove(threshold)!.ToString());
            for (var chunk = 0; chunk < 200; chunk++)
            {
                var weights = MakeChunk(random, terms);
                candidates += reader.Matches(Holds(weights)) ? 1 : 0;
                better += Score(terms, weights) > threshold ? 1 : 0;
            }
        }
        Assert.InRange(candidates, better, 4 * better);
    }

    [Fact]
    public void Nothing_is_asked_for_when_no_chunk_can_reach_the_threshold() =>
        Assert.Null(Plan([new("a", 1, 10, 3) { MaxWeight = 2 }]).FindAbove(6.01));

    [Fact]
    public void A_high_threshold_asks_for_high_weights_of_a_single_term_only() =>
        Assert.Equal("'1.a++++'", Plan([new("a", 10, 10_000, 3) { MaxWeight = 2 }]).FindAbove(5.8)?.ToString());

    [Fact]
    public void Rare_terms_bring_all_of_their_chunks() =>
        Assert.StartsWith("'1.1'|", Plan([new("rare", 1, 5, 9), new("a", 2, 50_000, 1), new("b", 3, 60_000, 1)]).FindAbove(4)?.ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_query_of_a_long_question_stays_short()
    {
        var terms = MakeTerms(new Random(7), 400).ConvertAll(term => term with { ChunkCount = 5000 });
        Assert.InRange(Plan(terms).FindAbove(0.7 * terms.Sum(term => term.Weight * term.MaxWeight))!.Words, 1, 400);
    }

    [Fact]
    public void Plans_of_a_search_fall_to_one_that_finds_every_chunk_with_a_term()
    {
        var plans = MaxScorePlans.Of(TenantId.Default, [new("a", 1, 5000, 3), new("b", 2, 9000, 2)]);
        Assert.Equal(plans.Thresholds.OrderDescending(), plans.Thresholds);
        Assert.Equal((0f, "'1.2'|'1.1'", 14_000f), (plans.Thresholds[^1], plans.Plans[^1], plans.Counts[^1]));
    }

    private static CandidatePlan Plan(List<QueryTerm> terms) =>
        new([.. terms.OrderBy(term => term.ChunkCount).Select(term => new CandidateTerm(TenantId.Default, term))]);

    private static List<QueryTerm> MakeTerms(Random random, int count) =>
        [.. Enumerable.Range(1, count).Select(i => new QueryTerm($"t{i}", i, 1 + random.Next(50_000), 0.5 + random.NextDouble() * 8)
        {
            Frequency = 1 + random.Next(2),
            MaxWeight = 1.2 + random.NextDouble(),
        })];

    private static double[] MakeChunk(Random random, List<QueryTerm> terms) =>
        [.. terms.Select(term => random.NextDouble() < 0.6 ? 0.5 + random.NextDouble() * (term.MaxWeight - 0.5) : 0)];

    private static double Score(List<QueryTerm> terms, double[] weights) => terms.Select((term, i) => term.Weight * weights[i]).Sum();

    /// <summary>Whether the chunk has the token: '1.' and the term's number in hexadecimal digits, and a plus for each level.</summary>
    private static Func<string, bool> Holds(double[] weights) => token =>
    {
        var digits = token["1.".Length..].TrimEnd('+');
        var (weight, level) = (weights[Convert.ToInt32(digits, 16) - 1], token.Length - "1.".Length - digits.Length);
        return weight > 0 && (level == 0 || weight >= Levels[level - 1]);
    };
}
