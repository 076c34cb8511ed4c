using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Walks through the groups of an RTF file, whose bytes are given as Latin-1, and writes the text that a page would show.</summary>
internal sealed class RtfBody
{
    // Real files stay below 50.
    private const int MaxDepth = 10_000;

    // Groups that are not part of the text.
    private static readonly FrozenSet<string> Hidden = FrozenSet.ToFrozenSet(
        ["fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
         "object", "fldinst", "themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "listtable", "listoverridetable", "rsidtbl",
         "generator", "annotation", "atnid", "atnauthor", "bkmkstart", "bkmkend", "tc", "xe", "nonshppict", "filetbl", "revtbl", "listtext", "pntext"]);

    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["tab"] = " ", ["line"] = " ", ["emdash"] = "—", ["endash"] = "–", ["bullet"] = "•", ["lquote"] = "‘", ["rquote"] = "’",
        ["ldblquote"] = "“", ["rdblquote"] = "”", ["emspace"] = " ", ["enspace"] = " ", ["qmspace"] = " ",
    }.ToFrozenDictionary();

    private readonly string _rtf;
    private readonly CanonicalTextBuilder _text;
    private readonly CancellationToken _ct;
    private readonly Stack<State> _groups = new();
    private readonly StringBuilder _paragraph = new();
    private readonly List<byte> _bytes = [];
    private readonly List<string> _row = [];
    private readonly RtfFonts _fonts = new();
    private State _state = new(false, 1, 0, false, 0, null);
    private Encoding _encoding;
    private int _table;
    private int _position;
    private int _skip;

    public RtfBody(string rtf, CanonicalTextBuilder text, CancellationToken ct) =>
        (_rtf, _text, _ct, _encoding) = (rtf, text, ct, RtfFonts.CodePage(1252));

    /// <summary>Fallbacks is how many characters stand in for one that only Unicode has.</summary>
    private readonly record struct State(bool IsHidden, int Fallbacks, int OutlineLevel, bool InTable, int List, Encoding? Font);

    public void Write()
    {
        while (_position < _rtf.Length)
        {
            _ct.ThrowIfCancellationRequested();
            var c = _rtf[_position++];
            switch (c)
            {
                case '{':
                    Open();
                    break;
                case '}':
                    FlushBytes();
                    _groups.TryPop(out _state);
                    _skip = 0;
                    break;
                case '\\':
                    Control();
                    break;
                case '\r' or '\n':
                    break;
                default:
                    Say((byte)c);
                    break;
            }
        }

        EndParagraph();
        EndRow();
    }

    private void Open()
    {
        FlushBytes();
        if (_groups.Count == MaxDepth)
        {
            throw new InsufficientExecutionStackException();
        }

        _groups.Push(_state);
    }

    private void Control()
    {
        if (_position >= _rtf.Length)
        {
            return;
        }

        var c = _rtf[_position];
        if (char.IsAsciiLetter(c))
        {
            var (word, number) = Word();
            Apply(word, number);
            return;
        }

        _position++;
        switch (c)
        {
            case '\'' when _position + 2 <= _rtf.Length && byte.TryParse(_rtf.AsSpan(_position, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value):
                _position += 2;
                Say(value);
                break;
            // Elsewhere than at the start of a group it means nothing.
            case '*' when _position > 2 && _rtf[_position - 3] == '{':
                _state = _state with { IsHidden = !IsTextDestination() };
                break;
            case '~':
                Append(" ");
                break;
            case '_':
                Append("-");
                break;
            case '\r' or '\n':
                EndParagraph();
                break;
            case '\\' or '{' or '}':
                Say((byte)c);
                break;
        }
    }

    private bool IsTextDestination() => !_state.IsHidden && string.CompareOrdinal(_rtf, _position, "\\shptxt", 0, 7) == 0;

    private (string Word, int? Number) Word()
    {
        var start = _position;
        while (_position < _rtf.Length && char.IsAsciiLetter(_rtf[_position]))
        {
            _position++;
        }

        var word = _rtf[start.._position];
        start = _position;
        if (_position < _rtf.Length && _rtf[_position] == '-')
        {
            _position++;
        }

        while (_position < _rtf.Length && char.IsAsciiDigit(_rtf[_position]))
        {
            _position++;
        }

        int? number = int.TryParse(_rtf.AsSpan(start, _position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : null;
        if (_position < _rtf.Length && _rtf[_position] == ' ')
        {
            _position++;
        }

        return (word, number);
    }

    private void Apply(string word, int? number)
    {
        switch (word)
        {
            case "par" or "sect" or "page":
                EndParagraph();
                break;
            case "pard":
                _state = _state with { InTable = false, OutlineLevel = 0, List = 0 };
                break;
            case "intbl":
                _state = _state with { InTable = true };
                break;
            case "ls":
                _state = _state with { List = number ?? 0 };
                break;
            case "outlinelevel":
                _state = _state with { OutlineLevel = Math.Clamp((number ?? 8) + 1, 0, 9) };
                break;
            case "cell" or "nestcell":
                EndCell();
                break;
            case "row" or "nestrow":
                EndRow();
                break;
            case "ansicpg":
                _encoding = RtfFonts.CodePage(number ?? 1252);
                break;
            case "f":
                FlushBytes();
                _fonts.Define(number ?? 0);
                _state = _state with { Font = _fonts.Find(number ?? 0) };
                break;
            case "fcharset":
                _fonts.SetCharset(number ?? 0);
                break;
            case "u":
                FlushBytes();
                Append(((char)(ushort)(number ?? 0)).ToString());
                _skip = _state.Fallbacks;
                break;
            case "uc":
                _state = _state with { Fallbacks = Math.Clamp(number ?? 1, 0, 20) };
                break;
            case "bin":
                _position = (int)Math.Min(_rtf.Length, (long)_position + Math.Max(0, number ?? 0));
                break;
            default:
                _state = Hidden.Contains(word) ? _state with { IsHidden = true } : _state;
                Append(Signs.GetValueOrDefault(word, ""));
                break;
        }
    }

    private void Say(byte value)
    {
        if (_skip > 0)
        {
            _skip--;
        }
        else if (!_state.IsHidden)
        {
            _bytes.Add(value);
        }
    }

    private void Append(string said)
    {
        FlushBytes();
        if (!_state.IsHidden)
        {
            _paragraph.Append(said);
        }
    }

    /// <summary>Bytes of one character may stand apart, so they are decoded together.</summary>
    private void FlushBytes()
    {
        if (_bytes.Count > 0)
        {
            _paragraph.Append((_state.Font ?? _encoding).GetString([.. _bytes]));
            _bytes.Clear();
        }
    }

    private void EndParagraph()
    {
        FlushBytes();
        if (_state.InTable)
        {
            _paragraph.Append(' ');
            return;
        }

        EndRow();
        var said = _paragraph.ToString();
        _paragraph.Clear();
        _table = 0;
        if (_state.OutlineLevel is > 0 and < 9 && said.Length < 300)
        {
            _text.Heading(said, _state.OutlineLevel);
        }
        else if (_state.List > 0)
        {
            _text.ListItem(said, 0, -_state.List);
        }
        else
        {
            _text.Paragraph(said);
        }
    }

    private void EndCell()
    {
        FlushBytes();
        ReadingBounds.CheckColumns(_row.Count);
        _row.Add(_paragraph.ToString());
        _paragraph.Clear();
    }

    private void EndRow()
    {
        if (_row.Count > 0)
        {
            _table = _table != 0 ? _table : _text.NewGroup();
            _text.TableRow([], [.. _row], _table);
            _row.Clear();
        }
    }
}
