namespace AiApp.Web.Answers;

internal static class HeadingPath
{
    private const string Separator = " > ";

    /// <summary>The path below the title, which is always shown beside it.</summary>
    public static string Below(string title, string path) =>
        path == title ? ""
        : path.StartsWith(title + Separator, StringComparison.Ordinal) ? path[(title.Length + Separator.Length)..]
        : path;
}
