namespace AiApp.Rag.Models.Local;

/// <summary>FNV-1a with a final mix: the same in every process and on every machine, unlike string.GetHashCode.</summary>
internal static class StableHash
{
    public static ulong Of(ReadOnlySpan<char> text, ulong seed)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }
        // splitmix64's finaliser: FNV alone leaves the low bits of short strings correlated.
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
