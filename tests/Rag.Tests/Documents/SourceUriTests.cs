using AiApp.Rag.Documents;

namespace AiApp.Rag.Tests.Documents;

public sealed class SourceUriTests
{
    [Theory]
    [InlineData("policies/leave.md", "policies/leave.md")]
    [InlineData("\\\\share\\x\\a.md", "share/x/a.md")]
    [InlineData("/etc/./a//b.md", "etc/a/b.md")]
    [InlineData("https://example.org/a/b", "https://example.org/a/b")]
    [InlineData("a\0b\n.md", "ab.md")]
    public void Is_normalised(string value, string expected)
    {
        Assert.True(SourceUri.TryNormalize(value, out var normalized));
        Assert.Equal(expected, normalized);
        Assert.True(SourceUri.TryNormalize(normalized, out var again) && again == normalized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("./")]
    [InlineData("../a.md")]
    [InlineData("a\\..\\b.md")]
    [InlineData("https://")]
    public void That_names_nothing_or_climbs_is_refused(string value) => Assert.False(SourceUri.TryNormalize(value, out _));

    [Fact]
    public void Has_at_most_1000_characters()
    {
        Assert.True(SourceUri.TryNormalize(new string('a', 1000), out _));
        Assert.False(SourceUri.TryNormalize(new string('a', 1001), out _));
    }
}
