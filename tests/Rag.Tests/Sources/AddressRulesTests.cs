using System.Net;
using AiApp.Rag.Sources;
using AiApp.Rag.Sources.Web;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Tests.Sources;

public sealed class AddressRulesTests
{
    /// <summary>First and last of each denied network, and the neighbours that are public.</summary>
    public static TheoryData<string, bool> Table => new()
    {
        { "0.0.0.0", false }, { "0.255.255.255", false }, { "1.0.0.0", true },
        { "9.255.255.255", true }, { "10.0.0.0", false }, { "10.255.255.255", false }, { "11.0.0.0", true },
        { "100.63.255.255", true }, { "100.64.0.0", false }, { "100.100.100.200", false }, { "100.127.255.255", false }, { "100.128.0.0", true },
        { "126.255.255.255", true }, { "127.0.0.0", false }, { "127.0.0.1", false }, { "127.255.255.255", false }, { "128.0.0.0", true },
        { "168.63.129.15", true }, { "168.63.129.16", false }, { "168.63.129.17", true },
        { "169.253.255.255", true }, { "169.254.0.0", false }, { "169.254.169.254", false }, { "169.254.255.255", false }, { "169.255.0.0", true },
        { "172.15.255.255", true }, { "172.16.0.0", false }, { "172.31.255.255", false }, { "172.32.0.0", true },
        { "191.255.255.255", true }, { "192.0.0.0", false }, { "192.0.0.192", false }, { "192.0.0.255", false }, { "192.0.1.0", true },
        { "192.0.2.0", false }, { "192.0.2.255", false }, { "192.0.3.0", true }, { "192.31.196.1", false }, { "192.52.193.1", false },
        { "192.88.98.255", true }, { "192.88.99.0", false }, { "192.88.99.255", false }, { "192.88.100.0", true },
        { "192.167.255.255", true }, { "192.168.0.0", false }, { "192.168.255.255", false }, { "192.169.0.0", true }, { "192.175.48.1", false },
        { "198.17.255.255", true }, { "198.18.0.0", false }, { "198.19.255.255", false }, { "198.20.0.0", true },
        { "198.51.99.255", true }, { "198.51.100.0", false }, { "198.51.100.255", false }, { "198.51.101.0", true },
        { "203.0.112.255", true }, { "203.0.113.0", false }, { "203.0.113.255", false }, { "203.0.114.0", true },
        { "223.255.255.255", true }, { "224.0.0.0", false }, { "239.255.255.255", false }, { "240.0.0.0", false }, { "255.255.255.255", false },
        { "8.8.8.8", true }, { "20.50.2.1", true },
        { "::", false }, { "::1", false }, { "::2", false }, { "::7f00:1", false }, { "::8.8.8.8", false }, { "100::1", false }, { "1fff::1", false },
        { "2000::1", true }, { "2001::1", false }, { "2001:0:4136:e378:8000:63bf:3fff:fdd2", false }, { "2001:10::1", false }, { "2001:20::1", false },
        { "2001:1ff:ffff::1", false }, { "2001:200::1", true }, { "2001:db7:ffff::1", true }, { "2001:db8::", false }, { "2001:db8:ffff:ffff::", false }, { "2001:db9::1", true },
        { "2001:4860:4860::8888", true }, { "2001:ffff::1", true }, { "2002::1", false }, { "2002:7f00:1::", false }, { "2002:808:808::", false }, { "2003::1", true },
        { "2606:4700::1111", true }, { "2620:4f:8000::1", false }, { "3ffe:ffff::1", true }, { "3fff::1", false }, { "3fff:fff::1", false }, { "3fff:1000::1", true },
        { "4000::1", false }, { "5f00::1", false }, { "8000::1", false }, { "fbff::1", false }, { "fc00::1", false }, { "fd00::1", false }, { "fdff::1", false },
        { "fe00::1", false }, { "fe80::1", false }, { "fe80::1%1", false }, { "febf::1", false }, { "fec0::1", false }, { "ff00::1", false }, { "ff02::1", false },
        { "::ffff:127.0.0.1", false }, { "::ffff:10.0.0.1", false }, { "::ffff:169.254.169.254", false }, { "::ffff:8.8.8.8", true },
        { "::ffff:0:127.0.0.1", false }, { "::ffff:0:8.8.8.8", false },
        { "64:ff9b::127.0.0.1", false }, { "64:ff9b::10.0.0.1", false }, { "64:ff9b::a9fe:a9fe", false }, { "64:ff9b::8.8.8.8", true }, { "64:ff9b:1::8.8.8.8", false },
        { "2600::5efe:127.0.0.1", false }, { "2600::200:5efe:10.0.0.1", false }, { "2600::5efe:8.8.8.8", true }, { "2600::1", true }, { "2600::1%3", false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_public_addresses_are_called(string address, bool permitted) =>
        Assert.Equal(permitted, Rules().Permits(IPAddress.Parse(address)));

    [Fact]
    public void Every_first_byte_of_IPv4_is_decided_as_the_registry_says()
    {
        int[] closed = [0, 10, 127, .. Enumerable.Range(224, 32)];

        Assert.Equal(closed, Enumerable.Range(0, 256).Where(first => !Rules().Permits(new IPAddress([(byte)first, 200, 1, 1]))));
    }

    [Theory]
    [InlineData("10.20.0.0/16", "10.20.3.4", true)]
    [InlineData("10.20.0.0/16", "10.21.3.4", false)]
    [InlineData("10.20.0.0/16", "::ffff:10.20.3.4", true)]
    [InlineData("10.20.0.0/16", "64:ff9b::10.20.3.4", false)]
    [InlineData("fd00:1::/64", "fd00:1::9", true)]
    [InlineData("fd00:1::/64", "fd00:2::9", false)]
    public void An_intranet_is_called_when_it_is_allowed_and_nothing_beside_it(string network, string address, bool permitted) =>
        Assert.Equal(permitted, Rules(network).Permits(IPAddress.Parse(address)));

    private static AddressRules Rules(params string[] allowed) => new(Options.Create(new SourcesOptions { AllowedNetworks = allowed }));
}
