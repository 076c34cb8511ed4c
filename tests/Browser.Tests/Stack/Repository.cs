namespace AiApp.Browser.Tests.Stack;

internal static class Repository
{
    /// <summary>artifacts/bin/Browser.Tests/debug: what these tests were built as and where to, the hosts were too.</summary>
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root { get; } = FindRoot();

    public static string AssemblyOf(string project) =>
        Path.Combine(Output.Parent!.Parent!.FullName, project, Output.Name, $"AiApp.{project}.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AiApp.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("AiApp.sln was not found above the tests.");
    }
}
