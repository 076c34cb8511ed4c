using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Auth;

/// <summary>Keys are random, so one keyed hash is enough: a slow one would only slow the service.</summary>
internal sealed class ApiKeyHasher(IOptions<ApiKeyOptions> options)
{
    private readonly byte[] _pepper = Encoding.UTF8.GetBytes(options.Value.Pepper);
    private readonly string _web = options.Value.Web;

    public byte[] Hash(string key) => HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(key));

    public bool Matches(string key, ReadOnlySpan<byte> stored) => CryptographicOperations.FixedTimeEquals(Hash(key), stored);

    public bool IsWebKey(string key) => _web.Length > 0 && Matches(key, Hash(_web));
}
