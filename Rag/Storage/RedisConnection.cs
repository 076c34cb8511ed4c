using StackExchange.Redis;

namespace AiApp.Rag.Storage;

/// <summary>
/// The one Redis connection of the process, made on first use. Redis only makes things faster: its users treat its loss
/// as a miss. Only the API common to StackExchange.Redis 1.2.6 and 3.x is used.
/// </summary>
public sealed class RedisConnection(string? configuration) : IDisposable
{
    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(configuration);

    /// <summary>What every key of a tenant begins with.</summary>
    public static string KeyPrefix(Tenants.TenantId tenant) => $"aiapp:{tenant.Value}:";

    /// <summary>Null when Redis is not configured or not connected now.</summary>
    public async Task<IDatabase?> FindAsync(CancellationToken ct)
    {
        if (!IsConfigured)
        {
            return null;
        }
        var redis = await ConnectAsync().WaitAsync(ct);
        return redis.IsConnected ? redis.GetDatabase() : null;
    }

    public void Dispose()
    {
        if (_connecting is { IsCompletedSuccessfully: true })
        {
            _connecting.GetAwaiter().GetResult().Dispose();
        }
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_gate)
        {
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                var options = ConfigurationOptions.Parse(configuration!);
                options.AbortOnConnectFail = false;
                options.ClientName = "aiapp";
                _connecting = ConnectionMultiplexer.ConnectAsync(options);
            }
            return _connecting;
        }
    }
}
