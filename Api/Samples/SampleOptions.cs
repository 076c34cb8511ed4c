namespace AiApp.Api.Samples;

internal sealed class SampleOptions
{
    public const string Section = "Samples";

    /// <summary>Folder of the sample corpus; relative to the content root or the folder above it.</summary>
    public string Folder { get; set; } = "samples";

    /// <summary>Null when there is none.</summary>
    public string? Find(string contentRoot) =>
        new[] { contentRoot, Path.Combine(contentRoot, "..") }
            .Select(root => Path.GetFullPath(Path.Combine(root, Folder)))
            .FirstOrDefault(Directory.Exists);
}
