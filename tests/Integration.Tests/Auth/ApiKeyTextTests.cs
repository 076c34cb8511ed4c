using AiApp.Api.Auth;

namespace AiApp.Integration.Tests.Auth;

public sealed class ApiKeyTextTests
{
    [Fact]
    public void A_made_key_is_recognised_and_does_not_print_its_secret()
    {
        var key = ApiKeyText.Create();

        Assert.Matches("^aia_[0-9a-z]{12}_[A-Za-z0-9_-]{43}_[0-9a-f]{8}$", key.Text);
        Assert.Equal(key, ApiKeyText.Parse(key.Text));
        Assert.DoesNotContain(key.Text, key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_checksum_is_the_crc32_that_secret_scanners_know()
    {
        // CRC-32/ISO-HDLC of "aia_000000000000_AAA...": computed with zlib.
        const string Key = "aia_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_d2b4e56d";

        Assert.NotNull(ApiKeyText.Parse(Key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(59)]
    [InlineData(68)]
    public void A_changed_character_is_noticed_without_a_database(int at)
    {
        var text = ApiKeyText.Create().Text.ToCharArray();
        text[at] = text[at] == 'z' ? 'y' : 'z';

        Assert.Null(ApiKeyText.Parse(new string(text)));
    }
}
