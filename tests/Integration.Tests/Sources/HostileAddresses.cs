using System.Net;
using System.Net.Sockets;

namespace AiApp.Integration.Tests.Sources;

/// <summary>Ways to write addresses that must not be called.</summary>
internal static class HostileAddresses
{
    private static readonly string[] V4 =
    [
        "127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.255.254", "100.64.0.1", "100.100.100.200",
        "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "255.255.255.255", "168.63.129.16",
    ];

    private static readonly string[] V6 =
    [
        "::1", "::", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "fc00::1", "fd00::1", "fd12:3456::1", "fe80::1",
        "fe80::1%251", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "2001:0:1::1", "100::1", "5f00::1",
    ];

    private static readonly string[] Names =
    [
        "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "app.localhost", "localtest.me", "127.0.0.1.nip.io", "metadata.google.internal",
        "xn--fiqs8s", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "169.254.169.254.example.com", "rebind.example", "a.b.c.d.e", "_service.example", "1.1.1.1.example",
    ];

    /// <summary>The port is where a test listens on every address of the machine.</summary>
    public static IEnumerable<string> All(int port)
    {
        var own = NetworkAddresses().ToList();
        foreach (var host in V4.Concat(own).SelectMany(Encodings).Concat(V6.Select(v6 => $"[{v6}]")).Concat(Names))
        {
            yield return $"http://{host}:{port}/";
            yield return $"https://{host}:{port}/a.md";
        }
        foreach (var host in V4.Concat(own).Append("[::1]"))
        {
            foreach (var trick in Tricks(host, port))
            {
                yield return trick;
            }
        }
    }

    /// <summary>One address as parsers of many kinds read it.</summary>
    public static IEnumerable<string> Encodings(string address)
    {
        var b = IPAddress.Parse(address).GetAddressBytes();
        var number = ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3];
        var (low24, low16) = (number & 0xFFFFFF, number & 0xFFFF);
        var (high, low) = (number >> 16, number & 0xFFFF);
        return
        [
            address, address + ".", $"{number}", $"0x{number:x8}", $"0X{number:X}", $"0{Convert.ToString(number, 8)}",
            string.Join('.', b.Select(x => $"0x{x:x}")), string.Join('.', b.Select(x => $"0{Convert.ToString(x, 8)}")), string.Join('.', b.Select(x => $"000{Convert.ToString(x, 8)}")),
            $"{b[0]}.{low24}", $"{b[0]}.{b[1]}.{low16}", $"0x{b[0]:x}.{low24}", $"0{Convert.ToString(b[0], 8)}.{b[1]}.0x{low16:x}", $"0x{b[0]:x}.0{Convert.ToString(b[1], 8)}.{b[2]}.{b[3]}",
            string.Concat(address.Select(c => char.IsDigit(c) ? (char)(c - '0' + '\uFF10') : c)), address.Replace('.', '\u3002'), address.Replace('.', '\uFF0E'),
            string.Concat(address.Select(c => $"%{(int)c:X2}")), $"{address}%00.example.com",
            $"[::ffff:{address}]", $"[::ffff:{high:x}:{low:x}]", $"[0:0:0:0:0:ffff:{high:x}:{low:x}]", $"[::{address}]", $"[::ffff:0:{address}]",
            $"[64:ff9b::{address}]", $"[64:ff9b:1::{address}]", $"[2002:{high:x}:{low:x}::]", $"[2002:{high:x}:{low:x}::1]", $"[2001:0:{high:x}:{low:x}::]",
            $"[2001::{~high & 0xFFFF:x}:{~low & 0xFFFF:x}]", $"[2600::5efe:{address}]", $"[fe80::5efe:{address}]",
        ];
    }

    private static IEnumerable<string> Tricks(string host, int port) =>
    [
        $"http://example.com@{host}:{port}/", $"http://user:pass@{host}:{port}/", $"http://example.com:80@{host}:{port}/", $"http://{host}:{port}@example.com/",
        $"http://{host}:{port}\\@example.com/", $"http://{host}:{port}#@example.com/", $"http://{host}:{port}?@example.com/", $"http://{host}:{port}/%2e%2e/",
        $"http:{host}:{port}/", $"http:/{host}:{port}/", $"http:///{host}:{port}/", $"http:\\\\{host}:{port}\\", $"//{host}:{port}/", $"http://\t{host}:{port}/",
        $" http://{host}:{port}/", $"http://{host}:{port}%2f@example.com/", $"gopher://{host}:{port}/_x", $"ftp://{host}:{port}/", $"file://{host}/etc/passwd",
        "file:///etc/passwd", $"dict://{host}:{port}/", $"unix://{host}/", $"ws://{host}:{port}/", $"jar:http://{host}:{port}/!/", $"view-source:http://{host}:{port}/",
    ];

    private static IEnumerable<string> NetworkAddresses() =>
        System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
            .Select(address => address.ToString());
}
