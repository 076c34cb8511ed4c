using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Prompts;

/// <summary>A prompt file: immutable under its name and version, known by the hash of its content.</summary>
public sealed partial record PromptTemplate(string Name, string Version, string ContentHash, string System, string User)
{
    private const string Suffix = ".prompt.md";
    private const string UserSection = "=== user ===";

    /// <summary>"answer.v1:1a2b3c4d": what an answer's record keeps.</summary>
    public string Id => $"{Name}.{Version}:{ContentHash[..8]}";

    /// <summary>Puts the values into their places; what stands inside of a value is never taken for a place.</summary>
    public static string Fill(string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            known[name] = value;
        }
        return Places().Replace(template, place => known[place.Groups["name"].Value]);
    }

    /// <summary>Loads <c>{name}.{version}.prompt.md</c> from the assembly.</summary>
    public static PromptTemplate Load(string name, string version)
    {
        var file = $"{name}.{version}{Suffix}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"There is no prompt file {file} under Rag/Prompts.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var content = reader.ReadToEnd().ReplaceLineEndings("\n");
        var body = content[(content.IndexOf("---\n", 4, StringComparison.Ordinal) + 4)..];
        var split = body.IndexOf(UserSection, StringComparison.Ordinal);
        return new(name, version, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
            body[..split].Trim(), body[(split + UserSection.Length)..].Trim());
    }

    /// <summary>The prompt of an <see cref="Id"/>; null when this release has another text under its name and version, or none.</summary>
    public static PromptTemplate? Find(string id)
    {
        var (dot, colon) = (id.IndexOf('.', StringComparison.Ordinal), id.IndexOf(':', StringComparison.Ordinal));
        if (dot < 1 || colon < dot)
        {
            return null;
        }
        var (name, version) = (id[..dot], id[(dot + 1)..colon]);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.{version}{Suffix}");
        return stream is not null && Load(name, version) is { } prompt && prompt.Id == id ? prompt : null;
    }

    /// <summary>Of every version of a prompt that this release has.</summary>
    internal static IEnumerable<string> IdsOf(string name) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(file => file.StartsWith($"{name}.", StringComparison.Ordinal) && file.EndsWith(Suffix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(file => Load(name, file[(name.Length + 1)..^Suffix.Length]).Id);

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Places();
}
