using AiApp.Evals;
using AiApp.Integration.Tests.Architecture;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Tenants;

namespace AiApp.Integration.Tests.Answers;

/// <summary>The sample corpus through ingestion, retrieval and the <c>local</c> provider, against its golden set.</summary>
public sealed class GoldenSetTests(GoldenSetTests.Run run) : IClassFixture<GoldenSetTests.Run>
{
    [Fact]
    public void Every_quote_stands_literally_at_its_offsets_in_the_cited_version() => Assert.True(run.Report.QuotesStand);

    [Fact]
    public void What_the_documents_do_not_say_is_not_answered() => Assert.Equal(0, run.Report.FalseAnswers);

    /// <summary>The floor is what the first release reaches, less one question; the golden questions avoid the documents' own words.</summary>
    [Fact]
    public void The_keyless_provider_does_not_get_worse() =>
        Assert.True(run.Report.RightShare >= 0.55, $"{run.Report.RightShare:P0} of the golden questions were answered rightly.");

    [Theory]
    [InlineData("What is the daily meal allowance for travel inside Sweden?", "320 SEK", "policies/travel-policy-2026.md")]
    [InlineData("What was the daily meal allowance inside Sweden in 2024?", "260 SEK", "policies/travel-policy-2024.md")]
    [InlineData("How long is the warranty of a Fjord 300?", "60 months", "support/warranty-terms.md")]
    [InlineData("What does error E-4012 mean?", "more than 90 seconds", "manuals/error-codes.md")]
    [InlineData("How quickly must the primary engineer in Halifax acknowledge a P1 alert?", "20 minutes", "operations/on-call-halifax.md")]
    [InlineData("How many API requests per minute does the Plus plan allow?", "300", "manuals/lumen-api-reference.md")]
    public async Task Near_duplicates_and_versions_are_told_apart(string question, string expected, string document)
    {
        var result = await run.AskAsync(new GoldenQuestion { Id = "", Question = question, Document = document, MustContain = [expected] });

        Assert.True(result.Verdict == Verdict.Right, result.Answer.Text);
        Assert.True(result.QuotesStand);
    }

    public sealed class Run : IAsyncLifetime
    {
        private TestApi _api = null!;
        private GoldenRun _run = null!;

        internal TestDatabase Database => _api.Database;

        internal IServiceProvider Services => _api.Services;

        internal AnswersReport Report { get; private set; } = null!;

        public Task<GoldenResult> AskAsync(GoldenQuestion question) => _run.AskAsync(question, CancellationToken.None);

        public async Task InitializeAsync()
        {
            _api = await TestApi.StartAsync();
            _run = new GoldenRun(_api.Services, TenantId.Default);
            using var worker = new TestWorker(_api.Database);
            await new GoldenRun(worker.Services, TenantId.Default).IngestAsync(Repository.Path("samples"), CancellationToken.None);
            var results = new List<GoldenResult>();
            foreach (var question in GoldenQuestion.Load(Repository.Path("samples/.questions.jsonl")))
            {
                results.Add(await AskAsync(question));
            }
            Report = new AnswersReport(results);
        }

        public async Task DisposeAsync() => await _api.DisposeAsync();
    }
}
