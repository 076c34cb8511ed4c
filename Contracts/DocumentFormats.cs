namespace AiApp.Contracts;

/// <summary>What can be uploaded.</summary>
public static class DocumentFormats
{
    /// <summary>For people, as part of a sentence.</summary>
    public const string Names = "PDF, Word, PowerPoint, Excel, OpenDocument text, RTF, Markdown, HTML, plain text, CSV, JSON, mail and ZIP";

    /// <summary>Of the files that are read, with the dot, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
    [
        ".csv", ".docm", ".docx", ".dotx", ".eml", ".htm", ".html", ".json", ".jsonl", ".log", ".markdown", ".md", ".ndjson", ".odt", ".pdf",
        ".potx", ".ppsx", ".pptm", ".pptx", ".rtf", ".tab", ".text", ".tsv", ".txt", ".xhtml", ".xlsm", ".xlsx", ".xltx", ".zip",
    ];
}
