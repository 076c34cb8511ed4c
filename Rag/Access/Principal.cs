using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AiApp.Rag.Access;

/// <summary>
/// Who reads: <c>everyone</c>, <c>user:anna@example.com</c>, <c>group:hr</c>, or another kind that the deployment gives to
/// its keys. Names are compared letter by letter, in Unicode's composed form.
/// </summary>
public static class Principal
{
    public const int MaxLength = 200;
    public const string Everyone = "everyone";
    private const string UserKind = "user:";
    private const string GroupKind = "group:";

    /// <summary>Null when the name cannot be part of a principal.</summary>
    public static string? User(string name) => TryNormalize(UserKind + name, out var user) ? user : null;

    /// <summary>Null when the name cannot be part of a principal.</summary>
    public static string? Group(string name) => TryNormalize(GroupKind + name, out var group) ? group : null;

    /// <summary>
    /// A kind of lower-case letters, a colon and a name; together at most 200 characters, no comma, no control character, no
    /// space at either end.
    /// </summary>
    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? principal)
    {
        principal = null;
        if (text == Everyone)
        {
            principal = Everyone;
            return true;
        }
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || text.Length > MaxLength || !text.AsSpan(0, colon).ContainsOnlyLetters() || !IsName(text.AsSpan(colon + 1)))
        {
            return false;
        }
        principal = text.Normalize(NormalizationForm.FormC);
        return principal.Length <= MaxLength;
    }

    private static bool ContainsOnlyLetters(this ReadOnlySpan<char> kind) => !kind.ContainsAnyExceptInRange('a', 'z');

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
        {
            return false;
        }
        foreach (var rune in name.EnumerateRunes())
        {
            // Half of a surrogate pair is read as U+FFFD.
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value == ',')
            {
                return false;
            }
        }
        return true;
    }
}
