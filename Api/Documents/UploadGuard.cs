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
        if (!SourceUri.TryNormalize(file.Path, out var sourceUri))
        {
            return (null, Problem.Invalid("path", $"A path is relative, has 1 to {SourceUri.MaxLength:N0} characters, and no '..' in it."));
        }
        if (!MediaTypes.TryResolve(sourceUri, file.DeclaredType, out var mediaType))
        {
            return (null, Unsupported(MediaTypes.WhyNot(sourceUri)));
        }
        if (file.Bytes.IsEmpty)
        {
            return (null, Problem.Invalid("file", "The file is empty."));
        }
        return BinaryContent.Is(file.Bytes.Span)
            ? (null, Unsupported($"The content is of another kind than the name says. {MediaTypes.Readable}"))
            : (new NewDocument { Collection = file.Collection, SourceUri = sourceUri, MediaType = mediaType, Bytes = file.Bytes, Readers = readers }, null);
    }

    private static Problem Unsupported(string detail) => new(ProblemCatalogue.UnsupportedMedia) { Detail = detail };
}
