using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Answering;
using AiApp.Rag.Caching.Flights;
using AiApp.Rag.Caching.Questions;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Caching;

/// <summary>
/// Answers that may be given again: in the same partition, to a question that asks the same, while the evidence found for it now still
/// carries them. Docs: adr/0027.
/// </summary>
public sealed class AnswerCache
{
    private readonly CacheEntries _entries;
    private readonly CachePartitions _partitions;
    private readonly RedisPatience _redis;
    private readonly TimeProvider _clock;
    private readonly CacheOptions _options;
    private readonly QuestionMirrors _mirrors;
    private readonly QuestionFlights _flights = new();
    private int _waiting;

    internal AnswerCache(CacheEntries entries, CachePartitions partitions, RedisPatience redis, IOptions<CacheOptions> options, TimeProvider clock)
    {
        (_entries, _partitions, _redis, _clock) = (entries, partitions, redis, clock);
        (_options, _mirrors) = (options.Value, new(options.Value.MirroredPartitions, options.Value.MaxEntries));
    }

    /// <summary>Questions that wait for the same one, as telemetry has it: that counts for all of a process.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>
    /// Null where there is no cache at all. A decision with a flight makes the caller the one who writes: others wait until it has landed.
    /// </summary>
    internal async Task<CacheDecision?> FindAsync(Question question, RetrievalResult found, string prompt, DateTimeOffset askedAt, CancellationToken ct)
    {
        if (!_options.Enabled || !_redis.IsConfigured || found.Basis is not { } basis)
        {
            return null;
        }
        var partition = await _partitions.FindAsync(question, found, prompt, askedAt, ct);
        var decision = question.IsFresh || partition is null
            ? new CacheDecision(CacheResult.Bypass)
            : await FindOrJoinAsync(partition, question.Text, found, basis, ct);
        RagTelemetry.CacheLookups.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Result, decision.Result.Word()));
        if (decision.Hit is { } hit)
        {
            RagTelemetry.CacheSavedSeconds.Add(hit.Cached.DurationMs / 1000.0);
            RagTelemetry.CacheSavedCost.Add(hit.Cached.Cost / 1e9);
        }
        return decision with { Partition = partition };
    }

    /// <summary>Keeps an answer that is whole, cited and as good as could be, and returns it as kept; null for any other.</summary>
    /// <param name="partition">That of the look-up before it was written.</param>
    /// <param name="question">As it was asked.</param>
    /// <param name="found">What it was written from.</param>
    /// <param name="answer">As it was recorded.</param>
    /// <param name="ct">Ends the wait for Redis.</param>
    internal async Task<CachedAnswer?> KeepAsync(CachePartition partition, Question question, RetrievalResult found, Answer answer, CancellationToken ct)
    {
        if (!MayBeKept(answer) || found.Degraded.Count > 0
            || found.Basis is not { } basis || QuestionMirror.Normalise(basis.Question.Span) is not { } vector)
        {
            return null;
        }
        var now = _clock.GetUtcNow();
        var kept = new CachedAnswer
        {
            Format = CachedAnswer.CurrentFormat,
            AnswerId = answer.Id,
            Question = question.Text,
            AnsweredAt = now,
            ExpiresAt = now + TimeSpan.FromMinutes(_options.TtlMinutes),
            Text = answer.Text,
            Citations = [.. answer.Citations.Select(CachedCitation.Of)],
            Supported = answer.Grounding?.Supported ?? answer.Citations.Count,
            Removed = answer.Grounding?.Removed ?? [],
            Repaired = answer.Grounding?.Repaired ?? 0,
            ChunkIds = [.. found.Chunks.SelectMany(EvidenceCheck.Chunks)],
            Snapshot = basis.Snapshot.Text,
            Provider = answer.Provider,
            Model = answer.Model,
            DurationMs = answer.DurationMs,
            Cost = answer.Call?.Cost ?? 0,
        };
        await _entries.PutAsync(partition, IdOf(question.Text), kept, vector, ct);
        return kept;
    }

    private async Task<CacheDecision> FindOrJoinAsync(CachePartition partition, string question, RetrievalResult found, RetrievalBasis basis, CancellationToken ct)
    {
        while (true)
        {
            var landed = _flights.Landed;
            var decision = await FindAsync(partition, question, found, basis, ct);
            if (decision.Hit is not null)
            {
                return decision;
            }
            if (_flights.TryBegin(partition, IdOf(question), out var flight))
            {
                return await LookAgainAsync(decision with { Flight = flight }, landed, () => FindAsync(partition, question, found, basis, ct));
            }
            if (await WaitAsync(flight, ct) is not { } end)
            {
                return decision;
            }
            if (!end.IsAbandoned)
            {
                return end.Answer is { } answer && EvidenceCheck.Check(answer, found).Hit is { } hit ? new(CacheResult.Joined, hit) : decision;
            }
        }
    }

    /// <summary>What landed between the look and the beginning may have been this very question.</summary>
    private async Task<CacheDecision> LookAgainAsync(CacheDecision begun, long landed, Func<Task<CacheDecision>> look)
    {
        var goesOn = false;
        try
        {
            var decision = _flights.Landed == landed ? begun : await look();
            goesOn = decision.Hit is null;
            return goesOn ? decision with { Flight = begun.Flight } : decision;
        }
        finally
        {
            if (!goesOn)
            {
                begun.Flight!.Abandon();
            }
        }
    }

    /// <summary>Null when it takes too long: whoever writes it may be held up by a reader of their own.</summary>
    private async Task<FlightEnd?> WaitAsync(QuestionFlight flight, CancellationToken ct)
    {
        Interlocked.Increment(ref _waiting);
        RagTelemetry.CacheWaiting.Add(1);
        try
        {
            return await flight.End.WaitAsync(TimeSpan.FromSeconds(_options.JoinSeconds), _clock, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            RagTelemetry.CacheWaiting.Add(-1);
        }
    }

    private async Task<CacheDecision> FindAsync(CachePartition partition, string question, RetrievalResult found, RetrievalBasis basis, CancellationToken ct)
    {
        var id = IdOf(question);
        if (await _entries.ReadAsync(partition, id, ct) is not { } read)
        {
            return new(CacheResult.Unavailable);
        }
        var exact = read.Answer is { } same ? EvidenceCheck.Check(same, found) : null;
        if (exact?.Hit is not null)
        {
            return exact;
        }
        var mirror = _mirrors.Of(partition, basis.Space.Dimensions);
        if (QuestionMirror.Normalise(basis.Question.Span) is not { } vector || !await _entries.FollowAsync(partition, mirror, read.Version, basis.Space, ct))
        {
            return exact ?? new(CacheResult.Unavailable);
        }
        var near = await FindNearAsync(partition, mirror, id, question, vector, found, basis, ct);
        // The question itself being there says more than what is only near it.
        return near.Hit is null && exact is not null ? exact : near;
    }

    private async Task<CacheDecision> FindNearAsync(
        CachePartition partition, QuestionMirror mirror, string own, string question, float[] vector, RetrievalResult found, RetrievalBasis basis, CancellationToken ct)
    {
        var similarity = _options.For(basis.Space.Model);
        var near = mirror.Nearest(vector, _options.Candidates, similarity.MinSimilarity).Select(candidate => candidate.Id).Where(id => id != own).ToList();
        if (near.Count == 0)
        {
            return new(CacheResult.MissEmpty);
        }
        if (await _entries.ReadAsync(partition, near, ct) is not { } answers)
        {
            return new(CacheResult.Unavailable);
        }
        var best = new CacheDecision(CacheResult.MissEmpty);
        var asked = QuestionShape.Of(question);
        foreach (var (id, answer) in near.Zip(answers))
        {
            if (answer is null)
            {
                mirror.Remove(id);
                continue;
            }
            var decision = QuestionGuard.AskTheSame(asked, QuestionShape.Of(answer.Question), similarity)
                ? EvidenceCheck.Check(answer, found)
                : new(CacheResult.MissGuard);
            if (decision.Hit is not null)
            {
                return decision;
            }
            best = decision.Result > best.Result ? decision : best;
        }
        return best;
    }

    private static bool MayBeKept(Answer answer) =>
        answer is { Outcome: AnswerOutcome.Answered, Citations.Count: > 0, Cached: null, Text.Length: > 0 } && answer.Call is null or { Degraded.Count: 0 };

    private static string IdOf(string question) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(QuestionText.Normalise(question))).AsSpan(0, 16));
}
