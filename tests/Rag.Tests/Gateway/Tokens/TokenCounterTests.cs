using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Tests.Gateway.Tokens;

public sealed class TokenCounterTests
{
    private static readonly TokenCounter Exact = new(TinyRanks.Tokenizer());
    private static readonly ChatMessage[] Prompt = [new(ChatRole.System, "the quick brown fox"), new(ChatRole.User, "jumps over the lazy dog")];

    [Fact]
    public void A_reservation_is_that_of_the_bytes_without_a_tokenizer_and_of_the_tokens_with_one()
    {
        var size = PromptSize.Of(Prompt, options: null);
        var texts = Prompt.Sum(message => TinyRanks.Tokenizer().Count(message.Text));

        Assert.Equal(Prompt.Sum(message => Encoding.UTF8.GetByteCount(message.Text) + 8), TokenCounter.Estimating.AtMost(size));
        Assert.Equal(texts + (Prompt.Length * 8), Exact.AtMost(size));
        Assert.InRange(Exact.Likely(size), texts, Exact.AtMost(size));
    }

    [Fact]
    public void Instructions_and_the_schema_are_part_of_the_prompt_in_bytes()
    {
        var schema = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>("""{"title":"Größe"}""");
        var options = new ChatOptions { Instructions = "über", ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) };

        Assert.Equal(PromptSize.Of(Prompt, options: null).Bytes + 5 + Encoding.UTF8.GetByteCount("""{"title":"Größe"}"""), PromptSize.Of(Prompt, options).Bytes);
    }

    [Fact]
    public void The_size_that_the_route_has_made_is_taken_for_this_very_prompt_alone()
    {
        var size = PromptSize.Of(Prompt, options: null);
        var options = new ChatOptions { AdditionalProperties = new() { [PromptSize.OptionsKey] = size } };

        Assert.Same(size, PromptSize.Of(Prompt, options));
        Assert.NotSame(size, PromptSize.Of([.. Prompt], options));
    }

    [Fact]
    public void What_fits_by_its_bytes_fits_uncounted_and_what_does_not_is_counted()
    {
        var size = PromptSize.Of([new ChatMessage(ChatRole.User, new string('a', 4000))], options: null);
        var count = TinyRanks.Tokenizer().Count(new string('a', 4000));

        Assert.True(TokenCounter.Estimating.Fits(size, size.Bytes));
        Assert.True(Exact.Fits(size, count + 8));
        Assert.False(Exact.Fits(size, count + 7));
    }

    [Fact]
    public void An_estimate_fits_with_something_to_spare()
    {
        var size = PromptSize.Of([new ChatMessage(ChatRole.User, string.Concat(Enumerable.Repeat("the quick brown fox ", 200)))], options: null);

        Assert.False(TokenCounter.Estimating.Fits(size, size.Estimate()));
        Assert.True(TokenCounter.Estimating.Fits(size, size.Estimate() * 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_text_that_is_cut_to_the_bytes_that_fit_does_fit(bool isExact)
    {
        var counter = isExact ? Exact : TokenCounter.Estimating;
        var text = string.Concat(Enumerable.Repeat("the quick brown fox jumps over the lazy dog. ", 300));
        const int Room = 900;

        var most = counter.FittingBytes(Size(text), text, Room);

        Assert.InRange(most, 500, text.Length - 1);
        Assert.False(counter.Fits(Size(text), Room));
        Assert.True(counter.Fits(Size(text[..(most - 20)]), Room));
        Assert.Equal(0, counter.FittingBytes(Size(text), text, tokens: 10));

        static PromptSize Size(string text) => PromptSize.Of([new ChatMessage(ChatRole.System, "the quick brown fox"), new ChatMessage(ChatRole.User, text)], options: null);
    }
}
