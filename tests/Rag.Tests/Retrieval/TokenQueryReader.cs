namespace AiApp.Rag.Tests.Retrieval;

/// <summary>Reads a tsquery of quoted words, &amp;, | and brackets as Postgres does: &amp; binds more tightly.</summary>
internal sealed class TokenQueryReader(string text)
{
    private int _at;

    public bool Matches(Func<string, bool> holds)
    {
        _at = 0;
        var matches = Any(holds);
        return _at == text.Length ? matches : throw new FormatException($"Stray '{text[_at]}' in {text}");
    }

    private bool Any(Func<string, bool> holds)
    {
        var matches = All(holds);
        while (Take('|'))
        {
            matches |= All(holds);
        }
        return matches;
    }

    private bool All(Func<string, bool> holds)
    {
        var matches = One(holds);
        while (Take('&'))
        {
            matches &= One(holds);
        }
        return matches;
    }

    private bool One(Func<string, bool> holds)
    {
        if (Take('('))
        {
            var matches = Any(holds);
            return Take(')') ? matches : throw new FormatException($"Unclosed bracket in {text}");
        }
        var end = text.IndexOf('\'', _at + 1);
        var word = text[(_at + 1)..end];
        _at = end + 1;
        return holds(word);
    }

    private bool Take(char sign)
    {
        if (_at >= text.Length || text[_at] != sign)
        {
            return false;
        }
        _at++;
        return true;
    }
}
