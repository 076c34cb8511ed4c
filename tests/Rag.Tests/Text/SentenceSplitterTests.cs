using AiApp.Rag.Text;

namespace AiApp.Rag.Tests.Text;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One is here. Two is there.", "One is here.|Two is there.")]
    [InlineData("Firmware 2.4.10 is out. It needs 1.4 V.", "Firmware 2.4.10 is out.|It needs 1.4 V.")]
    [InlineData("Use a tool, e.g. Torx. Then stop!", "Use a tool, e.g. Torx.|Then stop!")]
    [InlineData("See No. 4012 for details. Yes.", "See No. 4012 for details.|Yes.")]
    [InlineData("The answer is no. Ask again.", "The answer is no.|Ask again.")]
    [InlineData("He said \"stop.\" Then he left.", "He said \"stop.\"|Then he left.")]
    [InlineData("Room: A | Seats: 4\nRoom: B | Seats: 6", "Room: A | Seats: 4|Room: B | Seats: 6")]
    [InlineData("It was set by Maria C. Tiddeman. Then sung.", "It was set by Maria C. Tiddeman.|Then sung.")]
    [InlineData("It is by J. R. R. Tolkien. Read it.", "It is by J. R. R. Tolkien.|Read it.")]
    [InlineData("Oranges hold vitamin C. They help. See Annex B. The rest is in Annex C.", "Oranges hold vitamin C.|They help.|See Annex B.|The rest is in Annex C.")]
    [InlineData("これは文です。次の文です。", "これは文です。|次の文です。")]
    [InlineData("", "")]
    public void Text_is_split_where_a_reader_would(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SentenceSplitter.Split(text).Select(span => span.Of(text))));

    [Fact]
    public void Every_span_lies_inside_the_text_and_after_the_one_before()
    {
        const string text = "  A. B! 😀 C?\n\n D e.g. f. \"G.\" end";
        var end = 0;
        foreach (var span in SentenceSplitter.Split(text))
        {
            Assert.True(span.Start >= end && span.Length > 0);
            end = span.Start + span.Length;
        }
        Assert.True(end <= text.Length);
    }
}
