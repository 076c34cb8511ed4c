using System.Text.RegularExpressions;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Lexical;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Tests.Retrieval;

/// <summary>The plan against chunks made at random: whatever can score more than the threshold must be among the candidates.</summary>
public sealed class CandidatePlanTests
{
    private static readonly double[] Levels = [1.36, 1.6, 1.76, 1.9];

    [Fact]
    public void Every_chunk_that_scores_more_than_the_threshold_is_a_candidate()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var terms = MakeTerms(random, 1 + random.Next(9));
            var plan = new CandidatePlan(terms.Select(term => new CandidateTerm(TenantId.Default, term)));
            var threshold = random.NextDouble() * terms.Sum(term => term.Weight * term.MaxWeight);
            var query = plan.FindAbove(threshold);
            for (var chunk = 0; chunk < 200; chunk++)
            {
                var weights = terms.Select(term => random.NextDouble() < 0.6 ? 0.5 + random.NextDouble() * (term.MaxWeight - 0.5) : 0).ToArray();
                if (terms.Select((term, i) => term.Weight * weights[i]).Sum() > threshold)
                {
                    Assert.True(Matches(query, terms, weights), $"round {round}: {query}");
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_asked_for_when_no_chunk_can_reach_the_threshold() =>
        Assert.Null(new CandidatePlan([new CandidateTerm(TenantId.Default, new("a", 1, 10, 3) { MaxWeight = 2 })]).FindAbove(6.01));

    [Fact]
    public void A_high_threshold_asks_for_high_weights_of_a_single_term_only() =>
        Assert.Equal("'1.a++++'", new CandidatePlan([new CandidateTerm(TenantId.Default, new("a", 10, 10_000, 3) { MaxWeight = 2 })]).FindAbove(5.8));

    private static List<QueryTerm> MakeTerms(Random random, int count) =>
        [.. Enumerable.Range(1, count).Select(i => new QueryTerm($"t{i}", i, 1 + random.Next(50_000), 0.5 + random.NextDouble() * 8)
        {
            Frequency = 1 + random.Next(2),
            MaxWeight = 1.2 + random.NextDouble(),
        })];

    /// <summary>A tsquery of the plan is a conjunction of disjunctions of tokens.</summary>
    private static bool Matches(string? query, List<QueryTerm> terms, double[] weights) =>
        query is not null && query.Split('&').All(clause => Regex.Matches(clause, @"'1\.([0-9a-f]+)(\+*)'").Any(token =>
        {
            var i = Convert.ToInt32(token.Groups[1].Value, 16) - 1;
            var level = token.Groups[2].Length;
            return weights[i] > 0 && (level == 0 || weights[i] >= Levels[level - 1]);
        }));
}
