using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Tests.Gateway.Structured;

public sealed class JsonSchemaTests
{
    [Fact]
    public void A_fault_names_its_place_and_what_was_expected()
    {
        const string Schema = """
            {"type":"object","required":["id"],"additionalProperties":false,
             "properties":{"id":{"type":"string"},"lines":{"type":"array","items":{"type":"object","properties":{"a/b":{"type":"number","maximum":100}}}}}}
            """;

        Assert.Equal(
            "/id: required, and missing; /lines/1/a~1b: a number of at most 100 expected; /secret: no property of this name is allowed",
            Schemas.Faults(Schema, """{"lines":[{"a/b":1},{"a/b":101}],"secret":"x"}"""));
    }

    [Fact]
    public void Only_a_few_faults_are_told_and_never_what_stands_there()
    {
        var faults = Schemas.Read("""{"items":{"type":"integer"}}""").FindFaults(Schemas.Parse(JsonSerializer.Serialize(Enumerable.Repeat("a private word", 100))));

        Assert.Equal(5, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Message.Contains("private", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_a_model_made_up_is_not_repeated_at_length()
    {
        var fault = Assert.Single(Schemas.Read("""{"additionalProperties":false}""").FindFaults(Schemas.Parse($$"""{"{{new string('x', 10_000)}}":1}""")));

        Assert.InRange(fault.Path.Length, 10, 100);
    }

    [Fact]
    public void Where_one_form_has_the_right_type_its_own_faults_are_told() => Assert.Equal(
        "/due/year: integer expected",
        Schemas.Faults("""{"properties":{"due":{"anyOf":[{"type":"object","properties":{"year":{"type":"integer"}}},{"type":"null"}]}}}""", """{"due":{"year":"2026"}}"""));

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "/a")]
    [InlineData("""{"b":[{"c":1,"c":1}]}""", "/b/0/c")]
    [InlineData("""{"a":"\ud83d"}""", "/a")]
    [InlineData("""{"\udc00":1}""", "")]
    [InlineData("""{"a":1e999}""", "/a")]
    public void What_two_readers_would_understand_differently_is_never_valid(string value, string path) =>
        Assert.Equal(path, Assert.Single(Schemas.Read("{}").FindFaults(Schemas.Parse(value))).Path);

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}},"items":{"$ref":"#/$defs/a"}}""")]
    [InlineData("""{"anyOf":[{"type":"null"},{"$ref":"#"}]}""")]
    public void A_schema_that_refers_to_itself_for_the_same_value_is_refused(string schema) =>
        Assert.Contains("refers to itself", Schemas.Refuse(schema).Message, StringComparison.Ordinal);

    [Fact]
    public void A_schema_is_nested_only_so_deep() => Assert.Contains(
        "at most 32 deep", Schemas.Refuse(string.Concat(Enumerable.Repeat("""{"items":""", 40)) + "{}" + new string('}', 40)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_schema_that_doubles_the_work_with_each_level_is_given_up_in_bounded_time()
    {
        var schema = Schemas.Read("""{"$defs":{"n":{"anyOf":[{"properties":{"a":{"$ref":"#/$defs/n"}},"required":["b"]},{"properties":{"a":{"$ref":"#/$defs/n"}},"required":["c"]}]}},"$ref":"#/$defs/n"}""");
        var value = Schemas.Parse(string.Concat(Enumerable.Repeat("""{"a":""", 60)) + "1" + new string('}', 60));
        var watch = Stopwatch.StartNew();

        Assert.Contains("too large or too deep", Assert.Single(schema.FindFaults(value)).Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Half_of_a_choice_that_was_given_up_is_not_taken_for_the_one_that_fits()
    {
        var schema = Schemas.Read("""{"oneOf":[{"type":"array"},{"items":{"enum":[1,2,3,4,5]}}]}""");

        Assert.NotEmpty(schema.FindFaults(Schemas.Parse(JsonSerializer.Serialize(Enumerable.Repeat(1, 60_000)))));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("((a{0,500}){0,500}){0,500}b")]
    [InlineData("(.*.*.*.*.*)*x")]
    public void A_pattern_that_would_backtrack_for_years_is_over_in_a_moment(string pattern)
    {
        var watch = Stopwatch.StartNew();
        if (JsonSchema.TryRead(JsonSerializer.SerializeToElement(new { pattern }), out var schema, out _))
        {
            schema.FindFaults(JsonSerializer.SerializeToElement(new string('a', 60_000) + "!"));
        }
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void A_type_of_ours_is_a_schema_that_is_checked_in_full()
    {
        var schema = JsonSchema.Of<Invoice>();

        Assert.True(schema.IsOfObjects);
        Assert.Contains("Without tax.", schema.Text, StringComparison.Ordinal);
        Assert.Empty(schema.FindFaults(Schemas.Parse("""{"number":"a","amount":1.5,"due":null,"state":"paid_late","lines":[{"text":"x","count":1}]}""")));
        Assert.NotEmpty(schema.FindFaults(Schemas.Parse("""{"number":null,"amount":1.5,"due":null,"state":"paid_late","lines":[]}""")));
        Assert.NotEmpty(schema.FindFaults(Schemas.Parse("""{"number":"a","amount":"1.5","due":null,"state":"paid_late","lines":[]}""")));
        Assert.NotEmpty(schema.FindFaults(Schemas.Parse("""{"number":"a","amount":1.5,"due":"soon","state":"paid_late","lines":[]}""")));
        Assert.NotEmpty(schema.FindFaults(Schemas.Parse("""{"number":"a","amount":1.5,"due":null,"state":"lost","lines":[]}""")));
        Assert.NotEmpty(schema.FindFaults(Schemas.Parse("""{"number":"a","amount":1.5,"due":null,"state":"open","lines":[],"more":1}""")));
    }

    [Fact]
    public void A_type_that_contains_itself_can_be_asked_for() =>
        Assert.Empty(JsonSchema.Of<Part>().FindFaults(Schemas.Parse("""{"name":"a","parts":[{"name":"b","parts":[]}]}""")));

    private sealed record Invoice
    {
        public required string Number { get; init; }

        [Description("Without tax.")]
        public required decimal Amount { get; init; }
        public required DateOnly? Due { get; init; }
        public required InvoiceState State { get; init; }
        public required IReadOnlyList<Line> Lines { get; init; }
    }

    private sealed record Line(string Text, int Count);

    private sealed record Part(string Name, IReadOnlyList<Part> Parts);

    private enum InvoiceState
    {
        Open,
        PaidLate,
    }
}
