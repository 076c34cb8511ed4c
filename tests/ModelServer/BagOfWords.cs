using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AiApp.Testing;

/// <summary>
/// Embeddings with a known oracle: texts are as near as the words they share. Each word adds one unit to a few places
/// that its hash picks, so the same text gives the same vector in every process.
/// </summary>
public static class BagOfWords
{
    private const int PlacesPerWord = 4;

    public static float[] Embed(string text, int dimensions = 384, int seed = 1)
    {
        var vector = new float[dimensions];
        foreach (var word in Words.Telling(text))
        {
            Add(word, seed, vector);
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            vector[0] = 1; // A text without words still needs a direction: cosine distance to zero is undefined.
            return vector;
        }

        return Array.ConvertAll(vector, value => value / length);
    }

    private static void Add(string word, int seed, float[] vector)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{word}"));
        for (var place = 0; place < PlacesPerWord; place++)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(hash.AsSpan(place * sizeof(uint)));
            vector[(bits >> 1) % vector.Length] += (bits & 1) == 0 ? 1 : -1;
        }
    }
}
