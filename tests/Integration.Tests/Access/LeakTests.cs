using System.Net.Http.Json;
using System.Text.Json;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Documents;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Explain;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Access;

/// <summary>Random callers, collections and questions over everything that shows a document, with changes of readers in between.</summary>
public sealed class LeakTests
{
    private const int Seed = 20260301;
    private const int Documents = 150;
    private const int Rounds = 100;
    private const int TriplesPerRound = 200;
    private const int ChangesPerRound = 2;

    [Fact]
    public Task No_caller_is_shown_what_it_may_not_read_and_each_finds_what_it_may() => RunAsync(firstWall: true);

    [Fact]
    public Task Without_the_predicate_of_the_application_the_database_shows_no_more() => RunAsync(firstWall: false);

    private static async Task RunAsync(bool firstWall)
    {
        await using var api = await TestApi.StartAsync();
        var key = await api.CreateKeyAsync("a world", onBehalfOf: true);
        var tenant = await api.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync("a world", CancellationToken.None);
        var random = new Random(Seed);
        var world = await AccessWorld.CreateAsync(api, tenant, random, Documents);
        var callers = firstWall ? Callers.AsTheyAre : await Callers.WithoutFirstWallAsync(api.Database, world);
        var sinks = new Sinks(api, world, key, callers);
        var (leaks, missed) = (new List<string>(), new List<string>());

        for (var round = 0; round < Rounds; round++)
        {
            var triples = Enumerable.Range(0, TriplesPerRound).Select(_ => (Triple: world.DrawTriple(random), Sink: random.Next(100))).ToList();
            await Parallel.ForEachAsync(triples, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (drawn, ct) =>
            {
                var (caller, collection, query, target) = drawn.Triple;
                var (shown, complete) = await sinks.ShowAsync(drawn.Sink, caller, collection, query, target, ct);
                lock (leaks)
                {
                    if (world.CountLeaks(caller, shown) > 0)
                    {
                        leaks.Add($"sink {drawn.Sink}: {caller.Name}, {collection}, {query}");
                    }
                    if (!complete)
                    {
                        missed.Add($"sink {drawn.Sink}: {caller.Name}, {collection}, {query}");
                    }
                }
            });
            await ChangeReadersAsync(api, world, callers, random);
        }

        Assert.Empty(leaks);
        Assert.Empty(missed);
    }

    /// <summary>By somebody who may read the document now; what it grants and takes away holds for the very next triple.</summary>
    private static async Task ChangeReadersAsync(TestApi api, AccessWorld world, Callers callers, Random random)
    {
        var store = api.Services.GetRequiredService<DocumentStore>();
        for (var change = 0; change < ChangesPerRound; change++)
        {
            var document = world.Documents[random.Next(world.Documents.Count)];
            var owner = document.Readers.Principals[random.Next(document.Readers.Principals.Count)];
            var readers = AccessWorld.DrawReaders(random, world.People, including: owner == Principal.Everyone ? $"user:{world.People[0].Name}" : owner);
            var caller = owner == Principal.Everyone ? world.People[0].Principals : PrincipalSet.Of(owner);
            Assert.NotNull(await store.SetReadersAsync(world.Tenant, callers.As(caller), document.Id, readers, CancellationToken.None));
            document.Readers = readers;
        }
    }

    /// <summary>Everything that shows something of a document; each returns what it showed and whether it showed what it should.</summary>
    private sealed class Sinks(TestApi api, AccessWorld world, string key, Callers callers)
    {
        private readonly IRetriever _retriever = api.Services.GetRequiredService<IRetriever>();
        private readonly SearchExplainer _explainer = api.Services.GetRequiredService<SearchExplainer>();
        private readonly DocumentStore _documents = api.Services.GetRequiredService<DocumentStore>();
        private readonly AnswerPipeline _answers = api.Services.GetRequiredService<AnswerPipeline>();
        private readonly AnswerStore _records = api.Services.GetRequiredService<AnswerStore>();
        private readonly HttpClient _http = api.CreateHttp(key);

        public Task<(string Shown, bool Complete)> ShowAsync(
            int sink, Person caller, string? collection, string query, SecretDocument target, CancellationToken ct) => sink switch
            {
                < 24 => SearchAsync(caller, collection, query, target, ct),
                < 32 => ExplainAsync(caller, collection, query, target, ct),
                < 38 => AskAsync(caller, collection, query, ct),
                < 70 => ReadAsync(caller, target, ct),
                < 75 => ListAsync(caller, ct),
                < 95 => CountAsync(caller, ct),
                _ => SearchByHttpAsync(caller, collection, query, ct),
            };

        private async Task<(string, bool)> SearchAsync(Person caller, string? collection, string query, SecretDocument target, CancellationToken ct)
        {
            var result = await _retriever.RetrieveAsync(new()
            {
                Tenant = world.Tenant,
                Principals = callers.As(caller.Principals),
                Collection = collection,
                Text = query,
                Top = 10,
            }, ct);
            var expected = query.Contains(target.Canary, StringComparison.Ordinal) && caller.MayRead(target) && (collection ?? target.Collection) == target.Collection;
            return (JsonSerializer.Serialize(result.Chunks), !expected || result.Chunks.Any(chunk => chunk.DocumentId == target.Id));
        }

        /// <summary>The explanation with the fate of one document, when the caller may ask for that one at all.</summary>
        private async Task<(string, bool)> ExplainAsync(Person caller, string? collection, string query, SecretDocument target, CancellationToken ct)
        {
            var retrieval = new RetrievalQuery { Tenant = world.Tenant, Principals = callers.As(caller.Principals), Collection = collection, Text = query, Top = 5 };
            var documents = await _explainer.ListDocumentsAsync(retrieval, target.Id.ToString(), ct);
            var explanation = await _explainer.ExplainAsync(retrieval, documents.SingleOrDefault(), ct);
            return (JsonSerializer.Serialize(new { explanation.Candidates, explanation.Document }), documents.Count == (caller.MayRead(target) ? 1 : 0));
        }

        /// <summary>The answer and, read again by the same person and by another one, its record.</summary>
        private async Task<(string, bool)> AskAsync(Person caller, string? collection, string query, CancellationToken ct)
        {
            var question = new Question { Tenant = world.Tenant, Principals = callers.As(caller.Principals), AskedBy = caller.Name, Collection = collection, Text = query };
            var answer = (await _answers.AnswerAsync(question, ct).OfType<AnswerProgress.Completed>().SingleAsync(ct)).Answer;
            var again = await _records.FindAsync(world.Tenant, callers.As(caller.Principals), caller.Name, answer.Id, ct);
            var other = world.People.First(person => person != caller);
            var stolen = await _records.FindAsync(world.Tenant, callers.As(other.Principals), other.Name, answer.Id, ct);
            return (Show(answer) + (again is null ? "" : Show(again)), again is not null && stolen is null);
        }

        private async Task<(string, bool)> ReadAsync(Person caller, SecretDocument target, CancellationToken ct)
        {
            var document = await _documents.FindAsync(world.Tenant, callers.As(caller.Principals), target.Id, ct);
            var text = await _documents.FindTextAsync(world.Tenant, callers.As(caller.Principals), target.Id, null, ct);
            return (text?.Text ?? "", (document is not null, text is not null) == (caller.MayRead(target), caller.MayRead(target)));
        }

        private async Task<(string, bool)> ListAsync(Person caller, CancellationToken ct)
        {
            var page = await _documents.ListAsync(world.Tenant, callers.As(caller.Principals), null, null, Documents, ct);
            return ("", page.Items.Select(item => item.Id).ToHashSet().SetEquals(world.Documents.Where(caller.MayRead).Select(document => document.Id)));
        }

        private async Task<(string, bool)> CountAsync(Person caller, CancellationToken ct)
        {
            var summary = await _documents.SummarizeAsync(world.Tenant, callers.As(caller.Principals), ct);
            var readable = world.Documents.Count(caller.MayRead);
            // Each document is one chunk.
            return ("", (summary.Ready, summary.Chunks) == (readable, readable));
        }

        private async Task<(string, bool)> SearchByHttpAsync(Person caller, string? collection, string query, CancellationToken ct)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/search")
            {
                Content = JsonContent.Create(new SearchRequest { Query = query, Collection = collection }),
            };
            request.Headers.Add(AiAppClient.UserHeader, caller.Name);
            request.Headers.Add(AiAppClient.GroupsHeader, string.Join(", ", caller.Groups));
            using var response = await _http.SendAsync(request, ct);
            return (await response.Content.ReadAsStringAsync(ct), response.IsSuccessStatusCode);
        }

        // The question is the caller's own, and so are the words of it that no passage has.
        private static string Show(Answer answer) => JsonSerializer.Serialize(answer with
        {
            Question = "",
            Grounding = answer.Grounding! with { Missing = [.. answer.Grounding.Missing.Where(word => !answer.Question.Contains(word, StringComparison.OrdinalIgnoreCase))] },
        });
    }
}
