using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Rag.Tests.Gateway.Tokens;

public sealed class RankFileTests
{
    [Fact]
    public void Every_token_has_the_rank_of_its_line()
    {
        Assert.Equal(TinyRanks.Tokens.Count, TinyRanks.Table.Count);
        Assert.All(TinyRanks.Tokens, token => Assert.Equal(token.Key, TinyRanks.Table.Find(token.Value)));
        Assert.Equal(RankTable.None, TinyRanks.Table.Find("no such token"u8));
    }

    [Fact]
    public void Line_ends_of_Windows_and_empty_lines_are_read_over() =>
        Assert.Equal(TinyRanks.Table.Count, Parse(TinyRanks.File.Replace("\n", "\r\n") + "\r\n\r\n").Count);

    [Theory]
    [InlineData("SGk= 9999 5\n", "line 1")]
    [InlineData("SGk=\n", "line 1")]
    [InlineData("%%% 9999\n", "line 1")]
    [InlineData("SGk= -1\n", "line 1")]
    [InlineData("{\"model\":1}\n", "line 1")]
    public void A_line_that_is_no_token_and_rank_is_named_by_its_number(string line, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Parse(line + TinyRanks.File)).Message);

    [Fact]
    public void A_rank_that_is_given_twice_is_refused() =>
        Assert.Contains("twice", Assert.Throws<InvalidDataException>(() => Parse(TinyRanks.File + "SGlIaQ== 0\n")).Message);

    [Fact]
    public void A_file_without_ranks_of_single_bytes_is_refused() =>
        Assert.Contains("256 single bytes", Assert.Throws<InvalidDataException>(() => Parse("SGk= 0\n")).Message);

    private static RankTable Parse(string file) => RankFile.Parse(Encoding.ASCII.GetBytes(file));
}
