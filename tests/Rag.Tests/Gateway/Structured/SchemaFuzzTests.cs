using System.Text.Json.Nodes;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Tests.Gateway.Structured;

/// <summary>Schemas, values and answers that nobody would write, the same for the same seed.</summary>
public sealed class SchemaFuzzTests
{
    private static readonly string[] Keywords =
    [
        "type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems", "enum", "const", "minLength", "maxLength",
        "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "anyOf", "oneOf", "allOf", "$ref", "$defs", "not",
    ];

    private static readonly string[] Words = ["string", "object", "array", "integer", "date", "#", "#/$defs/a", "#/items", "^a+$", "(", "a", "", "2026-01-31", "äöü😀", "\ud83d"];

    [Fact]
    public void Whatever_is_given_is_read_or_refused_and_valid_or_not()
    {
        var (read, valid) = (0, 0);
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var known = JsonSchema.TryRead(Schemas.Parse(Schema(random, 0).ToJsonString()), out var schema, out var faults);
            Assert.Equal(known, faults.Count == 0);
            if (known)
            {
                read++;
                var found = schema!.FindFaults(Schemas.Parse(Value(random, 0)?.ToJsonString() ?? "null"));
                Assert.InRange(found.Count, 0, 5);
                valid += found.Count == 0 ? 1 : 0;
            }
        }
        // Else it would test nothing.
        Assert.True(read > 1_000 && valid > 100 && valid < read, $"{read} schemas were read, {valid} values valid.");
    }

    [Fact]
    public void Whatever_is_answered_is_a_value_or_a_fault()
    {
        const string Alphabet = "{}[]\",:0123456789.eE-+truefalsn \n\t\\u`\uFEFF\0ä\ud83d";
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var answer = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var (value, fault) = JsonAnswer.Read(answer);
            Assert.NotEqual(value is null, fault is null);
        }
    }

    private static JsonNode Schema(Random random, int depth)
    {
        if (depth > 4 || random.Next(12) == 0)
        {
            return JsonValue.Create(random.Next(4) > 0);
        }
        var schema = new JsonObject();
        for (var count = random.Next(4); count > 0; count--)
        {
            var keyword = Keywords[random.Next(random.Next(30) == 0 ? Keywords.Length : Keywords.Length - 1)];
            schema[keyword] = random.Next(15) == 0 ? Value(random, 3) : Suitable(keyword, random, depth);
        }
        return schema;
    }

    private static JsonNode? Suitable(string keyword, Random random, int depth) => keyword switch
    {
        "type" => Words[random.Next(4)],
        "properties" or "$defs" => new JsonObject { ["a"] = Schema(random, depth + 1), ["b"] = Schema(random, depth + 1) },
        "required" => new JsonArray("a"),
        "items" or "additionalProperties" => Schema(random, depth + 1),
        "anyOf" or "oneOf" or "allOf" => new JsonArray(Schema(random, depth + 1), Schema(random, depth + 1)),
        "enum" => new JsonArray(Value(random, 3), Value(random, 3)),
        "const" => Value(random, 3),
        "uniqueItems" => true,
        "pattern" => Words[random.Next(8, 11)],
        "format" => "date",
        "$ref" => Words[random.Next(5, 8)],
        "multipleOf" => random.Next(1, 5) / 4.0,
        _ => random.Next(6),
    };

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 3 ? 5 : 8) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 6),
        3 => Math.Pow(10, random.Next(-300, 300)) * random.NextDouble(),
        4 => Words[random.Next(Words.Length - 1)],
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(3)).Select(at => KeyValuePair.Create(at == 0 ? "a" : "b", Value(random, depth + 1)))),
    };
}
