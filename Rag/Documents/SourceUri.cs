using System.Diagnostics.CodeAnalysis;
using AiApp.Rag.Storage;

namespace AiApp.Rag.Documents;

/// <summary>The identity of a document in its collection: a relative path or an address, never a path of the host.</summary>
public static class SourceUri
{
    public const int MaxLength = 1000;

    /// <summary>Forward slashes, no leading slash, no empty, "." or ".." segment, no control characters, at most 1,000 characters.</summary>
    public static bool TryNormalize(string value, [NotNullWhen(true)] out string? normalized)
    {
        normalized = null;
        var text = new string([.. PostgresText.Clean(value).Where(c => !char.IsControl(c))]).Replace('\\', '/').Trim();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var prefix = scheme > 0 && text.AsSpan(0, scheme).IndexOf('/') < 0 ? text[..(scheme + 3)] : "";
        var segments = text[prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Contains("..", StringComparer.Ordinal))
        {
            return false;
        }

        var joined = prefix + string.Join('/', segments.Where(s => s != "."));
        if (joined.Length == prefix.Length || joined.Length > MaxLength)
        {
            return false;
        }

        normalized = joined;
        return true;
    }

    internal static string Normalize(string value) =>
        TryNormalize(value, out var normalized)
            ? normalized
            : throw new ArgumentException("A source URI has 1 to 1,000 characters and no '..' segment.", nameof(value));
}
