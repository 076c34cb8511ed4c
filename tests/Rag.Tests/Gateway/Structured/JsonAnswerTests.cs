using AiApp.Rag.Gateway.Structured;

namespace AiApp.Rag.Tests.Gateway.Structured;

public sealed class JsonAnswerTests
{
    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""  {"a":1}  """)]
    [InlineData("\uFEFF{\"a\":1}")]
    [InlineData("```json\n{\"a\":1}\n```")]
    [InlineData("```\n{\"a\":1}\n```\n")]
    [InlineData("Here it is:\n\n```json\n{\"a\":1}\n```\n\nTell me if you need more.")]
    [InlineData("The value is {\"a\":1} as you asked.")]
    public void A_value_is_found_in_a_fence_and_between_words(string answer)
    {
        var (value, fault) = JsonAnswer.Read(answer);

        Assert.Null(fault);
        Assert.Equal("""{"a":1}""", value!.Value.GetRawText());
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("\"with [brackets] in it\"", "\"with [brackets] in it\"")]
    [InlineData("```json\ntrue\n```", "true")]
    [InlineData("[1, 2]", "[1, 2]")]
    public void A_value_need_not_be_an_object(string answer, string value) => Assert.Equal(value, JsonAnswer.Read(answer).Value!.Value.GetRawText());

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("I cannot do that.")]
    [InlineData("42 is the answer")]
    [InlineData("true enough")]
    [InlineData("NaN")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":{\"b\":1},}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1 /* one */}")]
    [InlineData("{\"a\":{\"b\":1}")]
    [InlineData("\"x\":1,\"a\":{\"b\":1}}")]
    [InlineData("x\":1,\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":1} or {\"a\":2}")]
    [InlineData("See [1]: {\"a\":1}")]
    [InlineData("{\"a\":1} as in [1]")]
    [InlineData("{\0\"\0a\0\"\0:\0001\0}\0")]
    public void Nothing_is_repaired_and_nothing_is_guessed(string answer)
    {
        var (value, fault) = JsonAnswer.Read(answer);

        Assert.Null(value);
        Assert.NotNull(fault);
    }

    [Fact]
    public void A_value_deeper_than_any_form_is_not_read() => Assert.Null(JsonAnswer.Read(new string('[', 100_000)).Value);
}
