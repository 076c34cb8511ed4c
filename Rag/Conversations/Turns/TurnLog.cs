using System.Buffers.Binary;
using System.Text.Json;
using AiApp.Rag.Caching;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>
/// The events of answers that are being written, in Redis, for readers in other processes. A list and not a stream: any Redis has lists, and
/// every client. An event carries its number, because a push that timed out may have happened and is then done twice.
/// </summary>
internal sealed class TurnLog(RedisPatience redis, CacheSignature signature, IOptions<ConversationsOptions> options)
{
    private const int NumberBytes = sizeof(long);

    private readonly TimeSpan _keep = TimeSpan.FromSeconds(options.Value.ReplaySeconds);

    public bool IsConfigured => redis.IsConfigured;

    /// <summary>False without Redis; then the same events may be pushed again.</summary>
    public async Task<bool> PushAsync(TurnKey turn, IReadOnlyList<TurnEvent> events, CancellationToken ct)
    {
        var values = events.Select(one => (RedisValue)Seal(turn, one)).ToArray();
        var (succeeded, _) = await redis.TryAsync(async database =>
        {
            var key = Key(turn);
            var pushed = database.ListRightPushAsync(key, values);
            var kept = database.KeyExpireAsync(key, _keep);
            await Task.WhenAll(pushed, kept);
            return true;
        }, ct);
        return succeeded;
    }

    /// <summary>What there is after the given number, without a gap; null without Redis.</summary>
    public async Task<IReadOnlyList<TurnEvent>?> ReadAsync(TurnKey turn, long after, CancellationToken ct)
    {
        var (succeeded, values) = await redis.TryAsync(database => database.ListRangeAsync(Key(turn), after), ct);
        if (!succeeded)
        {
            return null;
        }
        var events = new List<TurnEvent>();
        foreach (var value in values!)
        {
            // Behind a gap nothing is read: the record will tell the whole.
            if (Open(turn, (byte[]?)value) is not { } one || one.Id > after + events.Count + 1)
            {
                break;
            }
            if (one.Id == after + events.Count + 1)
            {
                events.Add(one);
            }
        }
        return events;
    }

    private static RedisKey Key(TurnKey turn) => $"{RedisConnection.KeyPrefix(turn.Tenant)}{turn}";

    private byte[] Seal(TurnKey turn, TurnEvent one)
    {
        var content = signature.Seal(Place(turn), $"event {one.Id}", JsonSerializer.SerializeToUtf8Bytes(one));
        var bytes = new byte[NumberBytes + content.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, one.Id);
        content.CopyTo(bytes.AsSpan(NumberBytes));
        return bytes;
    }

    private TurnEvent? Open(TurnKey turn, byte[]? bytes)
    {
        if (bytes is not { Length: > NumberBytes })
        {
            return null;
        }
        var id = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        try
        {
            return signature.Open(Place(turn), $"event {id}", bytes[NumberBytes..]) is { } content
                ? JsonSerializer.Deserialize<TurnEvent>(content.Span)
                : null;
        }
        catch (JsonException)
        {
            // Of another release, which signs with the same key.
            return null;
        }
    }

    private static CachePartition Place(TurnKey turn) => new(turn.Tenant, $"{turn}");
}
