using AiApp.Rag.Text;

namespace AiApp.Rag.Tests.Text;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("NTEventLogEventConsumer", "NT Event Log Event Consumer")]
    [InlineData("maxFileBytes", "max File Bytes")]
    [InlineData("max_file_bytes", "maxfilebytes")]
    [InlineData("MAX_PATH", "MAXPATH")]
    [InlineData("error E-4012", "E4012 4012")]
    [InlineData("ID3D11DeviceContext", "ID3 D11 Device Context")]
    [InlineData("CVE-2024-12345", "CVE202412345 2024 12345")]
    public void Parts_and_wholes_that_the_parser_leaves_out_are_told(string text, string expected) =>
        Assert.Equal(expected, Identifiers.Expand(text));

    [Theory]
    [InlineData("An ordinary sentence with a well-known word.")]
    [InlineData("HTTP, NASA and IBM")]
    [InlineData("Version 2.5.1 of 2024-05-01")]
    public void Prose_has_nothing_to_add(string text) => Assert.Equal("", Identifiers.Expand(text));
}
