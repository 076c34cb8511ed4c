using System.Security.Cryptography;
using System.Text;
using AiApp.Integration.Tests.Chaos;
using AiApp.Rag.Access;
using AiApp.Rag.Sources;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Sources;

/// <summary>Ingestors killed at any moment while a folder changes.</summary>
public sealed class SourceKillTests(SourceFixture fixture, ITestOutputHelper output) : IClassFixture<SourceFixture>
{
    private const int Kills = 12;
    private const int Files = 300;
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_documents_are_those_of_the_folder_whoever_is_killed()
    {
        var (tenant, folder, random) = (await fixture.NewTenantAsync(), fixture.NewFolder(), new Random(7));
        FolderSourceTests.Write(folder, [.. Enumerable.Range(0, Files).Select(n => ($"{n % 7}/{n}.md", $"# {n}"))]);
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await using var first = Ingestor();
        await using var second = Ingestor();

        for (var kill = 0; kill < Kills; kill++)
        {
            // In the middle of a run, which the folder's own changes ask for.
            await UntilAsync(() => fixture.ReadAsync<bool>("SELECT EXISTS (SELECT FROM source WHERE source_id = $1 AND state = 'running')", source.Id), () => Change(folder, random, source));
            (kill % 2 == 0 ? first : second).Kill();
        }

        await UntilAsync(async () => await WrongAsync(tenant, folder) == 0, () => RequestAsync(source));
        var interrupted = await fixture.ReadAsync<long>("SELECT count(*) FROM source_run WHERE tenant_id = $1 AND outcome = 'interrupted'", tenant);
        var runs = await fixture.ReadAsync<long>("SELECT count(*) FROM source_run WHERE tenant_id = $1", tenant);
        output.WriteLine($"{Kills} kills, {runs} runs kept, {interrupted} of them interrupted, {first.Starts + second.Starts} starts");
        Assert.Equal(0L, await fixture.ReadAsync<long>(
            "SELECT count(*) FROM document d WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM source_item i WHERE i.tenant_id = $1 AND i.document_id = d.document_id)", tenant));
        Assert.True(interrupted > 0);
    }

    private Task Change(string folder, Random random, Source source)
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

    private Task RequestAsync(Source source) => fixture.Store.RequestRunAsync(source.Tenant, PrincipalSet.Everyone, source.Id, CancellationToken.None);

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
