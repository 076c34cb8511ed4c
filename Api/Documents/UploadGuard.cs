using AiApp.Api.Http;
using AiApp.Api.Problems;

namespace AiApp.Api.Documents;

/// <summary>Refuses files that could not become documents, before anything is stored.</summary>
internal static class UploadGuard
{
    private const int MaxPathLength = 1_000;

    /// <summary>Forward slashes, relative, nothing that climbs; null when the name cannot be made so.</summary>
    public static string? NormalizePath(string path)
    {
        var segments = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToList();
        var normal = string.Join('/', segments);
        return normal.Length is > 0 and <= MaxPathLength && !segments.Contains("..") && !normal.Any(char.IsControl) && TextRules.IsStorable(normal)
            ? normal
            : null;
    }

    public static Problem? Check(string? path, UploadedFile file) => file switch
    {
        { Problem: { } problem } => problem,
        _ when TextRules.CheckCollection(file.Collection) is { } problem => problem,
        _ when path is null => Problem.Invalid("path", $"A path is relative, has at most {MaxPathLength} characters, and no '..' or control characters."),
        _ when MediaTypes.Find(path) is null => Unsupported("Files named .md, .markdown, .html, .htm and .txt are read."),
        { Bytes.IsEmpty: true } => Problem.Invalid("file", "The file is empty."),
        _ when MediaTypes.IsBinary(file.Bytes.Span) => Unsupported("The content is binary, whatever its name says: save it as text in UTF-8."),
        _ => null,
    };

    private static Problem Unsupported(string detail) => new(ProblemCatalogue.UnsupportedMedia) { Detail = detail };
}
