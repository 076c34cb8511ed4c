using System.Text;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>The text of an answer as it comes, on a line of its own.</summary>
internal sealed class GrowingText(Terminal terminal)
{
    private readonly StringBuilder _written = new();

    public async Task WriteAsync(AnswerEvent item, CancellationToken ct)
    {
        if (item is DeltaEvent { Text.Length: > 0 } delta)
        {
            _written.Append(delta.Text);
            await terminal.Out.WriteAsync(Terminal.Printable(delta.Text));
            await terminal.Out.FlushAsync(ct);
        }
        else if (item is UnderstoodEvent understood)
        {
            await terminal.Error.WriteLineAsync(terminal.Dim($"understood as: {Terminal.Printable(understood.Question)}"));
        }
    }

    /// <summary>What is missing: of an answer that is read from its record, only the whole comes.</summary>
    public async Task CompleteAsync(AnswerDto answer)
    {
        var written = _written.ToString();
        var whole = answer.Text.Length > 0 || written.Length > 0 ? answer.Text : "The documents do not contain the answer.";
        var missing = whole.StartsWith(written, StringComparison.Ordinal) ? whole[written.Length..]
            : written.Trim() == whole.Trim() ? ""
            : $"\n\n{whole}";
        _written.Append(missing);
        await terminal.Out.WriteAsync(Terminal.Printable(missing));
    }

    public async Task EndAsync()
    {
        if (_written.Length > 0)
        {
            await terminal.Out.WriteLineAsync();
        }
    }
}
