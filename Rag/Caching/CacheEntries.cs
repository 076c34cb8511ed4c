using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AiApp.Rag.Retrieval.Vector;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AiApp.Rag.Caching;

/// <summary>
/// What Redis holds of a partition: each answer under a key of its own that expires, the vectors of the questions, their order by age, and
/// the number of the last change, by which processes keep their mirrors in step. Everything may be missing, old or wrong at any time.
/// </summary>
internal sealed partial class CacheEntries(
    RedisPatience redis, CacheSignature signature, IOptions<CacheOptions> options, TimeProvider clock, ILogger<CacheEntries> logger)
{
    private const string Version = "version";
    private const string Order = "order";
    private const string Vectors = "vectors";
    private const int PageSize = 500;

    // KEYS version, order, vectors, answer; ARGV id, answer, vector, ms to live, ms of the epoch, most entries, beginning of answers' keys.
    // A version begins at the time of its making: after a loss of all keys it is still greater than any that a mirror knows.
    private const string PutScript = """
        if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SET', KEYS[1], ARGV[5]) end
        local version = redis.call('INCR', KEYS[1])
        redis.call('SET', KEYS[4], ARGV[2], 'PX', ARGV[4])
        redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
        redis.call('ZADD', KEYS[2], version, ARGV[1])
        local over = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
        if over > 0 then
            for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, over - 1)) do
                redis.call('ZREM', KEYS[2], id)
                redis.call('HDEL', KEYS[3], id)
                redis.call('DEL', ARGV[7] .. id)
            end
        end
        for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
        return version
        """;

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private long _warnedAt;
    private readonly CacheOptions _options = options.Value;

    /// <summary>The number of the last change (0: there is nothing), and the answer under the id; null without Redis.</summary>
    public async Task<(long Version, CachedAnswer? Answer)?> ReadAsync(CachePartition partition, string id, CancellationToken ct)
    {
        var (succeeded, read) = await redis.TryAsync(async database =>
        {
            var version = database.StringGetAsync(partition.Key(Version));
            var answer = database.StringGetAsync(Key(partition, id));
            await Task.WhenAll(version, answer);
            return ((string?)await version, (byte[]?)await answer);
        }, ct);
        return succeeded
            ? (long.TryParse(read.Item1, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, Open(partition, id, read.Item2))
            : null;
    }

    /// <summary>The answers under the ids, in their order; null where there is none, or none that can be trusted.</summary>
    public async Task<IReadOnlyList<CachedAnswer?>?> ReadAsync(CachePartition partition, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var (succeeded, read) = await redis.TryAsync(
            async database => Array.ConvertAll(await database.StringGetAsync([.. ids.Select(id => Key(partition, id))]), value => (byte[]?)value), ct);
        return succeeded ? [.. ids.Zip(read!, (id, bytes) => Open(partition, id, bytes))] : null;
    }

    /// <summary>Takes into the mirror what it does not know yet. False without Redis.</summary>
    public async Task<bool> FollowAsync(CachePartition partition, QuestionMirror mirror, long version, EmbeddingSpace space, CancellationToken ct)
    {
        if (version == 0)
        {
            mirror.Clear();
            return true;
        }
        if (version <= mirror.Version)
        {
            return true;
        }
        var (succeeded, changed) = await redis.TryAsync(async database =>
        {
            var ids = await database.SortedSetRangeByScoreAsync(partition.Key(Order), mirror.Version, double.PositiveInfinity, Exclude.Start);
            var vectors = new List<(string Id, float[] Vector)>(ids.Length);
            foreach (var page in ids.Chunk(PageSize))
            {
                var blobs = await database.HashGetAsync(partition.Key(Vectors), page);
                vectors.AddRange(page.Zip(blobs, (id, blob) => ((string)id!, OpenVector(partition, (string)id!, (byte[]?)blob, space.Dimensions)))
                    .Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!)));
            }
            return vectors;
        }, ct);
        if (succeeded)
        {
            // In the order in which they were kept: beyond the bound the mirror lets the same ones go as Redis does.
            mirror.Apply(version, changed!);
        }
        return succeeded;
    }

    public async Task<bool> PutAsync(CachePartition partition, string id, CachedAnswer answer, float[] vector, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var toLive = (long)(answer.ExpiresAt - now).TotalMilliseconds;
        if (toLive <= 0)
        {
            return false;
        }
        var content = signature.Seal(partition, $"answer {id}", JsonSerializer.SerializeToUtf8Bytes(answer));
        var question = signature.Seal(partition, $"vector {id}", MemoryMarshal.AsBytes<float>(vector));
        var (succeeded, _) = await redis.TryAsync(database => database.ScriptEvaluateAsync(
            PutScript,
            [partition.Key(Version), partition.Key(Order), partition.Key(Vectors), Key(partition, id)],
            [id, content, question, toLive, now.ToUnixTimeMilliseconds(), _options.MaxEntries, (string)Key(partition, "")!],
            // A server that has been restarted knows no script by its hash.
            CommandFlags.NoScriptCache), ct);
        return succeeded;
    }

    private static RedisKey Key(CachePartition partition, string id) => partition.Key($"answer:{id}");

    private CachedAnswer? Open(CachePartition partition, string id, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }
        try
        {
            if (signature.Open(partition, $"answer {id}", bytes) is { } content)
            {
                var answer = JsonSerializer.Deserialize<CachedAnswer>(content.Span);
                return answer?.Format == CachedAnswer.CurrentFormat && answer.ExpiresAt > clock.GetUtcNow() ? answer : null;
            }
        }
        catch (JsonException)
        {
            // Of another release, which signs with the same key.
        }
        WarnOfOthers();
        return null;
    }

    /// <summary>Once in a while: whoever fills Redis with garbage must not fill the log as well.</summary>
    private void WarnOfOthers()
    {
        var (now, last) = (clock.GetUtcNow().Ticks, Interlocked.Read(ref _warnedAt));
        if (now - last >= BetweenWarnings.Ticks && Interlocked.CompareExchange(ref _warnedAt, now, last) == last)
        {
            NotOurs();
        }
    }

    private float[]? OpenVector(CachePartition partition, string id, byte[]? bytes, int dimensions) =>
        bytes is not null && signature.Open(partition, $"vector {id}", bytes) is { } content && content.Length == dimensions * sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(content.Span).ToArray()
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis holds a cached answer that this release did not sign; it is not used. Other processes need the same Cache:SigningKey or ApiKeys:Pepper")]
    private partial void NotOurs();
}
