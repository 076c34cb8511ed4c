using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using AiApp.Contracts;

namespace AiApp.Integration.Tests.Caching;

/// <summary>A number that one document states, until when it was true, and since when it is for some only. No number is used twice.</summary>
internal sealed class Fee(int topic, int amount, bool isForHrOnly)
{
    private long _endedAt = long.MaxValue;
    private long _closedAt = isForHrOnly ? long.MinValue : long.MaxValue;

    public int Topic => topic;
    public int Amount => amount;

    /// <summary>When the change that ended it was complete.</summary>
    public long EndedAt
    {
        get => Volatile.Read(ref _endedAt);
        set => Volatile.Write(ref _endedAt, value);
    }

    /// <summary>When the change was complete that left it to group:hr.</summary>
    public long ClosedAt
    {
        get => Volatile.Read(ref _closedAt);
        set => Volatile.Write(ref _closedAt, value);
    }
}

/// <summary>
/// Documents that state fees and change all the time, with a record of what was true when: whatever an answer says can be judged after
/// the fact. Changes come one at a time; questions come at any time.
/// </summary>
internal sealed partial class ChangingFees(CachedTenant tenant, Random random, TimeProvider clock)
{
    private static readonly string[] Topics = ["parking", "canteen", "locker", "bicycle", "gym", "laundry"];
    private readonly ConcurrentDictionary<int, Fee> _byAmount = new();
    private readonly Dictionary<int, (Guid Document, Fee Fee)> _main = [];
    private readonly Dictionary<int, (Guid Document, Fee Fee)> _better = [];
    private readonly ConcurrentDictionary<int, (DateTimeOffset Began, long Complete)> _renewed = new();
    private int _next = 10_000;

    public static int Count => Topics.Length;

    public static string Question(int topic) => $"How much is the monthly {Topics[topic]} fee?";

    public static string Paraphrase(int topic) => $"Hello, please tell me how much the monthly {Topics[topic]} fee is";

    public async Task StartAsync()
    {
        for (var topic = 0; topic < Count; topic++)
        {
            await WriteAsync(topic);
        }
    }

    /// <summary>One change; complete, and so binding for whoever asks from now on, when this returns.</summary>
    public async Task<string> ChangeAsync(int topic)
    {
        switch (random.Next(5))
        {
            case 0 when _main.Remove(topic, out var gone):
                // What was true before this document came is true again.
                _renewed.TryRemove(topic, out _);
                await tenant.Client.DeleteDocumentAsync(gone.Document);
                End(gone.Fee);
                return "deleted";
            case 1 when _better.Remove(topic, out var gone):
                // What was true before this document came is true again.
                _renewed.TryRemove(topic, out _);
                await tenant.Client.DeleteDocumentAsync(gone.Document);
                End(gone.Fee);
                return "better deleted";
            case 1:
                await AddBetterAsync(topic);
                return "better added";
            case 2 when _main.TryGetValue(topic, out var shared):
                await ShareAsync(shared.Document, shared.Fee);
                return shared.Fee.ClosedAt == long.MaxValue ? "opened" : "revoked";
            default:
                await WriteAsync(topic);
                return "written";
        }
    }

    /// <summary>What is wrong with the answer; null when everything it says was true, for this person, after the question was asked.</summary>
    public string? Judge(AnswerDto answer, int topic, bool isHr, long askedAt)
    {
        var said = Amounts().Matches(answer.Text).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));
        var shown = answer.Passages.SelectMany(passage => Amounts().Matches(passage.Text)).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));
        foreach (var amount in said.Concat(shown))
        {
            if (!_byAmount.TryGetValue(amount, out var fee))
            {
                return $"{amount} was never a fee";
            }
            if (fee.EndedAt < askedAt)
            {
                return $"stale: {amount} of {Topics[fee.Topic]} had ended";
            }
            if (fee.ClosedAt < askedAt && !isHr)
            {
                return $"leak: {amount} of {Topics[fee.Topic]} is not theirs";
            }
        }
        // Whoever sees everything sees what was written since.
        return isHr && answer.Cached is { } cached && _renewed.TryGetValue(topic, out var renewed) && renewed.Complete < askedAt && cached.At < renewed.Began
            ? $"stale: written before {Topics[topic]} was renewed"
            : null;
    }

    private async Task WriteAsync(int topic)
    {
        var began = clock.GetUtcNow();
        var isForHr = _main.TryGetValue(topic, out var before) && before.Fee.ClosedAt != long.MaxValue;
        var fee = Begin(topic, isForHr);
        var id = await tenant.AddAsync($"{Topics[topic]}.md", $"# Fees\n\nThe monthly {Topics[topic]} fee is {fee.Amount} SEK.\n", Readers(isForHr));
        End(before.Fee);
        _main[topic] = (id, fee);
        _renewed[topic] = (began, clock.GetTimestamp());
    }

    private async Task AddBetterAsync(int topic)
    {
        var began = clock.GetUtcNow();
        var isForHr = random.Next(3) == 0;
        var fee = Begin(topic, isForHr);
        _better[topic] = (await tenant.AddAsync(
            $"{Topics[topic]}-new-{fee.Amount}.md", $"# The monthly {Topics[topic]} fee\n\nThe monthly {Topics[topic]} fee: how much it is has changed, the fee is {fee.Amount} SEK.\n", Readers(isForHr)), fee);
        _renewed[topic] = (began, clock.GetTimestamp());
    }

    private async Task ShareAsync(Guid document, Fee fee)
    {
        var closes = fee.ClosedAt == long.MaxValue;
        if (!closes)
        {
            fee.ClosedAt = long.MaxValue;
        }
        await tenant.Client.SetReadersAsync(document, Readers(closes));
        if (closes)
        {
            fee.ClosedAt = clock.GetTimestamp();
        }
    }

    private Fee Begin(int topic, bool isForHr)
    {
        var fee = new Fee(topic, _next++, isForHr);
        _byAmount[fee.Amount] = fee;
        return fee;
    }

    private void End(Fee? fee)
    {
        if (fee is not null)
        {
            fee.EndedAt = clock.GetTimestamp();
        }
    }

    private static string[] Readers(bool isForHr) => isForHr ? ["group:hr"] : ["everyone"];

    [GeneratedRegex(@"\b[1-9]\d{4}\b", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Amounts();
}
