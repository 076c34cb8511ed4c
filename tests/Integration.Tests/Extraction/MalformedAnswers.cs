using System.Globalization;
using System.Text.Json.Nodes;

namespace AiApp.Integration.Tests.Extraction;

/// <summary>Answers that are wrong in one known way, the same for the same seed.</summary>
internal static class MalformedAnswers
{
    public const string Schema = """
        {
          "type": "object",
          "properties": {
            "number": { "type": "string", "pattern": "^INV-[0-9]{4}$" },
            "kind": { "enum": ["invoice", "credit", "reminder"] },
            "amount": { "type": "number", "minimum": 0, "maximum": 10000 },
            "due": { "type": ["string", "null"], "format": "date" },
            "email": { "type": "string", "format": "email" },
            "tags": { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1, "maxItems": 3, "uniqueItems": true },
            "note": { "type": "string", "maxLength": 40 }
          },
          "required": ["number", "kind", "amount", "due", "email", "tags"],
          "additionalProperties": false
        }
        """;

    /// <summary>What is only wrapped, and holds a valid value.</summary>
    public const string Wrapped = "code fence and words";

    public static IReadOnlyList<(string Name, Func<Random, string> Make)> Kinds { get; } =
    [
        ("not JSON", random => Pick(random, "I am sorry, the text does not say that.", "number: INV-0001\nkind: invoice", "<invoice number='INV-0001'/>", "null pointer")),
        ("cut off", random => Valid(random).ToJsonString() is var json ? json[..random.Next(1, json.Length)] : ""),
        ("trailing comma", random => $"{Valid(random).ToJsonString()[..^1]},}}"),
        ("wrong type", random => With(random, Pick<(string, JsonNode?)>(random, ("amount", "12.50"), ("number", 1), ("due", 20260331), ("tags", "paper"), ("kind", null)))),
        ("required property missing", random => Without(random, Pick(random, "number", "kind", "amount", "due", "email", "tags"))),
        ("extra property", random => With(random, Pick<(string, JsonNode?)>(random, ("confidence", 0.9), ("Number", "INV-0001"), ("extra", new JsonObject { ["a"] = 1 })))),
        ("outside the enum", random => With(random, ("kind", Pick(random, "Invoice", "receipt", "")))),
        ("out of range", random => With(random, ("amount", Pick(random, -0.01, 10_000.5, 1e12)))),
        ("bad format", random => With(random, Pick<(string, JsonNode?)>(random, ("due", "31.03.2026"), ("due", "2026-02-30"), ("email", "anna at example.com"), ("number", "inv-1")))),
        ("wrong length of a list", random => With(random, ("tags", Pick(random, new JsonArray(), new JsonArray("a", "b", "c", "d"), new JsonArray("a", "a"))))),
        ("property twice", random => $"{Valid(random).ToJsonString()[..^1]},\"{Pick(random, "amount", "number")}\":1}}"),
        ("NaN and Infinity", random => Replace(random, Pick(random, "NaN", "Infinity", "-Infinity", "1e999"))),
        ("wrong encoding", WrongEncoding),
        (Wrapped, random => string.Format(
            CultureInfo.InvariantCulture, Pick(random, "Here it is:\n\n```json\n{0}\n```\nTell me if you need more.", "```\n{0}\n```", "\uFEFF{0}", "The value: {0}"),
            Valid(random).ToJsonString())),
    ];

    public static JsonObject Valid(Random random) => new()
    {
        ["number"] = $"INV-{random.Next(10_000):0000}",
        ["kind"] = Pick(random, "invoice", "credit", "reminder"),
        ["amount"] = Math.Round(random.NextDouble() * 10_000, 2),
        ["due"] = random.Next(4) == 0 ? null : $"2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
        ["email"] = $"user{random.Next(100)}@example.com",
        ["tags"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(tag => JsonValue.Create($"tag {tag}"))]),
    };

    private static string WrongEncoding(Random random)
    {
        var json = Valid(random).ToJsonString();
        return random.Next(3) switch
        {
            // UTF-16 that was read byte by byte.
            0 => string.Concat(json.Select(c => $"{c}\0")),
            1 => json.Replace("@example", "\uFEFF@example", StringComparison.Ordinal),
            _ => $"{json[..^1]},\"note\":\"\\ud83d\"}}",
        };
    }

    private static string With(Random random, (string Name, JsonNode? Value) change)
    {
        var value = Valid(random);
        value[change.Name] = change.Value?.DeepClone();
        return value.ToJsonString();
    }

    private static string Without(Random random, string name)
    {
        var value = Valid(random);
        value.Remove(name);
        return value.ToJsonString();
    }

    private static string Replace(Random random, string amount)
    {
        var value = Valid(random);
        value["amount"] = "AMOUNT";
        return value.ToJsonString().Replace("\"AMOUNT\"", amount, StringComparison.Ordinal);
    }

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
