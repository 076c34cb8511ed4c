namespace AiApp.Cli.Tests;

public sealed class ApiEndpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_file_is_found_by_walking_up()
    {
        _folder.Write(ApiEndpoint.File, """{"web":"http://localhost:1","api":"http://localhost:2"}""");
        _folder.Write("a/b/c.txt");

        Assert.Equal("http://localhost:2/", Find(below: "a/b").Address.ToString());
    }

    [Fact]
    public void The_option_wins_over_the_variable_and_the_variable_over_the_file()
    {
        _folder.Write(ApiEndpoint.File, """{"web":"http://localhost:1","api":"http://localhost:2"}""");

        Assert.Equal("http://option/", Find("http://option", "http://variable").Address.ToString());
        Assert.Equal("http://variable/", Find(null, "http://variable").Address.ToString());
    }

    [Fact]
    public void Without_any_of_them_the_default_is_used() =>
        Assert.Equal(ApiEndpoint.Default + "/", Find().Address.ToString());

    [Fact]
    public void A_path_in_the_address_is_kept() =>
        Assert.Equal("https://host/base/", Find("https://host/base").Address.ToString());

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"api":"ftp://host"}""")]
    public void A_broken_file_is_named_instead_of_ignored(string text)
    {
        _folder.Write(ApiEndpoint.File, text);

        Assert.Contains(ApiEndpoint.File, Assert.Throws<UsageException>(() => Find()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ApiEndpoint Find(string? option = null, string? variable = null, string below = "") =>
        ApiEndpoint.Find(option, new Surroundings(
            name => name == ApiEndpoint.Variable ? variable : null, Path.Combine(_folder.Path, below)));
}
