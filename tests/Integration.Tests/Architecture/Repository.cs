namespace AiApp.Integration.Tests.Architecture;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Relative(string path) => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/');

    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Where(path => !Relative(path).Split('/').Any(folder => folder is "artifacts" or "bin" or "obj" or "node_modules" or "publish"));

    private static string FindRoot(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "AiApp.sln"))
            ? folder
            : FindRoot(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
