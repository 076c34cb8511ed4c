namespace AiApp.Browser.Tests.Stack;

/// <summary>A folder of this machine that a source can read; gone with the test.</summary>
internal sealed class WatchedFolder : IDisposable
{
    public WatchedFolder(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            Write(name, text);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("aiapp-browser-source-").FullName;

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
