using System.Collections.Concurrent;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Ingestion.Parsing;

/// <summary>
/// Reads documents in processes that may die of them: bounded in time, processor and memory, without the parent's secrets,
/// and replaced after some documents.
/// </summary>
internal sealed partial class ParserPool(
    ParserCommand command, IOptions<ParsingOptions> options, TimeProvider clock, ILogger<ParserPool> logger) : IDocumentParser, IDisposable
{
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _places = new(options.Value.Processes);
    private readonly SemaphoreSlim _slowPlaces = new(options.Value.SlowProcesses);
    private readonly ConcurrentBag<ParserChild> _idle = [];

    public async Task<ReadDocument> ParseAsync(ReadOnlyMemory<byte> bytes, string sourceUri, string mediaType, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        var place = _places;
        try
        {
            var parsing = ParseAsync(Take(), bytes, new(sourceUri, mediaType), ct);
            if (!await parsing.EndsWithinAsync(SlowAfter, clock) && await _slowPlaces.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            {
                _places.Release();
                place = _slowPlaces;
            }
            return await parsing;
        }
        finally
        {
            place.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var child))
        {
            child.Dispose();
        }
        _places.Dispose();
        _slowPlaces.Dispose();
    }

    private async Task<ReadDocument> ParseAsync(ParserChild child, ReadOnlyMemory<byte> bytes, ParserRequest request, CancellationToken ct)
    {
        var outcome = "stopped";
        try
        {
            var document = await child.ParseAsync(bytes, request, ct);
            outcome = "read";
            return document;
        }
        catch (UnreadableDocumentException)
        {
            outcome = "refused";
            throw;
        }
        catch (ParserCrashedException crash)
        {
            outcome = "crashed";
            Crashed(crash.Message);
            throw;
        }
        finally
        {
            RagTelemetry.Parses.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));
            Return(child, isWhole: outcome is "read" or "refused");
        }
    }

    /// <summary>One that has died while idle has harmed nobody.</summary>
    private ParserChild Take()
    {
        while (_idle.TryTake(out var child))
        {
            if (child.IsUsable)
            {
                return child;
            }
            child.Dispose();
        }
        return ParserChild.Start(command, options.Value, clock);
    }

    private void Return(ParserChild child, bool isWhole)
    {
        if (isWhole && child.IsUsable)
        {
            _idle.Add(child);
        }
        else
        {
            child.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A parser process was lost: {Reason}")]
    private partial void Crashed(string reason);
}
