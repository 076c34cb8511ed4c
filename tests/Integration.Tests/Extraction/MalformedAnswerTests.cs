using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Storage;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Extraction;

/// <summary>Two hundred answers of a model that are wrong in fourteen ways, by real HTTP through the whole gateway.</summary>
public sealed class MalformedAnswerTests(ExtractionFixture fixture, ITestOutputHelper output) : IClassFixture<ExtractionFixture>
{
    private const int Answers = 200;

    [Fact]
    public async Task A_malformed_answer_is_repaired_failed_over_or_refused_and_never_passed_on()
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        var outcomes = new List<(string Kind, string Outcome)>();

        for (var seed = 0; seed < Answers; seed++)
        {
            var (kind, make) = MalformedAnswers.Kinds[seed % MalformedAnswers.Kinds.Count];
            outcomes.Add((kind, await RunAsync(http, seed, kind, make)));
        }

        Print(outcomes);
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Kind == MalformedAnswers.Wrapped, outcome.Outcome == "taken"));
        foreach (var kind in outcomes.Where(outcome => outcome.Kind != MalformedAnswers.Wrapped).GroupBy(outcome => outcome.Kind))
        {
            Assert.Equal(["failed over", "refused", "repaired"], kind.Select(outcome => outcome.Outcome).Distinct().Order());
        }
    }

    /// <summary>Every third is followed by a valid answer of the same model, of the next one, or by none.</summary>
    private async Task<string> RunAsync(HttpClient http, int seed, string kind, Func<Random, string> make)
    {
        var random = new Random(seed);
        var first = make(random);
        var valid = MalformedAnswers.Valid(random);
        string[] script = (kind == MalformedAnswers.Wrapped, seed % 3) switch
        {
            (true, _) => [first],
            (_, 0) => [first, valid.ToJsonString()],
            (_, 1) => [first, make(random), valid.ToJsonString()],
            _ => [first, make(random), make(random)],
        };
        fixture.Answer(script);
        var before = fixture.Server.Calls.Count;

        using var response = await http.PostAsJsonAsync("/api/extract", ExtractionFixture.Request(MalformedAnswers.Schema));

        var calls = fixture.Server.Calls.Skip(before).Select(call => call.Model!).ToList();
        Assert.Equal(script.Length, calls.Count);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            await CheckRefusedAsync(response, script[^1]);
            Assert.Equal(2, seed % 3);
            Assert.Equal(["small", "small", "large"], calls);
            return "refused";
        }
        var extracted = (await response.Content.ReadFromJsonAsync<ExtractionDto>())!;
        // Against what was written, and not against the validator, which may be wrong.
        var written = kind == MalformedAnswers.Wrapped ? JsonNode.Parse(first[first.IndexOf('{')..(first.LastIndexOf('}') + 1)]) : valid;
        Assert.True(JsonNode.DeepEquals(written, JsonNode.Parse(extracted.Value.GetRawText())), $"{kind}, seed {seed}: {extracted.Value.GetRawText()}");
        Assert.Equal((script.Length, calls[^1], script.Length == 2), (extracted.Attempts, extracted.Model, extracted.Repaired));
        return extracted.Attempts switch { 1 => "taken", 2 => "repaired", _ => "failed over" };
    }

    private async Task CheckRefusedAsync(HttpResponseMessage response, string last)
    {
        var problem = await response.ReadProblemAsync(HttpStatusCode.BadGateway, ProblemCodes.ProviderBadOutput);
        var id = problem.Extensions!["rejectedOutputId"].GetGuid();
        Assert.Equal(PostgresText.Clean(last), await fixture.Api.Database.ReadAsync<string>($"SELECT text FROM rejected_output WHERE rejected_output_id = '{id}'"));
        Assert.NotEqual("", await fixture.Api.Database.ReadAsync<string>($"SELECT reasons FROM rejected_output WHERE rejected_output_id = '{id}'"));
        Assert.DoesNotContain("@example.com", JsonSerializer.Serialize(problem), StringComparison.Ordinal);
    }

    private void Print(IReadOnlyList<(string Kind, string Outcome)> outcomes)
    {
        string[] columns = ["taken", "repaired", "failed over", "refused"];
        output.WriteLine($"{"kind",-28}{string.Concat(columns.Select(column => $"{column,12}"))}");
        foreach (var kind in outcomes.GroupBy(outcome => outcome.Kind))
        {
            output.WriteLine($"{kind.Key,-28}{string.Concat(columns.Select(column => $"{kind.Count(outcome => outcome.Outcome == column),12}"))}");
        }
        output.WriteLine($"{"all",-28}{string.Concat(columns.Select(column => $"{outcomes.Count(outcome => outcome.Outcome == column),12}"))}");
    }
}
