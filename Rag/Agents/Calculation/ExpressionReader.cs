using System.Globalization;

namespace AiApp.Rag.Agents.Calculation;

/// <summary>Reads and works out in one pass, by recursive descent. A power binds tighter than a sign, and to the right.</summary>
internal sealed class ExpressionReader(string text)
{
    private const int MaxDepth = 50;
    private const int MaxPower = 100;
    private const int MaxPlaces = 28;

    private readonly List<decimal> _operands = [];
    private int _at;
    private int _depth;

    /// <summary>The numbers that it holds, in their order.</summary>
    public IReadOnlyList<decimal> Operands => _operands;

    public decimal Read()
    {
        var value = Sum();
        return Peek() == '\0' ? value : throw Unexpected();
    }

    private decimal Sum()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException($"It is nested deeper than {MaxDepth}.");
        }
        var value = Product();
        while (Peek() is '+' or '-')
        {
            value = Next() == '+' ? value + Product() : value - Product();
        }
        _depth--;
        return value;
    }

    private decimal Product()
    {
        var value = Signed();
        while (Peek() is '*' or '/' or '%')
        {
            value = Next() switch
            {
                '*' => value * Signed(),
                '/' => value / Signed(),
                _ => value % Signed(),
            };
        }
        return value;
    }

    private decimal Signed()
    {
        var isNegative = false;
        while (Peek() is '+' or '-')
        {
            isNegative ^= Next() == '-';
        }
        var value = Power();
        return isNegative ? -value : value;
    }

    private decimal Power()
    {
        var value = Atom();
        if (Peek() != '^')
        {
            return value;
        }
        Next();
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException($"It is nested deeper than {MaxDepth}.");
        }
        var power = Signed();
        _depth--;
        return Raise(value, power);
    }

    private static decimal Raise(decimal value, decimal power)
    {
        if (power != decimal.Truncate(power) || Math.Abs(power) > MaxPower)
        {
            throw new ExpressionException($"A power is a whole number from -{MaxPower} to {MaxPower}.");
        }
        var raised = 1m;
        for (var i = 0; i < Math.Abs(power); i++)
        {
            raised *= value;
        }
        return power < 0 ? 1 / raised : raised;
    }

    private decimal Atom() => Peek() switch
    {
        '(' => Enclosed(),
        >= '0' and <= '9' or '.' => Number(),
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' => Function(),
        _ => throw Unexpected(),
    };

    private decimal Enclosed()
    {
        Expect('(');
        var value = Sum();
        Expect(')');
        return value;
    }

    private decimal Number()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
        {
            _at++;
        }
        if (!decimal.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw new ExpressionException($"A number at place {start + 1} cannot be read: write digits with at most one point, such as 1250.75.");
        }
        _operands.Add(value);
        return value;
    }

    private decimal Function()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }
        var name = text[start.._at].ToLowerInvariant();
        Expect('(');
        var values = new List<decimal> { Sum() };
        // The places of a rounding are nothing that the result was worked out from.
        var operands = _operands.Count;
        while (Peek() == ',')
        {
            Next();
            values.Add(Sum());
        }
        Expect(')');
        if (name == "round")
        {
            _operands.RemoveRange(operands, _operands.Count - operands);
        }
        return (name, values) switch
        {
            ("min", _) => values.Min(),
            ("max", _) => values.Max(),
            ("sum", _) => values.Sum(),
            ("avg", _) => values.Average(),
            ("abs", [var value]) => Math.Abs(value),
            ("round", [var value]) => Math.Round(value, MidpointRounding.AwayFromZero),
            ("round", [var value, var places]) when places is >= 0 and <= MaxPlaces && places == decimal.Truncate(places) =>
                Math.Round(value, (int)places, MidpointRounding.AwayFromZero),
            _ => throw new ExpressionException("The functions are min, max, sum, avg with any number of values, abs with one, and round with one and the number of places."),
        };
    }

    private char Peek()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
        return _at < text.Length ? text[_at] : '\0';
    }

    private char Next()
    {
        var next = Peek();
        _at++;
        return next;
    }

    private void Expect(char wanted)
    {
        if (Peek() != wanted)
        {
            throw new ExpressionException($"There should be '{wanted}' at place {_at + 1}.");
        }
        _at++;
    }

    private ExpressionException Unexpected() => new(_at < text.Length ? $"Place {_at + 1} cannot be read." : "It ends too early.");
}
