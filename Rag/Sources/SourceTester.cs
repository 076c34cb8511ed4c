using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources;

/// <summary>The first item that a source lists, null when it has none; or why it cannot be listed.</summary>
/// <param name="Setting">The setting that the problem is about, where one is.</param>
public sealed record SourceTest(string? FirstItem, ItemProblem? Problem, string? Setting = null);

/// <summary>Tries settings out by listing with them.</summary>
public sealed class SourceTester
{
    private readonly IReadOnlyList<ISourceConnector> _connectors;
    private readonly TimeSpan _bound;
    private readonly TimeProvider _clock;

    internal SourceTester(IEnumerable<ISourceConnector> connectors, IOptions<SourcesOptions> options, TimeProvider clock) =>
        (_connectors, _bound, _clock) = ([.. connectors], options.Value.ItemTimeout, clock);

    public async Task<SourceTest> TestAsync(SourceSettings settings, CancellationToken ct)
    {
        var connector = _connectors.First(c => c.CanRead(settings));
        var reading = new SourceReading { CacheKey = $"test-{Guid.NewGuid():N}", Settings = settings, ListsOnly = true };
        using var bounded = new CancellationTokenSource(_bound, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, bounded.Token);
        try
        {
            await foreach (var item in connector.ListAsync(reading, either.Token))
            {
                return new(item.Path, item.Problem is { } problem ? new(item.Path, problem.Code, problem.Message) : null);
            }
            return new(null, null);
        }
        catch (SourceException failure)
        {
            return new(null, new("", failure.Code, failure.Message), failure.Setting);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, new("", SourceCodes.Unreachable, $"The source did not list an item within {_bound.TotalSeconds:N0} s."));
        }
        finally
        {
            connector.Forget(reading.CacheKey);
        }
    }
}
