using AiApp.Evals;
using AiApp.Integration.Tests.Answers;
using AiApp.Integration.Tests.Architecture;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;
using AiApp.Rag.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>The lexical leg against BM25 written once more, the long way, over every chunk of the sample corpus.</summary>
public sealed class Bm25Tests(GoldenSetTests.Run run) : IClassFixture<GoldenSetTests.Run>
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const int Top = 50;

    // The weights are stored as 32-bit floats.
    private const double Tolerance = 1e-3;

    [Fact]
    public async Task The_best_scores_of_the_lexical_leg_are_those_of_BM25()
    {
        var chunks = await ReadChunksAsync();
        var averageLength = await run.Database.ReadAsync<float>("SELECT bm25_average_length FROM collection");
        var retriever = run.Services.GetRequiredService<IRetriever>();
        foreach (var question in GoldenQuestion.Load(Repository.Path("samples/questions.jsonl")))
        {
            var expected = Score(chunks, await LexemesAsync(question.Question), averageLength).Take(Top).ToList();
            var result = await retriever.RetrieveAsync(new() { Tenant = TenantId.Default, Text = question.Question, Collection = GoldenRun.Collection, Top = 2 * Top, Assemble = false }, CancellationToken.None);
            var actual = result.Chunks.Where(chunk => chunk.Lexical is not null).OrderBy(chunk => chunk.Lexical!.Rank).Select(chunk => chunk.Lexical!.Score).ToList();

            Assert.Equal(expected.Count, actual.Count);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }

    private static IEnumerable<double> Score(Dictionary<long, Dictionary<string, int>> chunks, Dictionary<string, int> question, double averageLength)
    {
        var idf = question.Keys.ToDictionary(lexeme => lexeme, lexeme =>
        {
            var containing = chunks.Values.Count(chunk => chunk.ContainsKey(lexeme));
            return Math.Log(1 + (chunks.Count - containing + 0.5) / (containing + 0.5));
        });
        return chunks.Values
            .Select(chunk =>
            {
                var length = chunk.Values.Sum();
                return question.Where(term => chunk.ContainsKey(term.Key)).Sum(term =>
                    term.Value * idf[term.Key] * chunk[term.Key] * (K1 + 1) / (chunk[term.Key] + K1 * (1 - B + B * length / averageLength)));
            })
            .Where(score => score > 0)
            .OrderDescending();
    }

    private async Task<Dictionary<long, Dictionary<string, int>>> ReadChunksAsync()
    {
        await using var connection = await run.Database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT chunk_id, lexeme, cardinality(positions) FROM chunk, unnest(lexemes)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var chunks = new Dictionary<long, Dictionary<string, int>>();
        while (await reader.ReadAsync())
        {
            chunks.TryAdd(reader.GetInt64(0), []);
            chunks[reader.GetInt64(0)][reader.GetString(1)] = reader.GetInt32(2);
        }
        return chunks;
    }

    private async Task<Dictionary<string, int>> LexemesAsync(string question)
    {
        await using var connection = await run.Database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT lexeme, cardinality(positions) FROM unnest(to_tsvector('english', $1))", connection);
        command.Parameters.Add(new() { Value = Identifiers.AppendTo(question) });
        await using var reader = await command.ExecuteReaderAsync();
        var lexemes = new Dictionary<string, int>();
        while (await reader.ReadAsync())
        {
            lexemes[reader.GetString(0)] = reader.GetInt32(1);
        }
        return lexemes;
    }
}
