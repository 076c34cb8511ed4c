using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using Npgsql;

namespace AiApp.Rag.Sources;

/// <summary>
/// One run: compares what a source lists with what is known of it, takes in what is new or changed, and deletes what is gone
/// when the listing was complete. A run may be stopped anywhere and made again.
/// </summary>
internal sealed class Synchronizer(
    ClaimedSource source, ISourceConnector connector, DocumentStore documents, SourceItems items, SourcesOptions options, TimeProvider clock)
{
    private readonly RunTally _tally = new();
    private Dictionary<string, KnownItem> _known = [];
    private IReadOnlySet<string> _deleted = new HashSet<string>();

    /// <summary>How far the run is; may be read while it goes on.</summary>
    public RunCounts Counts => _tally.Counts;

    public IReadOnlyList<ItemProblem> Problems => _tally.Problems;

    /// <exception cref="LeaseLostException"/>
    public async Task<RunReport> RunAsync(CancellationToken ct)
    {
        _known = await items.ListAsync(ct);
        _deleted = await documents.ListDeletedAsync(source.Tenant, source.Collection, ct);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var complete = await ListAsync(seen, ct);
        if (!complete)
        {
            return Report(Counts.Listed == 0 ? RunOutcome.Failed : RunOutcome.Partial, decided: false);
        }
        var gone = _known.Where(item => !seen.Contains(item.Key)).ToList();
        var deletions = gone.Count(item => item.Value.DocumentId is not null);
        if (DeletionGuard.Holds(deletions, _known.Values.Count(item => item.DocumentId is not null), Counts.Listed, source.ConfirmedDeletions))
        {
            _tally.Hold(deletions);
            foreach (var (path, _) in gone.Where(item => item.Value.DocumentId is not null).OrderBy(item => item.Key, StringComparer.Ordinal))
            {
                _tally.Note(new(path, SourceCodes.Held, "It is gone from the source, and its deletion waits for a person."));
            }
            return Report(RunOutcome.Held, decided: true);
        }
        await DeleteAsync(gone, ct);
        return Report(Counts.Failed > 0 ? RunOutcome.Partial : RunOutcome.Completed, decided: true);
    }

    /// <summary>Deletes every document that the source has made.</summary>
    /// <exception cref="LeaseLostException"/>
    public async Task ClearAsync(CancellationToken ct) => await DeleteAsync(await items.ListAsync(ct), ct);

    /// <summary>True when the source listed everything that it has.</summary>
    private async Task<bool> ListAsync(HashSet<string> seen, CancellationToken ct)
    {
        var reading = Reading();
        try
        {
            await foreach (var item in connector.ListAsync(reading, ct))
            {
                if (!seen.Add(item.Path))
                {
                    continue;
                }
                if (seen.Count > options.MaxItems)
                {
                    throw new SourceException(SourceCodes.TooLarge, $"The source has more than {options.MaxItems:N0} items: narrow it, or raise Sources:MaxItems.");
                }
                _tally.Listed();
                await TakeAsync(reading, item, ct);
            }
            return true;
        }
        catch (SourceException failure)
        {
            _tally.Note(new("", failure.Code, failure.Message));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _tally.Note(new("", SourceCodes.Unreachable, "The source took too long to list what it has."));
        }
#pragma warning disable CA1031 // What a source does wrong is its report's, and the next run's, not the end of the worker.
        catch (Exception failure) when (!ct.IsCancellationRequested && !IsOurs(failure))
#pragma warning restore CA1031
        {
            _tally.Note(new("", SourceCodes.Internal, $"The source could not be listed ({failure.GetType().Name})."));
        }
        return false;
    }

    private async Task TakeAsync(SourceReading reading, SourceItem item, CancellationToken ct)
    {
        var known = _known.GetValueOrDefault(item.Path);
        if (item.Problem is { } problem)
        {
            Fail(item, problem.Code, problem.Message);
        }
        else if (item.Fingerprint.Length > 0 && known?.Fingerprint == item.Fingerprint)
        {
            Repeat(known);
        }
        else
        {
            try
            {
                await ChangeAsync(reading, item, known, ct);
            }
            catch (SourceException final) when (final.Code is SourceCodes.UnsupportedMedia or SourceCodes.TooLarge)
            {
                // No other attempt would end otherwise, until the item changes.
                await RejectAsync(item, final.Code, final.Message, ct);
            }
            catch (SourceException failure)
            {
                Fail(item, failure.Code, failure.Message);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                Fail(item, SourceCodes.Unreachable, $"The item took longer than {options.ItemTimeoutSeconds} s.");
            }
#pragma warning disable CA1031 // One bad item never stops a run.
            catch (Exception failure) when (!ct.IsCancellationRequested && !IsOurs(failure))
#pragma warning restore CA1031
            {
                Fail(item, SourceCodes.Internal, $"The item could not be taken in ({failure.GetType().Name}).");
            }
        }
    }

    private async Task ChangeAsync(SourceReading reading, SourceItem item, KnownItem? known, CancellationToken ct)
    {
        if (!SourceUri.TryNormalize(source.Prefix + item.Path, out var uri))
        {
            // Nothing can be stored under a name that cannot be one.
            await RejectAsync(item, SourceCodes.Validation, "The path is too long, or holds '..'.", ct);
            return;
        }
        if (item.Content is null && !MediaTypes.TryResolve(uri, null, out _))
        {
            await RejectAsync(item, SourceCodes.UnsupportedMedia, MediaTypes.WhyNot(uri), ct);
            return;
        }
        if (item.SizeBytes > options.MaxItemBytes)
        {
            await RejectAsync(item, SourceCodes.TooLarge, TooLarge, ct);
            return;
        }
        var there = await items.FindDocumentAsync(uri, ct);
        // Without a fingerprint a run was stopped in the middle of this item: what stands there is its own.
        if (there is not null && there.Value.Id != known?.DocumentId && known is not { Fingerprint: null })
        {
            await RejectAsync(item, SourceCodes.Conflict, $"{uri} is a document that this source did not make: rename one of them, or delete the document.", ct);
            return;
        }
        if (there is null && known is null && _deleted.Contains(uri))
        {
            // A person deleted it before this source knew it: it comes back when its content changes.
            await RecordAsync(item, new KnownItem(item.Fingerprint, null, null), ct);
            _tally.Unchanged();
            return;
        }
        var content = item.Content ?? await ReadAsync(reading, item, ct);
        if (content.Bytes.IsEmpty || content.Bytes.Length > options.MaxItemBytes)
        {
            await RejectAsync(item, content.Bytes.IsEmpty ? SourceCodes.Validation : SourceCodes.TooLarge, content.Bytes.IsEmpty ? "The item is empty." : TooLarge, ct);
            return;
        }
        if (!MediaTypes.TryResolve(uri, content.MediaType, out var mediaType))
        {
            await RejectAsync(item, SourceCodes.UnsupportedMedia, MediaTypes.WhyNot(uri), ct);
            return;
        }
        await StoreAsync(item, uri, mediaType, content.Bytes, there, ct);
    }

    private async Task StoreAsync(
        SourceItem item, string uri, string mediaType, ReadOnlyMemory<byte> bytes, (Guid Id, PrincipalSet Readers)? there, CancellationToken ct)
    {
        if (!await items.BeginAsync(item.Path, ct))
        {
            throw new LeaseLostException();
        }
        _ = ReaderSet.TryCreate(source.Readers, out var readers);
        var document = new NewDocument
        {
            Collection = source.Collection,
            SourceUri = uri,
            MediaType = mediaType,
            Bytes = bytes,
            Class = JobClass.Bulk,
            // A document that is there keeps the readers that somebody may have given it since.
            Readers = there is null ? readers : null,
        };
        var added = await documents.AddAsync(source.Tenant, there?.Readers ?? PrincipalSet.Of(source.Readers), document, ct);
        if (added is null)
        {
            await RejectAsync(item, SourceCodes.Conflict, $"{uri} is taken in the collection.", ct);
            return;
        }
        await RecordAsync(item, new KnownItem(item.Fingerprint, added.DocumentId, null), ct);
        _tally.Stored(isNew: there is null, added.Unchanged);
    }

    private async Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct)
    {
        using var bounded = new CancellationTokenSource(options.ItemTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, bounded.Token);
        return await connector.ReadAsync(reading, item, either.Token);
    }

    private async Task DeleteAsync(IEnumerable<KeyValuePair<string, KnownItem>> gone, CancellationToken ct)
    {
        foreach (var (key, item) in gone)
        {
            _ = SourceUri.TryNormalize(source.Prefix + key, out var uri);
            // Absent when a person has deleted it: that stays remembered.
            if (item.DocumentId is { } id && await items.FindReadersAsync(id, ct) is { } readers)
            {
                if (!await items.BeginAsync(key, ct))
                {
                    throw new LeaseLostException();
                }
                await documents.DeleteAsync(source.Tenant, readers, id, ct);
                _tally.Deleted();
            }
            if (!await items.ForgetAsync(key, uri ?? "", ct))
            {
                throw new LeaseLostException();
            }
        }
    }

    private async Task RejectAsync(SourceItem item, string code, string reason, CancellationToken ct)
    {
        var problem = new ItemProblem(item.Path, code, reason);
        await RecordAsync(item, new KnownItem(item.Fingerprint, null, problem), ct);
        _tally.Reject(problem);
    }

    private async Task RecordAsync(SourceItem item, KnownItem known, CancellationToken ct)
    {
        if (!await items.RecordAsync(item.Path, known, ct))
        {
            await items.DoubtAsync(item.Path, ct);
            throw new LeaseLostException();
        }
    }

    private void Repeat(KnownItem known)
    {
        if (known.Problem is { } problem)
        {
            _tally.Reject(problem);
        }
        else
        {
            _tally.Unchanged();
        }
    }

    private void Fail(SourceItem item, string code, string reason) => _tally.Fail(new(item.Path, code, reason));

    private RunReport Report(RunOutcome outcome, bool decided) => new(outcome, Counts, Problems, decided);

    private SourceReading Reading() => new()
    {
        CacheKey = source.Id.ToString("N"),
        Settings = source.Settings,
        FindFingerprint = path => _known.GetValueOrDefault(path)?.Fingerprint,
    };

    private string TooLarge => $"The item is larger than {options.MaxItemBytes >> 20:N0} MB (Sources:MaxItemBytes).";

    // These are no fault of the source: the run ends, and is made again.
    private static bool IsOurs(Exception failure) =>
        failure is LeaseLostException || (failure is NpgsqlException && Outage.CodeOf(failure) is not null);
}
