using System.Net;
using System.Net.Sockets;

namespace AiApp.Rag.Sources.Web;

/// <summary>Turns a host into addresses that may be called. Whoever calls must connect to one of them, and not to the name again.</summary>
internal sealed class PermittedHosts(AddressRules rules, IHostResolver resolver)
{
    /// <summary>One address that is denied denies the host: nobody can tell which of them a client would take.</summary>
    /// <exception cref="SourceException">The host is denied, or has no address.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken ct)
    {
        var name = host.Trim('[', ']');
        var addresses = IPAddress.TryParse(name, out var literal) ? [literal] : await LookUpAsync(name, ct);
        if (addresses.Length == 0)
        {
            throw NoAddress(host, null);
        }
        return Array.TrueForAll(addresses, rules.Permits)
            ? addresses
            : throw new SourceException(SourceCodes.DeniedAddress,
                $"{host} has an address of a private or reserved network, which is not called. Whoever runs the service can allow an intranet with Sources:AllowedNetworks.");
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken ct)
    {
        try
        {
            return await resolver.ResolveAsync(host, ct);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            throw NoAddress(host, failure);
        }
    }

    private static SourceException NoAddress(string host, Exception? inner) =>
        new(SourceCodes.Unreachable, $"The name {host} cannot be resolved.", inner);
}
