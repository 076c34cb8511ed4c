namespace AiApp.Rag.Sources;

/// <summary>A source or an item of it cannot be read. The message is for the person who looks after the source; it holds no secret.</summary>
public sealed class SourceException(string code, string message, Exception? inner = null, string? setting = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="SourceCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The setting that it is about, as the Api calls it; null when it is the source as a whole.</summary>
    public string? Setting { get; } = setting;
}

/// <summary>What reports of runs say of items, besides the codes of the Api.</summary>
public static class SourceCodes
{
    public const string Unreachable = "source_unreachable";
    public const string DeniedAddress = "denied_address";
    public const string DeniedByRobots = "denied_by_robots";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not_found";
    public const string Validation = "validation";
    public const string Conflict = "conflict";
    public const string TooLarge = "too_large";
    public const string UnsupportedMedia = "unsupported_media";
    public const string Internal = "internal";

    /// <summary>The item is gone, and the deletion of its document waits for a person.</summary>
    public const string Held = "held";
}
