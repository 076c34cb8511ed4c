using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Rag.Tests.Gateway.Tokens;

public sealed class BytePairTokenizerTests
{
    private const string Alphabet = "abtheqof  .,'\n123ÜüfürБыстлиса狐狸的😀";

    [Fact]
    public void Tokens_stand_for_the_very_bytes_of_the_text()
    {
        var tokenizer = TinyRanks.Tokenizer();
        foreach (var text in Texts(2_000))
        {
            var ids = tokenizer.Encode(text);
            Assert.Equal(Encoding.UTF8.GetBytes(text), ids.SelectMany(id => TinyRanks.Tokens[id]));
            Assert.Equal(ids.Count, tokenizer.Count(text));
        }
    }

    [Fact]
    public void Every_byte_can_be_counted() =>
        Assert.All(Enumerable.Range(0, 256), value => Assert.Equal(1, PairMerge.Count(TinyRanks.Table, [(byte)value])));

    [Fact]
    public void Half_of_a_pair_counts_as_the_replacement_that_is_sent_for_it() =>
        Assert.Equal(TinyRanks.Tokenizer().Encode("a\uFFFDb"), TinyRanks.Tokenizer().Encode("a\uD800b"));

    [Fact]
    public void A_text_takes_what_its_pieces_take()
    {
        var tokenizer = TinyRanks.Tokenizer();
        foreach (var text in Texts(500))
        {
            var sum = 0;
            for (int place = 0, end; place < text.Length; place = end)
            {
                end = SplitPattern.O200K(text, place);
                sum += tokenizer.Count(text.AsSpan(place, end - place));
            }
            Assert.Equal(sum, tokenizer.Count(text));
        }
    }

    [Fact]
    public void The_lowest_rank_is_merged_first_and_of_equals_the_leftmost()
    {
        var ranks = new RankTable([new("a"u8.ToArray(), 0), new("b"u8.ToArray(), 1), new("aa"u8.ToArray(), 2), new("ab"u8.ToArray(), 3), new("aab"u8.ToArray(), 4)]);
        var ids = new List<int>();

        Assert.Equal(2, PairMerge.Count(ranks, "aaab"u8, ids));

        Assert.Equal([2, 3], ids);
    }

    [Fact]
    public void Long_pieces_are_merged_as_short_ones_are()
    {
        var random = new Random(5);
        for (var run = 0; run < 3_000; run++)
        {
            var piece = new byte[random.Next(1, 200)];
            for (var place = 0; place < piece.Length; place++)
            {
                piece[place] = (byte)"ab the"[random.Next(6)];
            }
            var (scanned, queued) = (new List<int>(), new List<int>());
            Assert.Equal(PairMerge.Scan(TinyRanks.Table, piece, scanned), PairMerge.Queue(TinyRanks.Table, piece, queued, out _));
            Assert.Equal(scanned, queued);
        }
    }

    [Theory]
    [InlineData('a')]
    [InlineData('q')]
    [InlineData('-')]
    public void A_row_of_a_hundred_thousand_takes_steps_in_proportion(char c)
    {
        var piece = Encoding.ASCII.GetBytes(new string(c, 100_000));

        PairMerge.Queue(TinyRanks.Table, piece, ids: null, out var steps);

        Assert.InRange(steps, 0, 3 * piece.Length);
    }

    [Fact]
    public void Special_tokens_are_ordinary_text() => Assert.True(TinyRanks.Tokenizer("cl100k_base").Count("<|endoftext|>") > 3);

    [Fact]
    public async Task Many_may_count_at_a_time()
    {
        var tokenizer = TinyRanks.Tokenizer();
        var texts = Texts(200).ToList();
        var alone = texts.ConvertAll(text => tokenizer.Count(text));

        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => texts.ConvertAll(text => tokenizer.Count(text)))));

        Assert.All(together, counts => Assert.Equal(alone, counts));
    }

    private static IEnumerable<string> Texts(int count)
    {
        var random = new Random(6);
        var runes = Alphabet.EnumerateRunes().ToArray();
        return Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 300)).Select(_ => runes[random.Next(runes.Length)])));
    }
}
