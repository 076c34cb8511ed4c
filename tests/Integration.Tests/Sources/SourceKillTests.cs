using System.Security.Cryptography;
using System.Text;
using AiApp.Integration.Tests.Chaos;
using AiApp.Rag.Access;
using AiApp.Rag.Sources;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Sources;

/// <summary>Ingestors killed in the middle of runs while a folder changes. AIAPP_CHAOS_KILLS makes a longer run.</summary>
public sealed class SourceKillTests(SourceFixture fixture, ITestOutputHelper output) : IClassFixture<SourceFixture>
{
    private const int Files = 300;
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task The_documents_are_those_of_the_folder_whoever_is_killed()
    {
        var (tenant, folder, random) = (await fixture.NewTenantAsync(), fixture.NewFolder(), new Random(7));
        FolderSourceTests.Write(folder, [.. Enumerable.Range(0, Files).Select(n => ($"{n % 7}/{n}.md", $"# {n}"))]);
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await using var first = Ingestor();
        await using var second = Ingestor();

        var kills = int.TryParse(Environment.GetEnvironmentVariable("AIAPP_CHAOS_KILLS"), out var set) ? set : 6;
        var (kill, struck, interrupted) = (0, 0L, 0L);
        // More often than asked for while every run had just ended when its worker was killed.
        for (; kill < kills || (interrupted == 0 && kill < 5 * kills); kill++)
        {
            // A run that has begun since the last kill; the folder's own changes ask for it.
            await UntilAsync(async () => await RunningAsync(source) > struck, () => Change(folder, random, source));
            interrupted = await CountRunsAsync(tenant, "interrupted");
            await Task.Delay(random.Next(200));
            struck = await RunningAsync(source);
            first.Kill();
            second.Kill();
        }

        await UntilAsync(async () => await WrongAsync(tenant, folder) == 0 && await CountUnlistedAsync(tenant) == 0, () => RequestAsync(source));
        var runs = await CountRunsAsync(tenant);
        // The oldest runs are forgotten.
        interrupted = Math.Max(interrupted, await CountRunsAsync(tenant, "interrupted"));
        output.WriteLine($"{kill} kills, {runs} runs kept, {interrupted} interrupted, {first.Starts + second.Starts} starts");
        Assert.True(interrupted > 0);
    }

    private Task<long> CountRunsAsync(Rag.Tenants.TenantId tenant, string outcome = "%") =>
        fixture.ReadAsync<long>("SELECT count(*) FROM source_run WHERE tenant_id = $1 AND coalesce(outcome, '') LIKE $2", tenant, outcome);

    /// <summary>Documents that belong to no item of the source: nothing would ever delete them.</summary>
    private Task<long> CountUnlistedAsync(Rag.Tenants.TenantId tenant) => fixture.ReadAsync<long>(
        "SELECT count(*) FROM document d WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM source_item i WHERE i.tenant_id = $1 AND i.document_id = d.document_id)", tenant);

    private Task<long> RunningAsync(Source source) =>
        fixture.ReadAsync<long>("SELECT coalesce(max(run_id), 0) FROM source_run WHERE source_id = $1 AND outcome IS NULL", source.Id);

    private Task<Source?> Change(string folder, Random random, Source source)
    {
        for (var n = 0; n < 20; n++)
        {
            var at = random.Next(Files);
            var path = Path.Combine(folder, $"{at % 7}/{at}.md");
            if (random.Next(4) == 0)
            {
                File.Delete(path);
            }
            else
            {
                File.WriteAllText(path, $"# {at} {random.Next()}");
            }
        }
        return RequestAsync(source);
    }

    private Task<Source?> RequestAsync(Source source) => fixture.Store.RequestRunAsync(source.Tenant, PrincipalSet.Everyone, source.Id, CancellationToken.None);

    /// <summary>Documents without their file, files without their document, and documents with other bytes than their file.</summary>
    private async Task<int> WrongAsync(Rag.Tenants.TenantId tenant, string folder)
    {
        var documents = (await fixture.ReadAsync<string>(
            "SELECT coalesce(string_agg(source_uri || ' ' || encode(content_hash, 'hex'), ','), '') FROM document WHERE tenant_id = $1", tenant)).Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => $"s/{Path.GetRelativePath(folder, path)} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(path))))}").ToHashSet();
        return documents.Except(files).Count() + files.Except(documents).Count();
    }

    private static async Task UntilAsync(Func<Task<bool>> reached, Func<Task> meanwhile)
    {
        using var late = new CancellationTokenSource(RestWithin);
        while (!await reached())
        {
            await meanwhile();
            await Task.Delay(20, late.Token);
        }
    }

    private ServiceProcess Ingestor() => new("Ingestor", new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ConnectionStrings__aiapp"] = fixture.Database.ConnectionString,
        ["ConnectionStrings__redis"] = "",
        ["Sources__FolderRoots__0"] = fixture.Root,
        ["Sources__LeaseSeconds"] = "1",
        ["Sources__PollMs"] = "100",
        ["Logging__LogLevel__Default"] = "None",
    });
}
