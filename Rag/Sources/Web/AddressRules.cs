using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources.Web;

/// <summary>
/// Which addresses a source may be fetched from: those of the public internet, and the networks that the configuration
/// names. Of IPv6 only what IANA has given out as global unicast, without what carries or hides another address.
/// </summary>
internal sealed class AddressRules(IOptions<SourcesOptions> options)
{
    // IANA's special-purpose registries (RFC 6890 and its updates), and one address of Azure.
    private static readonly IPNetwork[] DeniedV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network, unspecified
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carriers' NAT
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's own services, as every machine there sees them
            "169.254.0.0/16", // link-local, metadata services
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] DeniedV6 =
    [
        .. new[]
        {
            "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarks
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "2620:4f:8000::/48", // AS112
            "3fff::/20", // documentation
        }.Select(IPNetwork.Parse),
    ];

    // DNS64 gives these to machines that have IPv6 only: the address inside decides.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedNetworks.Select(IPNetwork.Parse)];

    public bool Permits(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_allowed, network => network.Contains(plain)) || IsPublic(plain);
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(DeniedV4, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 when Nat64.Contains(address) => IsPublic(Last4(address)),
        AddressFamily.InterNetworkV6 => address.ScopeId == 0 && GlobalV6.Contains(address)
            && !Array.Exists(DeniedV6, network => network.Contains(address))
            && !HidesPrivate(address),
        _ => false,
    };

    /// <summary>ISATAP (RFC 5214): an interface's identifier that is an IPv4 address.</summary>
    private static bool HidesPrivate(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE && !IsPublic(Last4(address));
    }

    private static IPAddress Last4(IPAddress address) => new(address.GetAddressBytes().AsSpan(12));
}
