namespace AiApp.Rag.Ingestion.Reading;

internal static class DocumentTitle
{
    private const int MaxLength = 300;

    /// <summary>The first that says something; the file's name at last.</summary>
    public static string Choose(string? declared, string? heading, string sourceUri)
    {
        foreach (var candidate in new[] { declared, heading, Path.GetFileName(sourceUri) })
        {
            if (CanonicalTextBuilder.Flow(candidate ?? "") is { Length: > 0 } title)
            {
                return title.Length <= MaxLength ? title : Shorten(title);
            }
        }

        return sourceUri;
    }

    private static string Shorten(string title) =>
        title[..(char.IsHighSurrogate(title[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1)] + "…";
}
