using System.Collections.Frozen;

namespace AiApp.Rag.Text.Facts;

/// <summary>Words that deny what stands beside them.</summary>
internal static class Negators
{
    private static readonly FrozenSet<string> Known = """
        not no never none nobody nothing neither nor cannot without lacks lack unable hardly
        inte ej ingen inget inga aldrig utan icke
        nicht kein keine keinen keiner keinem keines nie niemals ohne
        ne pas jamais sans aucun aucune
        nunca sin ningún ninguno ninguna jamás tampoco
        не нет без никогда ни
        لا لم لن ليس ليست غير بدون
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool Is(string word) => Known.Contains(word) || word.EndsWith("n't", StringComparison.Ordinal) || word.EndsWith("n’t", StringComparison.Ordinal);
}
