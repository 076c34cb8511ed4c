using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Access;

/// <summary>A document with a word that no other holds, and who may read it now.</summary>
internal sealed record SecretDocument(Guid Id, string Collection, string Canary)
{
    public required ReaderSet Readers { get; set; }
}

/// <summary>A person with the groups that it belongs to, also through groups in groups.</summary>
internal sealed record Person(string Name, IReadOnlyList<string> Groups)
{
    public PrincipalSet Principals { get; } = PrincipalSet.Of([$"user:{Name}", .. Groups.Select(group => $"group:{group}")]);

    public bool MayRead(SecretDocument document) => document.Readers.Includes(Principals);
}

/// <summary>One tenant of random people, nested groups, collections and documents with random readers; drawn from a seed.</summary>
internal sealed partial class AccessWorld
{
    private const int Groups = 12;
    private static readonly string[] Collections = ["handbook", "projects", "board"];

    private AccessWorld(TenantId tenant, IReadOnlyList<Person> people, IReadOnlyList<SecretDocument> documents)
    {
        (Tenant, People, Documents) = (tenant, people, documents);
        ByCanary = documents.ToDictionary(document => document.Canary);
    }

    public TenantId Tenant { get; }
    public IReadOnlyList<Person> People { get; }
    public IReadOnlyList<SecretDocument> Documents { get; }
    public IReadOnlyDictionary<string, SecretDocument> ByCanary { get; }

    /// <summary>Uploads as somebody who may read everything that is uploaded, and ingests.</summary>
    public static async Task<AccessWorld> CreateAsync(TestApi api, TenantId tenant, Random random, int documents)
    {
        var people = CreatePeople(random);
        var store = api.Services.GetRequiredService<DocumentStore>();
        var made = new List<SecretDocument>();
        for (var number = 0; number < documents; number++)
        {
            var canary = $"canary{number}x{random.Next(1000, 9999)}";
            var collection = Collections[random.Next(Collections.Length)];
            var readers = DrawReaders(random, people);
            var added = await store.AddAsync(tenant, PrincipalSet.Of(readers.Principals), new NewDocument
            {
                Collection = collection,
                SourceUri = $"{number}.md",
                MediaType = "text/markdown",
                Bytes = Encoding.UTF8.GetBytes($"# Plan {number}\n\nThe secret plan of the project is called {canary}. It is kept in the safe."),
                Readers = readers,
            }, CancellationToken.None);
            made.Add(new(added!.DocumentId, collection, canary) { Readers = readers });
        }
        using var worker = new TestWorker(api.Database);
        await worker.DrainAsync(workers: 2);
        return new(tenant, people, made);
    }

    public static ReaderSet DrawReaders(Random random, IReadOnlyList<Person> people, string? including = null)
    {
        string[] names = random.Next(10) switch
        {
            0 => [Principal.Everyone],
            < 4 => [$"user:{people[random.Next(people.Count)].Name}"],
            < 8 => [$"group:{random.Next(Groups)}"],
            _ => [$"group:{random.Next(Groups)}", $"group:{random.Next(Groups)}", $"user:{people[random.Next(people.Count)].Name}"],
        };
        Assert.True(ReaderSet.TryCreate(including is null ? names : [.. names, including], out var readers));
        return readers!;
    }

    public (Person Caller, string? Collection, string Query, SecretDocument Target) DrawTriple(Random random)
    {
        var target = Documents[random.Next(Documents.Count)];
        var query = random.Next(3) switch
        {
            0 => target.Canary,
            1 => $"What is {target.Canary}, the secret plan?",
            _ => "What is the secret plan of the project called?",
        };
        return (People[random.Next(People.Count)], random.Next(2) == 0 ? null : Collections[random.Next(Collections.Length)], query, target);
    }

    /// <summary>How many documents the text gives away that the person may not read.</summary>
    public int CountLeaks(Person person, string text) =>
        Canary().Matches(text).Count(match => ByCanary.TryGetValue(match.Value, out var document) && !person.MayRead(document));

    private static List<Person> CreatePeople(Random random)
    {
        // Each group may belong to groups of larger numbers: no circles.
        var parents = Enumerable.Range(0, Groups)
            .Select(group => Enumerable.Range(group + 1, Groups - group - 1).Where(_ => random.Next(6) == 0).ToArray()).ToArray();
        return [.. Enumerable.Range(0, 25).Select(number =>
        {
            var all = new HashSet<int>();
            var open = new Stack<int>(Enumerable.Range(0, Groups).Where(_ => random.Next(6) == 0));
            while (open.TryPop(out var group))
            {
                if (all.Add(group))
                {
                    Array.ForEach(parents[group], open.Push);
                }
            }
            return new Person($"person {number}", [.. all.Order().Select(group => group.ToString(CultureInfo.InvariantCulture))]);
        })];
    }

    [GeneratedRegex("canary[0-9]+x[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Canary();
}
