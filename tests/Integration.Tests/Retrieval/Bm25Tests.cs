using AiApp.Evals;
using AiApp.Integration.Tests.Answers;
using AiApp.Integration.Tests.Architecture;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;
using AiApp.Rag.Text;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>The lexical leg, as the whole retriever uses it, against brute force over the sample corpus.</summary>
public sealed class Bm25Tests(GoldenSetTests.Run run) : IClassFixture<GoldenSetTests.Run>
{
    private const int Top = 50;

    // The weights are stored as 32-bit floats.
    private const double Tolerance = 1e-3;

    [Fact]
    public async Task The_best_scores_of_the_lexical_leg_are_those_of_BM25()
    {
        var bruteForce = await BruteForceBm25.LoadAsync(run.Database, TenantId.Default);
        var retriever = run.Services.GetRequiredService<IRetriever>();
        foreach (var question in GoldenQuestion.Load(Repository.Path("samples/.questions.jsonl")))
        {
            var expected = await bruteForce.ScoreAsync(Identifiers.AppendTo(question.Question), Top);
            var result = await retriever.RetrieveAsync(new() { Tenant = TenantId.Default, Text = question.Question, Collection = GoldenRun.Collection, Top = 2 * Top, Assemble = false }, CancellationToken.None);
            var actual = result.Chunks.Where(chunk => chunk.Lexical is not null).OrderBy(chunk => chunk.Lexical!.Rank).Select(chunk => chunk.Lexical!.Score).Take(Top).ToList();

            Assert.Equal(expected.Count, actual.Count);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }
}
