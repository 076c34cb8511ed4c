using System.Xml.Linq;

namespace AiApp.Integration.Tests.Architecture;

public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Rag"] = [],
        ["Contracts"] = [],
        ["ServiceDefaults"] = [],
        ["Web"] = ["Contracts", "ServiceDefaults"],
        ["Api"] = ["Contracts", "Rag", "ServiceDefaults"],
        ["Ingestor"] = ["Rag", "ServiceDefaults"],
        ["Database"] = ["ServiceDefaults"],
        ["Evals"] = ["Rag", "ServiceDefaults"],
        ["Benchmarks"] = ["Rag", "ServiceDefaults"],
        ["Cli"] = ["Contracts"],
    };

    [Fact]
    public void References_point_one_way()
    {
        foreach (var (project, allowed) in Allowed)
        {
            Assert.Empty(References(Repository.Path($"{project}/{project}.csproj")).Except(allowed));
        }
    }

    [Fact]
    public void Nobody_references_an_executable_but_the_AppHost_and_tests()
    {
        var projects = Repository.Files("*.csproj").ToList();
        var executables = projects.Where(IsExecutable).Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet();

        foreach (var project in projects.Where(path => !Repository.Relative(path).StartsWith("tests/", StringComparison.Ordinal)))
        {
            if (Path.GetFileNameWithoutExtension(project) != "AppHost")
            {
                Assert.Empty(References(project).Intersect(executables));
            }
        }
    }

    [Fact]
    public void The_built_domain_knows_nothing_of_ours_and_nothing_of_the_web()
    {
        var references = typeof(Rag.Storage.AiAppDbContext).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();

        Assert.DoesNotContain(references, name => name.StartsWith("AiApp.", StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_built_contracts_need_nothing_but_the_runtime()
    {
        var references = typeof(Contracts.AiAppClient).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static bool IsExecutable(string project)
    {
        var xml = XDocument.Load(project);
        return xml.Root!.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web" || xml.Descendants("OutputType").Any(type => type.Value == "Exe");
    }
}
