using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiApp.Evals.Tokens;

/// <summary>Texts of one kind.</summary>
internal sealed record TextSample(string Kind, IReadOnlyList<string> Texts);

/// <summary>
/// Texts to count: a file of JSON lines with a field "text" is a kind of its own, other files of a folder are one kind for each ending.
/// Code and tables inside of Markdown are measured alone too, because tokenizers treat them unlike prose.
/// </summary>
internal static partial class TextSamples
{
    // Shorter ones show rounding more than error.
    private const int ShortestText = 20;
    private const int ShortestPart = 300;

    public static IEnumerable<TextSample> Load(FileSystemInfo path)
    {
        IEnumerable<FileInfo> files = path is DirectoryInfo folder ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [new(path.FullName)];
        foreach (var kind in files.OrderBy(file => file.FullName, StringComparer.Ordinal).GroupBy(file => file.Extension == ".jsonl" ? Path.GetFileNameWithoutExtension(file.Name) : $"{path.Name} {file.Extension}"))
        {
            List<string> texts = [.. kind.SelectMany(Read)];
            yield return new(kind.Key, [.. texts.Where(text => text.Length >= ShortestText)]);
            if (kind.Key.EndsWith(".md", StringComparison.Ordinal))
            {
                yield return new($"{kind.Key}, tables", Parts(texts, Tables()));
                yield return new($"{kind.Key}, code", Parts(texts, Code()));
            }
        }
    }

    private static IEnumerable<string> Read(FileInfo file)
    {
        if (file.Extension != ".jsonl")
        {
            return [File.ReadAllText(file.FullName, Encoding.UTF8)];
        }
        return File.ReadLines(file.FullName).Where(line => line.Length > 0)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(row => row.TryGetProperty("text", out _))
            .Select(row => row.GetProperty("text").GetString() ?? "");
    }

    private static List<string> Parts(List<string> texts, Regex of) =>
        [.. texts.Select(text => string.Join('\n', of.Matches(text).Select(match => match.Value))).Where(part => part.Length >= ShortestPart)];

    [GeneratedRegex(@"^\|.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tables();

    [GeneratedRegex(@"(?<=^```[^\n]*\n).*?(?=^```)", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();
}
