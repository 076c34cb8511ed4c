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

    public void Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    /// <summary>Takes all files of a folder in it away at once: no run lists some of them. What begins with a dot is not listed.</summary>
    public void Hide(string name) => Directory.Move(System.IO.Path.Combine(Path, name), System.IO.Path.Combine(Path, $".{name}"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
