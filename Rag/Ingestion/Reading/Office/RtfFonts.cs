using System.Collections.Frozen;
using System.Text;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>The fonts of an RTF file: each says in which code page its bytes are.</summary>
internal sealed class RtfFonts
{
    private const int MaxFonts = 10_000;

    // Windows' numbers of character sets (WinGDI.h). 0, 1 and 2 say nothing: ANSI, default and symbols.
    private static readonly FrozenDictionary<int, int> CodePages = new Dictionary<int, int>
    {
        [77] = 10000, [128] = 932, [129] = 949, [130] = 1361, [134] = 936, [136] = 950, [161] = 1253, [162] = 1254, [163] = 1258,
        [177] = 1255, [178] = 1256, [186] = 1257, [204] = 1251, [222] = 874, [238] = 1250,
    }.ToFrozenDictionary();

    private readonly Dictionary<int, Encoding?> _fonts = [];
    private int _last;

    static RtfFonts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The font that a charset belongs to which follows.</summary>
    public void Define(int font) => _last = font;

    public void SetCharset(int charset)
    {
        if (_fonts.Count < MaxFonts)
        {
            _fonts[_last] = CodePages.TryGetValue(charset, out var page) ? CodePage(page) : null;
        }
    }

    /// <summary>Null for the code page of the file.</summary>
    public Encoding? Find(int font) => _fonts.GetValueOrDefault(font);

    public static Encoding CodePage(int number)
    {
        try
        {
            return Encoding.GetEncoding(number);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.GetEncoding(1252);
        }
    }
}
