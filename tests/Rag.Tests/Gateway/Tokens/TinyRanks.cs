using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Rag.Tests.Gateway.Tokens;

/// <summary>A small tokenizer, trained the way the large ones are: the commonest pair of neighbours becomes the next token.</summary>
internal static class TinyRanks
{
    private const string Corpus =
        "the quick brown fox jumps over the lazy dog and the other fox that jumped over them. aaaa aaaaaaaa bbbbbb abababab "
        + "Der schnelle braune Fuchs springt über den faulen Hund; über Höhen, für Grüße. Быстрая лиса прыгает через собаку. 敏捷的狐狸 狐狸狐狸 😀😀 12 123 1234 ---- ==== \n\n    ";

    public static string File { get; } = Train(merges: 220);

    public static RankTable Table { get; } = RankFile.Parse(Encoding.ASCII.GetBytes(File));

    /// <summary>The bytes of each token by its rank.</summary>
    public static IReadOnlyDictionary<int, byte[]> Tokens { get; } =
        File.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(parts => int.Parse(parts[1]), parts => Convert.FromBase64String(parts[0]));

    public static BytePairTokenizer Tokenizer(string pattern = "o200k_base") => new(Table, SplitPattern.Find(pattern)!);

    private static string Train(int merges)
    {
        var tokens = Enumerable.Range(0, 256).Select(value => new[] { (byte)value }).ToList();
        var parts = Encoding.UTF8.GetBytes(Corpus).Select(value => Convert.ToHexString([value])).ToList();
        for (var merge = 0; merge < merges; merge++)
        {
            var pair = parts.Zip(parts.Skip(1)).CountBy(both => both).OrderByDescending(both => both.Value).ThenBy(both => both.Key.First + both.Key.Second, StringComparer.Ordinal).First().Key;
            for (var place = 0; place + 1 < parts.Count; place++)
            {
                if (parts[place] == pair.First && parts[place + 1] == pair.Second)
                {
                    parts[place] += parts[place + 1];
                    parts.RemoveAt(place + 1);
                }
            }
            var made = Convert.FromHexString(pair.First + pair.Second);
            if (!tokens.Exists(token => token.AsSpan().SequenceEqual(made)))
            {
                tokens.Add(made);
            }
        }
        return string.Concat(tokens.Select((token, rank) => $"{Convert.ToBase64String(token)} {rank}\n"));
    }
}
