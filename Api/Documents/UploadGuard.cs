using AiApp.Api.Auth;
using AiApp.Api.Http;
using AiApp.Api.Problems;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Api.Documents;

/// <summary>Refuses files that could not become documents, before anything is stored.</summary>
internal static class UploadGuard
{
    /// <summary>What to store, or why not.</summary>
    public static (NewDocument? Document, Problem? Problem) Check(UploadedFile file, Caller caller)
    {
        if ((file.Problem ?? TextRules.CheckCollection(file.Collection)) is { } problem)
        {
            return (null, problem);
        }
        var (readers, unreadable) = file.Readers is null ? (null, null) : ReadersRule.Read(file.Readers.Split(','), caller);
        if (unreadable is not null)
        {
            return (null, unreadable);
        }
        return CheckContent(file.Path, file.DeclaredType, file.Bytes.Length, file.Bytes.Span) switch
        {
            { Problem: { } refused } => (null, refused),
            var (sourceUri, mediaType, _) =>
                (new NewDocument { Collection = file.Collection, SourceUri = sourceUri, MediaType = mediaType, Bytes = file.Bytes, Readers = readers }, null),
        };
    }

    /// <summary>What can be told by the name, the length and the first bytes.</summary>
    public static (string SourceUri, string MediaType, Problem? Problem) CheckContent(
        string path, string? declaredType, long length, ReadOnlySpan<byte> firstBytes)
    {
        if (!SourceUri.TryNormalize(path, out var sourceUri))
        {
            return (path, "", Problem.Invalid("path", $"A path is relative, has 1 to {SourceUri.MaxLength:N0} characters, and no '..' in it."));
        }
        if (!MediaTypes.TryResolve(sourceUri, declaredType, out var mediaType))
        {
            return (sourceUri, "", Unsupported(MediaTypes.WhyNot(sourceUri)));
        }
        if (length == 0)
        {
            return (sourceUri, "", Problem.Invalid("file", "The file is empty."));
        }
        return (sourceUri, mediaType,
            BinaryContent.Is(firstBytes) ? Unsupported($"The content is of another kind than the name says. {MediaTypes.Readable}") : null);
    }

    private static Problem Unsupported(string detail) => new(ProblemCatalogue.UnsupportedMedia) { Detail = detail };
}
