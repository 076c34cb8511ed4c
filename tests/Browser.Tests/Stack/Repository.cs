namespace AiApp.Browser.Tests.Stack;

internal static class Repository
{
    /// <summary>debug or release: what these tests were built as, the hosts were built as too.</summary>
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    public static string Root { get; } = FindRoot();

    public static string AssemblyOf(string project) =>
        Path.Combine(Root, "artifacts", "bin", project, Configuration, $"AiApp.{project}.dll");

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
